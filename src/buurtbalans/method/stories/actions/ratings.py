"""Writes about ratings: a sheet of twelve themes from one person, changing it, taking it away and back."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.models import PastVersion
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories.models import Aspect, Rating, RatingSheet
from buurtbalans.method.stories.rules import may_withdraw_sheet, require_may_change, require_may_tell, require_seen

Answers = Mapping[str, tuple[int | None, str]]  # per theme a number, or None for who does not know, and why


@action(gettext_lazy("heeft een waardering ingevuld"))
def create_rating_sheet(
    *,
    by: Person,
    neighbourhood: Neighbourhood,
    core: Circle,
    when: str,
    side: str,
    answers: Answers,
    age: str = "",
    seen: bool = False,
) -> RatingSheet:
    """Keep what one person thinks of the neighbourhood; the core group reads reasons, so one looks at them first."""
    require_may_tell(by, core)
    _require_answers(answers, seen)
    sheet = RatingSheet.objects.create(
        neighbourhood=neighbourhood,
        circle=core,
        when=when,
        side=side,
        age=age,
        heard_by=by.organisation,
        author=by,
        edited_by=by,
    )
    _write(sheet, answers)
    record(by=by, verb="stories.create_rating_sheet", about=sheet)
    return sheet


def _require_answers(answers: Answers, seen: bool) -> None:
    """Refuse an empty sheet, and reasons that nobody looked at."""
    if not answers:
        raise ValidationError(_("Geef bij minstens één onderwerp een waardering van 1 tot 7."), code="empty")
    reasons = [why for _score, why in answers.values() if why.strip()]
    for why in reasons:
        require_no_traces(why)
    if reasons:
        require_seen(seen)


def _write(sheet: RatingSheet, answers: Answers) -> None:
    sheet.ratings.all().delete()
    Rating.objects.bulk_create(
        Rating(sheet=sheet, aspect=aspect, score=answers[aspect][0], reason=answers[aspect][1].strip())
        for aspect in Aspect.values
        if aspect in answers
    )


@action(gettext_lazy("heeft een waardering aangepast"))
def update_rating_sheet(
    *, by: Person, sheet: RatingSheet, version: int, answers: Answers, seen: bool = False, **about: Any
) -> RatingSheet:
    """Change a sheet that one wrote down; what it said before is kept with its earlier version."""
    require_may_change(by, sheet)
    _require_answers(answers, seen)
    before = {rating.aspect: [rating.score, rating.reason] for rating in sheet.ratings.all()}
    sheet.change(by=by, version=version, **about)
    past = PastVersion.objects.get(about=sheet.label, version=version)
    past.fields["answers"] = before
    past.save(update_fields=["fields"])
    _write(sheet, answers)
    record(by=by, verb="stories.update_rating_sheet", about=sheet, version=sheet.version)
    return sheet


withdraw_sheet, restore_sheet = text_pair(
    RatingSheet,
    "sheet",
    require=lambda by, sheet: _require_may_take(by, sheet),
    withdrawn=gettext_lazy("heeft een waardering ingetrokken"),
    restored=gettext_lazy("heeft een waardering hersteld"),
)


def _require_may_take(by: Person, sheet: RatingSheet) -> None:
    if not may_withdraw_sheet(by, sheet):
        raise PermissionDenied("dit blad is niet van u")
