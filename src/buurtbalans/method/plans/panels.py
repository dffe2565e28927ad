"""What other pages show of a plan: on a round, on a claim, on a delivery, and the tasks of a person."""

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
from buurtbalans.method.rounds.rules import core_reads, may_in


def plan_step_panel(request: HttpRequest, round: Round) -> Panel | None:
    """Return the panel of the fifth step, also when nothing is agreed yet; None for a viewer who may not read it."""
    if not may_in(request.user, Permission.READ, round):
        return None
    return Panel("plans/agreed.html", _summary(request, round))


def plan_summary_panel(request: HttpRequest, round: Round) -> Panel | None:
    """Return the panel with the results and efforts of a round in short, or None when there are none."""
    summary = _summary(request, round)
    return Panel("plans/agreed.html", summary) if summary["results"] else None


def _summary(request: HttpRequest, round: Round) -> dict[str, object]:
    results = list(plan.results_of(round, request.user))
    return {"round": round, "results": results, "last": versions.versions_of(round, request.user).first()}


def claim_results_panel(request: HttpRequest, claim: Claim) -> Panel | None:
    """Return the panel with the results and efforts that rest on a claim, or None when there are none."""
    results, efforts = plan.plan_lines_resting_on(claim, request.user)
    if not results and not efforts:
        return None
    return Panel("plans/rests_here.html", {"round": claim.round, "results": results, "efforts": efforts})


def delivery_results_panel(request: HttpRequest, delivery: Delivery) -> Panel | None:
    """Return the panel with the results whose claims use figures of a delivery, or None when there are none."""
    claims = claims_using(delivery, request.user)
    results = Result.objects.visible_to(request.user).active().filter(claims__in=claims)
    distinct = list(results.select_related("round").distinct())
    return Panel("plans/used_in_plans.html", {"results": distinct}) if distinct else None


def results_based_on_delivery(viewer: Person, delivery: Delivery) -> tuple[str, bool]:
    """Return how many results the viewer sees with a baseline from a delivery, in words, and whether there are any.

    The second answer counts the results that the viewer may not see too.
    """
    based = Result.objects.filter(baseline__delivery=delivery.pk)
    n = Result.objects.visible_to(viewer).active().filter(pk__in=based.values("pk")).count()
    words = ngettext("%(n)s doel", "%(n)s doelen", n) % {"n": n} if n else ""
    return words, based.exists()


def tasks(viewer: Person) -> list[Task]:
    """Return the tasks of a person in a plan: to answer, to decide again, to confirm, and what is stuck."""
    return [*reminder_tasks(viewer), *_stuck_efforts(viewer)]


def reminder_tasks(viewer: Person) -> list[Task]:
    """Return the tasks that a person may be reminded of: to answer, to decide again and to confirm."""
    return [*_proposals_to_answer(viewer), *_efforts_to_renew(viewer), *_efforts_to_confirm(viewer)]


def _proposals_to_answer(viewer: Person) -> Iterator[Task]:
    proposals = Effort.objects.visible_to(viewer).active().filter(accepted_at__isnull=True)
    for effort in proposals.select_related("organisation", "result__round__neighbourhood", "result__round__core"):
        if rules.may_accept(viewer, effort):
            sentence = effort.what if effort.what.endswith((".", "?", "!")) else f"{effort.what}."
            text = _("%(what)s Gaat %(who)s dit doen?") % {"what": sentence, "who": effort.organisation}
            yield _task(
                effort, "mening", _("Reageren op een voorstel voor een actie"), text, _("Voorstel bekijken"), ""
            )


def _efforts_to_renew(viewer: Person) -> Iterator[Task]:
    today = timezone.localdate()
    efforts = _own_efforts(viewer).filter(accepted_at__isnull=False, renew_by__isnull=False)
    for effort in efforts.exclude(state=EffortState.DONE):
        if rules.is_renewal_due(effort.renew_by, today):
            yield _task(
                effort,
                "kalender",
                _("Opnieuw besluiten over een actie"),
                effort.what,
                _("Stoppen of doorgaan"),
                "plans:renew_effort",
                before=effort.renew_by,
            )


def _efforts_to_confirm(viewer: Person) -> Iterator[Task]:
    for effort in presence.unconfirmed_efforts(viewer):
        yield _task(effort, "vraag", _("Klopt deze actie nog?"), effort.what, _("Actie controleren"), "")


def _stuck_efforts(viewer: Person) -> Iterator[Task]:
    for effort in _own_efforts(viewer).filter(state=EffortState.STUCK, accepted_at__isnull=False):
        text = f"{effort.what} ({effort.state_reason})"
        title, button = _("Actie die stilligt"), _("Actie bekijken")
        yield _task(effort, "pauze", title, text, button, "plans:report")


def _own_efforts(viewer: Person) -> "QuerySet[Effort]":
    efforts: QuerySet[Effort] = Effort.objects.visible_to(viewer).active()
    own = efforts.filter(organisation=viewer.organisation_id)
    return own.select_related("result__round__neighbourhood")


def _task(
    effort: Effort, icon: str, title: Words, text: Words, button: Words, page: str, before: date | None = None
) -> Task:
    """Return a task about an effort, with a page of its own or else its place in the plan."""
    round = effort.result.round
    url = reverse(page, args=[round.slug, effort.pk]) if page else plan.effort_url(effort)
    area = round.neighbourhood.name
    return Task(icon=icon, title=title, text=text, where=area, button=button, url=url, before=before)


def _may_agree(person: Any, text: Any) -> bool:
    return may_in(person, Permission.AGREE_EFFORT, text.round)


RESULT_FIELDS = ("title", "per_what", "target_low", "target_high", "target_year")
EVALUATION_FIELDS = ("measured_by", "measured_on", "measured_with", "asked_too")
EFFORT_FIELDS = (
    *("what", "together_with", "owner", "starts_on", "ends_on", "quick_win"),
    *("where", "area", "longitude", "latitude"),
)
PROGRESS_FIELDS = ("start", "end", "reached", "meant", "dose", "quality", "better_off")
TEXTS = (
    TextKind(
        Result,
        lambda result: plan.plan_url(result.round),
        _may_agree,
        (Edit((*RESULT_FIELDS, *EVALUATION_FIELDS), by_action(results_actions.edit_result, "result")),),
        round_path="round",
        withdraw=by_action(results_actions.withdraw_result, "result"),
        restore=by_action(results_actions.restore_result, "result"),
        names=core_reads(),
    ),
    TextKind(
        Effort,
        lambda effort: plan.plan_url(effort.result.round),
        rules.may_write,
        (
            Edit(EFFORT_FIELDS, by_action(efforts_actions.edit_effort, "effort")),
            Edit(("state", "state_reason", "since", "first_sign"), by_action(efforts_actions.report_effort, "effort")),
        ),
        round_path="result__round",
        parts=("plans.progress",),
        may_withdraw=rules.may_withdraw,
        withdraw=by_action(efforts_actions.withdraw_effort, "effort"),
        restore=by_action(efforts_actions.restore_effort, "effort"),
        names=core_reads("result.round"),
    ),
    TextKind(
        Progress,
        lambda progress: plan.plan_url(progress.effort.result.round),
        lambda person, progress: rules.may_write(person, progress.effort),
        (Edit(PROGRESS_FIELDS, by_action(progress_actions.edit_progress, "progress")),),
        round_path="effort__result__round",
        withdraw=by_action(progress_actions.withdraw_progress, "progress"),
        restore=by_action(progress_actions.restore_progress, "progress"),
        names=core_reads("effort.result.round"),
    ),
    TextKind(
        Condition,
        lambda condition: plan.plan_url(condition.round),
        _may_agree,
        (Edit(("about", "text", "area", "review_on"), by_action(conditions.edit_condition, "condition")),),
        round_path="round",
        withdraw=by_action(conditions.withdraw_condition, "condition"),
        restore=by_action(conditions.restore_condition, "condition"),
        names=core_reads(),
    ),
)
