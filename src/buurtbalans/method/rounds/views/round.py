"""Pages of a round itself: the list, its start and its steps, and what all pages of a round share."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.method.base.forms import GuardedForm
from buurtbalans.method.base.pages import form_page, handle_button, handle_form, posted, read_only
from buurtbalans.method.base.panels import PanelMaker, gather
from buurtbalans.method.people.permissions import Permission, Role
from buurtbalans.method.people.rules import may_anywhere
from buurtbalans.method.places.queries import remark_on
from buurtbalans.method.rounds import rules
from buurtbalans.method.rounds.actions import round as round_actions
from buurtbalans.method.rounds.forms import round as round_forms
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries import chain, onward
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.steps import Opens, step
from buurtbalans.method.stories.queries.stories import stories_of


def enter(request: HttpRequest, slug: str) -> Round:
    """Return a round that the visitor is part of, or answer 404: to others it does not exist."""
    return get_object_or_404(round_queries.rounds_of(request.user), slug=slug)


def trail(round: Round, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """Return the crumbs of a page of a round."""
    return [(round.neighbourhood.name, round_queries.round_url(round)), *more]


def step_crumb(round: Round, number: int) -> tuple[Any, str]:
    """Return the crumb of a step."""
    return step(number).title, reverse("rounds:step", args=[round.slug, number])


def sheet(
    request: HttpRequest,
    round: Round,
    form: GuardedForm,
    write: Callable[[dict[str, Any]], Any],
    *,
    title: Any,
    button: Any,
    done: Any,
    to: Callable[[Any], str],
    at: int | None = None,
    intro: Any = "",
    undo: Callable[[Any], str] = lambda made: "",
    text: Any = None,
) -> HttpResponse:
    """Answer a plain form page of a round: a title, a form, one button."""
    crumbs = trail(round, step_crumb(round, at)) if at else trail(round)
    context = {"title": title, "button": button, "intro": intro, "crumbs": crumbs, "text": text}
    return handle_form(request, form, write, "rounds/fill_in.html", context, to=to, done=done, undo=undo)


@read_only
@login_required
def rounds(request: HttpRequest) -> HttpResponse:
    """Show the rounds that the visitor is part of."""
    rows = [round_queries.row_of(round, request.user) for round in round_queries.rounds_of(request.user)]
    return render(
        request, "rounds/rounds.html", {"rows": rows, "may_start": may_anywhere(request.user, Permission.START_ROUND)}
    )


@form_page
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Start a round for a neighbourhood with one question."""
    rules.require_may_start(request.user)
    form = round_forms.StartForm(
        posted(request), places=round_queries.places_to_start(), initial={"place": request.GET.get("buurt", "")}
    )
    return handle_form(
        request,
        form,
        lambda given: round_actions.start_round(by=request.user, **round_queries.start_fields(given)),
        "rounds/start.html",
        {"remarks": round_queries.remarks_to_start()},
        to=round_queries.round_url,
        done=_("De ronde is begonnen en u bent de procesbegeleider."),
    )


@read_only
@login_required
def round_page(
    request: HttpRequest,
    slug: str,
    panels: Sequence[PanelMaker] = (),
    ways: Sequence[PanelMaker] = (),
    numbers: Sequence[onward.MoreNumbers] = (),
) -> HttpResponse:
    """Show where a round stands: the question, six steps, what is there, and what is sensible to do next."""
    round = enter(request, slug)
    steps = round_queries.steps_of(round, request.user)
    before, after = onward.previous_and_next_rounds(round, request.user)
    context = {
        "round": round,
        "steps": steps,
        "current": round_queries.current_step(steps),
        "may": rules.allowed(request.user, round),
        "there": chain.content_counts(round, request.user),
        "team": round_queries.team_of(round),
        "next": onward.recommendations(round, request.user, numbers),
        "before": before,
        "after": after,
        "items_taken_over": onward.items_taken_over(round, request.user),
        "parked": onward.parked_items(round, request.user),
        "remark": remark_on(round.neighbourhood),
        "panels": gather(request, round, panels),
        "ways": gather(request, round, ways),
    }
    return render(request, "rounds/round.html", context)


@form_page
@login_required
def step_page(
    request: HttpRequest, slug: str, number: int, panels: Mapping[int, Sequence[PanelMaker]] = MappingProxyType({})
) -> HttpResponse:
    """Show one step: its goal, form and needs, and what can be done in it; any step, in any order."""
    round = enter(request, slug)
    if not 1 <= number <= 6:
        raise Http404
    steps = round_queries.steps_of(round, request.user)
    here = steps[number - 1]
    opens = here.step.opens
    claims = list(claims_queries.claims_of(round, request.user))
    context = {
        "round": round,
        "steps": steps,
        "here": here,
        "may": rules.allowed(request.user, round),
        "opens": opens,
        "crumbs": trail(round, (here.name, "")),
        "reads": rules.may_in(request.user, Permission.READ, round),
        "guides": round_queries.team_of(round, Role.PROCESS_GUIDE),
        "claims": claims,
        "tested": sum(bool(claim.verdict) for claim in claims),
        "gaps": claims_queries.gaps_of(round, request.user),
        "stories": stories_of(round.neighbourhood, request.user)[:4] if Opens.STORIES in opens else [],
        "team": round_queries.team_of(round),
        "ring": round_queries.team_of(round, Role.RING_MEMBER),
        "points": onward.points(round, number),
        "weakest": onward.weakest(onward.points(round, number)),
        "panels": gather(request, round, panels.get(number, ())),
        "next": steps[number] if number < 6 else None,
    }
    first = {name: getattr(here.row, name) for name in round_forms.StepForm.base_fields}
    if request.method == "POST":
        rules.require_in(request.user, Permission.EDIT_ROUND, round)
    return handle_form(
        request,
        round_forms.StepForm(posted(request), initial=first),
        lambda given: round_actions.update_step(by=request.user, round=round, number=number, **given),
        "rounds/step.html",
        context,
        to=lambda row: here.url,
        done=_("De stap is bijgewerkt."),
    )


def edit_view(
    form: type[GuardedForm],
    write: Callable[..., Any],
    name: str,
    *,
    find: Callable[[HttpRequest, Round, int], Any],
    rule: Callable[[Any, Any], None],
    to: Callable[[Any], str],
    title: Any,
    done: Any,
    at: int | None = None,
    undo: Callable[[Any], str] = lambda made: "",
    intro: Callable[[Any], str] = lambda text: "",
) -> Callable[..., HttpResponse]:
    """Return the page that changes a text: it opens with what stands there, and writes in the version that was read."""

    @form_page
    @login_required
    def reword(request: HttpRequest, slug: str, pk: int = 0) -> HttpResponse:
        round = enter(request, slug)
        text = find(request, round, pk)
        rule(request.user, text)
        first = {field: getattr(text, field) for field in form.base_fields}
        return sheet(
            request,
            round,
            form(posted(request), initial=first),
            lambda given: write(by=request.user, **{name: text}, **given),
            title=title(text) if callable(title) else title,
            button=_("Opslaan"),
            done=done,
            to=to,
            at=at,
            undo=undo,
            text=text,
            intro=intro(text),
        )

    return reword


def text_finder(model: Any, *, withdrawn: bool = False) -> Callable[[HttpRequest, Round, int], Any]:
    """Return a function that gets an active text of a round, or also a withdrawn one; it answers 404 for others."""

    def find(request: HttpRequest, round: Round, pk: int) -> Any:
        texts = model.objects.with_withdrawn() if withdrawn else model.objects
        return get_object_or_404(texts.visible_to(request.user), pk=pk, round=round)

    return find


def button_view(
    write: Callable[..., Any],
    name: str,
    *,
    find: Callable[[HttpRequest, Round, int], Any],
    to: Callable[[Any], str],
    done: Any,
    undo: str = "",
    conflict: Any = "",
    refused_to: Callable[[Round], str] | None = None,
    entry: Callable[[HttpRequest, str], Round] = enter,
) -> Callable[..., HttpResponse]:
    """Return the page of a button that does one thing with a text of a round; `undo` names the page that undoes it."""

    @require_POST
    @login_required
    def press_button(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        round = entry(request, slug)
        text = find(request, round, pk)
        return handle_button(
            request,
            lambda: write(by=request.user, **{name: text}),
            to=lambda: to(text),
            done=done,
            undo=reverse(undo, args=[slug, pk]) if undo else "",
            conflict=conflict,
            refused_to=refused_to(round) if refused_to else "",
        )

    return press_button


edit = edit_view(
    round_forms.RoundForm,
    round_actions.edit_round,
    "round",
    find=lambda request, round, pk: round,
    rule=lambda person, round: rules.require_in(person, Permission.EDIT_ROUND, round),
    to=round_queries.round_url,
    title=gettext_lazy("Ronde aanpassen"),
    done=gettext_lazy("De ronde is aangepast."),
)
