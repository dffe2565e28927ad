"""Writes about feelings on the map: putting one there, changing it, taking it away, and showing all of them outward."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories.models import Feeling, Mood, PublishedFeelings
from buurtbalans.method.stories.queries.drafting import kept
from buurtbalans.method.stories.queries.feelings import outward
from buurtbalans.method.stories.rules import (
    looked,
    may_withdraw,
    require_may_change,
    require_may_publish_feelings,
    require_may_tell,
    require_team_circle,
    waits,
)


@action(gettext_lazy("heeft een gevoel op de kaart gezet"))
def create_feeling(
    *,
    by: Person,
    neighbourhood: Neighbourhood,
    circle: Circle,
    voice: UUID,
    mood: str,
    reason: str = "",
    seen: bool = False,
    **about: Any,
) -> Feeling:
    """Put what somebody feels at a place on the map; `about` holds the place, the part of the day and who it is.

    Words go to others only after a colleague looked; a feeling without a word leads to nobody.
    """
    require_may_tell(by, circle)
    require_team_circle(circle)
    reason = _reason(mood, reason)
    asked = circle if reason and waits(by, circle, seen) else None
    home = by.organisation.circle if asked and by.organisation else circle
    about.setdefault("heard_by", by.organisation)
    feeling = Feeling.objects.create(
        neighbourhood=neighbourhood,
        circle=home,
        asked=asked,
        voice=voice,
        mood=mood,
        reason=reason,
        author=by,
        edited_by=by,
        **kept(about),
    )
    record(
        by=by, verb="stories.create_feeling", about=feeling, circle=home.pk, **(looked(asked, circle) if reason else {})
    )
    return feeling


def _reason(mood: str, reason: str) -> str:
    """Return the reason as it is kept; another feeling than the seven says in own words what it is."""
    require_no_traces(reason)
    if mood == Mood.OTHER and not reason.strip():
        raise ValidationError(_("Beschrijf in eigen woorden hoe deze plek voelt."), code="no_words")
    return reason.strip()


@action(gettext_lazy("heeft een gevoel aangepast"))
def update_feeling(
    *, by: Person, feeling: Feeling, version: int, mood: str, reason: str = "", seen: bool = False, **about: Any
) -> Feeling:
    """Change a feeling; words that come to one that others see already are looked at first, so it goes back home."""
    require_may_change(by, feeling)
    reason = _reason(mood, reason)
    fields = {"mood": mood, "reason": reason, **kept(about)}
    shared = feeling.circle
    if reason and not feeling.reason and waits(by, shared, seen) and by.organisation:
        fields |= {"circle": by.organisation.circle, "asked": shared}
    if feeling.returned:
        feeling.settle(version=version)  # its author answers what a colleague said of it
    feeling.change(by=by, version=version, **fields)
    record(by=by, verb="stories.update_feeling", about=feeling, version=feeling.version)
    return feeling


def _require_own(by: Person, feeling: Feeling) -> None:
    if not may_withdraw(by, feeling):
        raise PermissionDenied("dit gevoel is niet van u")


withdraw_feeling, restore_feeling = text_pair(
    Feeling,
    "feeling",
    require=_require_own,
    withdrawn=gettext_lazy("heeft een gevoel van de kaart verwijderd"),
    restored=gettext_lazy("heeft een gevoel op de kaart hersteld"),
)


@action(gettext_lazy("heeft de gevoelskaart met anderen gedeeld"))
def publish_feelings(
    *,
    by: Person,
    neighbourhood: Neighbourhood,
    core: Circle,
    circle: Circle,
    bounds: tuple[float, float, float, float],
) -> PublishedFeelings:
    """Show the ring or everybody how it feels, in squares of enough people; the view stays as it is today."""
    require_may_publish_feelings(by, core, circle)
    view = outward(neighbourhood, core, circle, bounds)
    if view.refused:
        raise ValidationError(view.refused, code="too_few")
    shown = PublishedFeelings.objects.create(
        neighbourhood=neighbourhood,
        core=core,
        circle=circle,
        cells=view.cells,
        counted=view.counted,
        voices=view.voices,
        published_by=by,
        edited_by=by,
    )
    record(by=by, verb="stories.publish_feelings", about=shown, circle=circle.pk)
    return shown


withdraw_published_feelings, restore_published_feelings = text_pair(
    PublishedFeelings,
    "published_feelings",
    require=lambda by, view: require_may_publish_feelings(by, view.core, view.circle),
    withdrawn=gettext_lazy("heeft een gedeelde gevoelskaart ingetrokken"),
    restored=gettext_lazy("heeft een gedeelde gevoelskaart hersteld"),
)
