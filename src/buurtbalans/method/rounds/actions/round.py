"""Writes of a round itself: starting it, its words, its team and its steps."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.people.actions import make_round_circles
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import require
from buurtbalans.method.places.actions import draw_neighbourhood
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.rounds.models import Round, RoundStep, StepState
from buurtbalans.method.rounds.rules import require_in, require_may_start
from buurtbalans.method.rounds.steps import STEPS


@action(gettext_lazy("is een ronde begonnen"))
def start_round(
    *,
    by: Person,
    neighbourhood: Neighbourhood | dict[str, Any],
    occasion: str,
    question: str,
    scope: str,
    release: str,
    follows: Round | None = None,
) -> Round:
    """Start a round with its two circles and six steps; who starts it becomes its process guide.

    The neighbourhood may be one that does not exist yet: what `draw_neighbourhood` needs to make it.
    """
    require_may_start(by)
    if isinstance(neighbourhood, dict):
        neighbourhood = draw_neighbourhood(by=by, **neighbourhood)
    core, ring = make_round_circles(by=by, name=str(neighbourhood))
    round = Round.objects.create(
        slug=_free_slug(neighbourhood),
        neighbourhood=neighbourhood,
        occasion=occasion,
        question=question,
        scope=scope,
        release=release,
        core=core,
        ring=ring,
        started_by=by,
        edited_by=by,
        follows=follows,
    )
    today = timezone.localdate()
    RoundStep.objects.bulk_create(
        RoundStep(
            round=round,
            number=step.number,
            began_on=today if step.number == 1 else None,
            state=StepState.NOW if step.number == 1 else StepState.AHEAD,
            edited_by=by,
        )
        for step in STEPS
    )
    record(by=by, verb="rounds.start_round", about=round, release=release)
    return round


def _free_slug(neighbourhood: Neighbourhood) -> str:
    """Return an address for a round: its neighbourhood, with a number from the second round on."""
    before = neighbourhood.rounds.count()
    return neighbourhood.slug if not before else f"{neighbourhood.slug}-{before + 1}"


@action(gettext_lazy("heeft een ronde aangepast"))
def edit_round(*, by: Person, round: Round, version: int, **fields: Any) -> Round:
    """Change texts of a round: occasion, question, scope, finding, need."""
    require_in(by, Permission.EDIT_ROUND, round)
    round.change(by=by, version=version, **fields)
    record(by=by, verb="rounds.edit_round", about=round, version=round.version, fields=sorted(fields))
    return round


@action(gettext_lazy("heeft een stap bijgewerkt"))
def update_step(
    *, by: Person, round: Round, number: int, version: int, state: str, note: str = "", on: date | None = None
) -> RoundStep:
    """Say where a step stands; the order is advice, so any step can be opened or closed at any time."""
    require_in(by, Permission.EDIT_ROUND, round)
    if state not in StepState.values:
        raise ValidationError(_("Kies hoe ver u met deze stap bent."), code="state")
    step, today = round.steps.get(number=number), on or timezone.localdate()
    began = None if state == StepState.AHEAD else step.began_on or today
    done = today if state == StepState.DONE else None
    step.change(by=by, version=version, state=state, note=note, began_on=began, done_on=done)
    record(by=by, verb="rounds.update_step", about=step, state=state)
    return step


@action(gettext_lazy("heeft een hele ronde opgeslagen als bestand"))
def record_export(*, by: Person, round: Round, files: int) -> None:
    """Write down that somebody takes a whole round along; who does not know of the round may not."""
    require(by, Permission.READ, round.ring)
    record(by=by, verb="rounds.record_export", about=round, files=files)
