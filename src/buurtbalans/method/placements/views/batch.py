"""Pages of batches: which there are, a new one to read, the advice on one, and the same advice made again."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import floatformat
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtbalans.figures.findings import Finding, Refused
from buurtbalans.figures.intake.reading import read_tables
from buurtbalans.method.base.pages import form_page, posted, read_only
from buurtbalans.method.base.panels import PanelMaker, gather
from buurtbalans.method.placements import rules
from buurtbalans.method.placements.actions import batches as batches_actions
from buurtbalans.method.placements.forms import BatchForm
from buurtbalans.method.placements.models import BEST, REJECTING_CHOICES, PlacingBatch, PlacingDecision, WorkKind
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import batches as batches_queries
from buurtbalans.method.placements.queries import (
    case,
    changed_proposals,
    long_work,
    offers,
    plans,
    room,
    second_review,
    week,
    work_answers,
)
from buurtbalans.method.placements.queries import numbers as numbers_queries
from buurtbalans.method.placements.queries import proposals as page_queries
from buurtbalans.method.placements.queries import waiting as waiting_queries
from buurtbalans.method.placements.queries import work_limits as long_queries
from buurtbalans.method.placements.views.waiting import waiting
from buurtbalans.placing.advice import Advice

Draw = Callable[..., SafeString]  # request, class per area, number per area, the chosen one
LISTED = 7  # proposals in the table before one asks for all
LATE = 12  # who wait longer than agreed, named above the table
WITHOUT = 10  # who have no proposal, the longest waiting, before one asks for all


def find(request: HttpRequest, pk: int) -> PlacingBatch:
    """Return a batch that the visitor may see; what is erased or foreign is not there."""
    batch_row: PlacingBatch = get_object_or_404(PlacingBatch.objects.visible_to(request.user), pk=pk, erased_at=None)
    return batch_row


def find_placing(request: HttpRequest, pk: int) -> PlacingBatch:
    """Return a batch for who places it; others who see it are refused."""
    batch_row = find(request, pk)
    rules.require_may_place(request.user, batch_row)
    return batch_row


@read_only
@login_required
def batches(request: HttpRequest, panels: Sequence[PanelMaker] = ()) -> HttpResponse:
    """Show what there is to place; while it is off why, and who switches it on."""
    home = rules.require_part(request.user)
    context = {
        "home": home,
        "on": rules.is_on(home),
        "may_switch": rules.may_switch(request.user),
        "may_place": rules.may_place(request.user),
        "switches": batches_queries.switches(home),
        "officers": batches_queries.officers(home),
        "batches": PlacingBatch.objects.visible_to(request.user),
        "off": batches_queries.turned_off(home),
        "kept": PlacingBatch.objects.shown_to(home.pk).filter(erased_at=None).count(),
        "panels": gather(request, home, list(panels)),
        "asked": second_review.to_review(request.user),
    }
    return render(request, "placements/list.html", context)


@form_page
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Read a list of households and homes and make the first advice; a refusal says everything at once."""
    if rules.may_place(request.user) and not rules.is_on(rules.home_of(request.user)):
        return redirect("placements:list")
    rules.require_may_place(request.user)
    form = BatchForm(posted(request), request.FILES or None)
    findings: Sequence[Finding] = ()
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            tables = read_tables(sent.read(), str(sent.name)[:120])
            made = batches_actions.import_batch(by=request.user, title=form.cleaned_data["title"], tables=tables)
            if made.advices.exists():
                messages.success(request, _("De plaatsingsronde is ingelezen en dit is het eerste advies."))
            return redirect("placements:batch", made.pk)
        except Refused as refused:
            findings = refused.findings
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "placements/new.html", {"form": form, "findings": findings}, status=status)


@read_only
@login_required
def template(request: HttpRequest) -> HttpResponse:
    """Send an empty workbook with every sheet and column."""
    rules.require_may_place(request.user)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(case.template(), content_type=kind)
    answer["Content-Disposition"] = 'attachment; filename="plaatsen.xlsx"'
    return answer


@read_only
@login_required
def batch(request: HttpRequest, pk: int, draw: Draw) -> HttpResponse:
    """Show the advice on a batch; a corporation sees its own homes, others of the organisation the room in bands."""
    batch_row = find(request, pk)
    if (advice := batch_row.advices.first()) is None:
        return waiting(request, batch_row, may=rules.sees_households(request.user, batch_row))
    made = advice_queries.advised(batch_row, advice)
    rooms = page_queries.bands(made.case)
    context: dict[str, Any] = {"batch": batch_row, "bands": banded(made, rooms)} | room.where_from(batch_row, made.case)
    if not rules.sees_households(request.user, batch_row):
        if batch_row.organisation == rules.home_of(request.user):
            return render(request, "placements/bands.html", context | {"map": draw(request, rooms, {}, "")})
        standing = batches_queries.standing(batches_queries.decisions_of(batch_row))
        homes = list(page_queries.homes_of(made, request.user.organisation.slug, standing))
        return render(request, "placements/homes.html", {"batch": batch_row, "homes": homes})
    one, desk = _desk(request, batch_row, made)
    context |= desk | {"map": draw(request, rooms, page_queries.counted(made), _area(made, one))}
    return render(request, "placements/batch.html", context)


def _desk(
    request: HttpRequest, batch_row: PlacingBatch, made: Advice
) -> tuple[page_queries.Opened | None, dict[str, Any]]:
    """Return the household that is opened, and what who places sees: proposals, who waits, and what was decided."""
    advice, decisions = batch_row.advices.first(), batches_queries.decisions_of(batch_row)
    standing, waits = batches_queries.standing(decisions), waiting_queries.waiting(made.case)
    proposed = waiting_queries.longest_first(waits, [household for household, _home in advice.proposals])
    one = _opened(request, made, proposed, standing)
    wanted = proposed if request.GET.get("alle") else around(proposed, one.household if one else "")
    kept = week.kept_free(batch_row, advice)
    context = {
        "advice": advice,
        "all": proposed,
        "one": one,
        "keep": kept.get(one.home.id) if one and one.home else None,
        "lines": [(line, kept.get(line.home.id)) for line in page_queries.lines(made, standing, wanted)],
        **_without_home(made, waits, everybody=bool(request.GET.get("zonder"))),
        "gap": gap_words(made.gap),
        "plan_title": plans.PLANS[advice.plan][0] if advice.plan != BEST else "",
        "chosen": plans.chosen_plan(batch_row),
        "decided": sum(settled(standing.get(id)) for id in proposed),
        "agreed_wait": made.case.settings.wait["most"],
        **_late(waits, standing),
        "pending": batches_queries.pending(decisions),
        "may_close": not batch_row.closed_at,
        "progress": long_work.progress(batch_row),
        "changed": changed_proposals.changed_unseen(batch_row, advice),
        "may_place": True,
    }
    if one is not None:
        context |= _why(request, batch_row, made, one)
        context["offers"] = _offers(made, one)
    return one, context


def _opened(
    request: HttpRequest, made: Advice, proposed: list[str], standing: Mapping[str, PlacingDecision]
) -> page_queries.Opened | None:
    """Return the household that the address asks for, else the first that waits for a decision."""
    asked = request.GET.get("huishouden", "")
    household = page_queries.opened(made, asked or _first(proposed, standing), standing)
    if asked and household is None:
        raise Http404
    return household


def _late(waits: Mapping[str, Any], standing: Mapping[str, PlacingDecision]) -> dict[str, Any]:
    """Return the first households that wait longer than agreed and have no decision, and how many more there are."""
    late = [wait for wait in waits.values() if wait.longer and not settled(standing.get(wait.household))]
    return {"late": late[:LATE], "more_late": len(late[LATE:])}


def _without_home(made: Advice, waits: Mapping[str, Any], *, everybody: bool) -> dict[str, Any]:
    """Return how many households get no proposal, and the first of them, or everybody, each with the reason."""
    without = set(page_queries.others(made))
    households = [id for id in waits if id in without]
    listed = households if everybody else households[:WITHOUT]
    reasons = page_queries.why_others(made, listed)
    return {"without": len(households), "others": [(waits[id], reasons[id]) for id in listed]}


def _offers(made: Advice, one: page_queries.Opened) -> list[Any]:
    """Return the homes that a household may choose from, as long as nothing was decided."""
    return offers.offers(made, one.household) if one.home is not None and not settled(one.decision) else []


def _first(proposed: Sequence[str], standing: Mapping[str, Any]) -> str:
    """Return the household to open: the first without a home, before those that somebody holds or looks at again."""
    left = [household for household in proposed if not settled(standing.get(household))]
    return next(
        (one for one in left if one not in standing or standing[one].choice in REJECTING_CHOICES), next(iter(left), "")
    )


def settled(decision: PlacingDecision | None) -> bool:
    """Return whether a household has a home by a decision that holds."""
    return decision is not None and decision.settles


def around(proposed: Sequence[str], household: str) -> Sequence[str]:
    """Return the households in the table: the opened one with those around it."""
    at = proposed.index(household) if household in proposed else 0
    start = max(0, min(at - LISTED // 2, len(proposed) - LISTED))
    return proposed[start : start + LISTED]


def _area(made: Any, one: "page_queries.Opened | None") -> str:
    if one is None or one.home is None:
        return ""
    return str(made.case.areas.codes[int(made.case.homes.area[made.case.homes.ids.index(one.home.id)])])


def _why(request: HttpRequest, batch: PlacingBatch, made: Advice, one: page_queries.Opened) -> dict[str, Any]:
    """Return the homes to ask about, and the answer about the one that was asked, or the own best."""
    household, advice = made.case.households.ids.index(one.household), batch.advices.first()
    choices = page_queries.choices(made, household)
    quick = not long_queries.takes_long(batch, WorkKind.WHY, advice.plan)
    asked = request.GET.get("waarom", _explained_by_itself(made, one) if quick else "")
    if asked and asked not in made.case.homes.ids:
        raise Http404
    other = bool(asked) and (one.home is None or one.home.id != asked)
    answer = long_work.why_told(batch, advice, made, household, asked) if other else None
    return {
        "choices": choices,
        "asked": asked,
        "why": page_queries.why(made, answer) if answer else None,
        "why_anew": made.full or advice.plan != BEST,
        "why_later": other and answer is None,
    }


def _explained_by_itself(made: Advice, one: page_queries.Opened) -> str:
    """Return the home that is explained without a question: the own best, where that takes no search; else none."""
    return one.best.id if one.best and not made.full and not one.same else ""


def banded(made: Any, rooms: Mapping[str, tuple[int, str]]) -> list[tuple[int, str, list[str]]]:
    """Return the classes of room, the most first, each with the names of its areas: the map as a list."""
    from buurtbalans.method.placements.queries.proposals import names_of

    names = names_of(made.case)
    bands: dict[tuple[int, str], list[str]] = {}
    for code, band in rooms.items():
        bands.setdefault(band, []).append(names[code])
    return [(number, words, sorted(bands[number, words])) for number, words in sorted(bands, reverse=True)]


def gap_words(gap: float) -> str:
    """Return how much better another plan could be, in words."""
    if gap <= 0:
        return _("Geen andere verdeling is voor alle huishoudens samen beter.")
    return _("Geen andere verdeling kan meer dan %(part)s procent beter zijn.") % {
        "part": floatformat(max(gap * 100, 0.1), 1)
    }


@read_only
@login_required
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the advice again from what was kept, and say whether it is the same byte for byte."""
    batch_row = find_placing(request, pk)
    advice = batch_row.advices.first()
    long, asked = long_queries.takes_long(batch_row, WorkKind.AGAIN, advice.plan), {"advice": advice.number}
    answer = (
        work_answers.answer_of(batch_row, WorkKind.AGAIN, asked) if long else long_work.again_told(batch_row, advice)
    )
    if answer is None:
        return render(
            request, "placements/replay.html", {"batch": batch_row, "progress": long_work.progress(batch_row)}
        )
    told = answer["told"]
    ways = [
        (_("dit advies"), told),
        (_("om de beurt kiezen, de langst wachtende eerst"), told["beside"]["first_come"]),
        (_("Eén voor één, op urgentie"), told["beside"]["greedy"]),
    ]
    least = told["components"]["above_ceiling"]  # because of locks
    beside = [(words, numbers, numbers["components"]["above_ceiling"] < least) for words, numbers in ways]
    context = {
        "batch": batch_row,
        "advice": advice,
        "same": answer["same"],
        "told": told,
        "own": numbers_queries.own_numbers(case.case_of(batch_row.files)),
        "beside": beside,
        "goes_above": any(above and numbers["placed"] > told["placed"] for _words, numbers, above in beside),
    }
    return render(request, "placements/replay.html", context)
