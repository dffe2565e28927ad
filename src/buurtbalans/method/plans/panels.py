"""What a plan shows elsewhere: on the round, on a claim what rests on it, and what waits for a person."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from buurtbalans.method.base.panels import Panel, Task, Words
from buurtbalans.method.base.versions import Edit, TextKind
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans import rules
from buurtbalans.method.plans.actions import conditions
from buurtbalans.method.plans.actions import efforts as efforts_actions
from buurtbalans.method.plans.actions import progress as progress_actions
from buurtbalans.method.plans.actions import results as results_actions
from buurtbalans.method.plans.models import Condition, Effort, EffortState, Progress, Result
from buurtbalans.method.plans.queries import plan, presence, versions
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.panels import by_action, claims_using
from buurtbalans.method.rounds.rules import may_in


def to_agree(request: HttpRequest, round: Round) -> Panel | None:
    """Return the plan for its step, also when nothing was agreed yet; nothing for who does not read it."""
    if not may_in(request.user, Permission.READ, round):
        return None
    return Panel("plans/agreed.html", _agreed(request, round))


def agreed(request: HttpRequest, round: Round) -> Panel | None:
    """Return the results and efforts of a round in short, for its page and its fifth step."""
    found = _agreed(request, round)
    return Panel("plans/agreed.html", found) if found["results"] else None


def _agreed(request: HttpRequest, round: Round) -> dict[str, object]:
    results = list(plan.results_of(round, request.user))
    return {"round": round, "results": results, "last": versions.versions_of(round, request.user).first()}


def rests_here(request: HttpRequest, claim: Claim) -> Panel | None:
    """Return the results and efforts that rest on a claim: where it led to."""
    results, efforts = plan.resting_on(claim, request.user)
    return (
        Panel("plans/rests_here.html", {"round": claim.round, "results": results, "efforts": efforts})
        if results or efforts
        else None
    )


def used_in_plans(request: HttpRequest, delivery: Delivery) -> Panel | None:
    """Return the results that rest on claims that lean on a delivery's figures."""
    claims = claims_using(delivery, request.user)
    results = Result.objects.visible_to(request.user).active().filter(claims__in=claims)
    found = list(results.select_related("round").distinct())
    return Panel("plans/used_in_plans.html", {"results": found}) if found else None


def held_by_results(viewer: Person, delivery: Delivery) -> tuple[str, bool]:
    """Return the results of the viewer that begin at a figure of a delivery, in words, and whether any result does."""
    held = Result.objects.filter(baseline__delivery=delivery.pk)
    n = Result.objects.visible_to(viewer).active().filter(pk__in=held.values("pk")).count()
    words = ngettext("%(n)s resultaat", "%(n)s resultaten", n) % {"n": n} if n else ""
    return words, held.exists()


def tasks(viewer: Person) -> list[Task]:
    """Return what a plan asks of a person: an answer, whether a line still holds, a new decision, a standstill."""
    return [*asking(viewer), *_standing_still(viewer)]


def asking(viewer: Person) -> list[Task]:
    """Return what somebody is asked and may be reminded of: to answer, to decide again, to say that a line holds."""
    return [*_to_answer(viewer), *_to_renew(viewer), *_to_confirm(viewer)]


def _to_answer(viewer: Person) -> Iterator[Task]:
    asked = Effort.objects.visible_to(viewer).active().filter(accepted_at__isnull=True)
    for effort in asked.select_related("organisation", "result__round__neighbourhood", "result__round__core"):
        if rules.may_accept(viewer, effort):
            text = _("%(what)s Doet %(who)s dit?") % {"what": _sentence(effort.what), "who": effort.organisation}
            yield _task(effort, "mening", _("Zeg ja of nee op een voorstel"), text, _("Bekijk het voorstel"), "")


def _to_renew(viewer: Person) -> Iterator[Task]:
    today = timezone.localdate()
    mine = _mine(viewer).filter(accepted_at__isnull=False, renew_by__isnull=False).exclude(state=EffortState.DONE)
    for effort in mine:
        if rules.renews_soon(effort.renew_by, today):
            yield _task(
                effort,
                "kalender",
                _("Besluit opnieuw over een afspraak"),
                effort.what,
                _("Kies: stoppen of verder"),
                "plans:renew_effort",
                before=effort.renew_by,
            )


def _to_confirm(viewer: Person) -> Iterator[Task]:
    for effort in presence.to_confirm(viewer):
        yield _task(effort, "vraag", _("Klopt deze afspraak nog?"), effort.what, _("Kijk of het klopt"), "")


def _standing_still(viewer: Person) -> Iterator[Task]:
    for effort in _mine(viewer).filter(state=EffortState.STUCK, accepted_at__isnull=False):
        text = f"{effort.what} ({effort.state_reason})"
        title, button = _("Kijk naar een afspraak die stilstaat"), _("Bekijk de afspraak")
        yield _task(effort, "pauze", title, text, button, "plans:report")


def _mine(viewer: Person) -> "QuerySet[Effort]":
    mine: QuerySet[Effort] = Effort.objects.visible_to(viewer).active().filter(organisation=viewer.organisation_id)
    return mine.select_related("result__round__neighbourhood")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _task(
    effort: Effort, icon: str, title: Words, text: Words, button: Words, page: str, before: date | None = None
) -> Task:
    round = effort.result.round
    url = reverse(page, args=[round.slug, effort.pk]) if page else f"{plan.plan_url(round)}#afspraak-{effort.pk}"
    where = round.neighbourhood.name
    return Task(icon=icon, title=title, text=text, where=where, button=button, url=url, before=before)


def _plan(round: Round) -> str:
    return reverse("plans:plan", args=[round.slug])


def _agrees(person: Any, text: Any) -> bool:
    return may_in(person, Permission.AGREE_EFFORT, text.round)


RESULT = ("title", "per_what", "target_low", "target_high", "target_year")
MEASURED = ("measured_by", "measured_on", "measured_with", "asked_too")
EFFORT = (
    *("what", "together_with", "owner", "starts_on", "ends_on", "quick_win"),
    *("where", "area", "longitude", "latitude"),
)
PROGRESS = ("start", "end", "reached", "meant", "dose", "quality", "better_off")
TEXTS = (
    TextKind(
        Result,
        lambda result: _plan(result.round),
        _agrees,
        (Edit((*RESULT, *MEASURED), by_action(results_actions.edit_result, "result")),),
        round_path="round",
        withdraw=by_action(results_actions.withdraw_result, "result"),
        restore=by_action(results_actions.restore_result, "result"),
    ),
    TextKind(
        Effort,
        lambda effort: _plan(effort.result.round),
        rules.may_write,
        (
            Edit(EFFORT, by_action(efforts_actions.edit_effort, "effort")),
            Edit(("state", "state_reason", "since", "first_sign"), by_action(efforts_actions.report_effort, "effort")),
        ),
        round_path="result__round",
        parts=("plans.progress",),
        withdraw=by_action(efforts_actions.withdraw_effort, "effort"),
        restore=by_action(efforts_actions.restore_effort, "effort"),
    ),
    TextKind(
        Progress,
        lambda progress: _plan(progress.effort.result.round),
        lambda person, progress: rules.may_write(person, progress.effort),
        (Edit(PROGRESS, by_action(progress_actions.edit_progress, "progress")),),
        round_path="effort__result__round",
        withdraw=by_action(progress_actions.withdraw_progress, "progress"),
        restore=by_action(progress_actions.restore_progress, "progress"),
    ),
    TextKind(
        Condition,
        lambda condition: _plan(condition.round),
        _agrees,
        (Edit(("about", "text", "area", "review_on"), by_action(conditions.edit_condition, "condition")),),
        round_path="round",
        withdraw=by_action(conditions.withdraw_condition, "condition"),
        restore=by_action(conditions.restore_condition, "condition"),
    ),
)
