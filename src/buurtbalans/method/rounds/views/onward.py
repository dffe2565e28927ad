"""Pages of how a round goes on: points to look at, what waits, the end, the round after it, and taking away."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, handle_button, posted, read_only
from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.people.permissions import Permission, Role
from buurtbalans.method.rounds import rules
from buurtbalans.method.rounds.actions import onward as onward_actions
from buurtbalans.method.rounds.forms import onward
from buurtbalans.method.rounds.models import Claim, Gap, Parked, Round
from buurtbalans.method.rounds.queries import onward as onward_queries
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.queries import team
from buurtbalans.method.rounds.steps import STEPS, points_of
from buurtbalans.method.rounds.views.round import button_view, edit_view, enter, sheet, step_crumb, text_finder, trail


def points_crumb(round: Round, number: int) -> tuple[Any, str]:
    """Return the crumb of the points of a step, or of the readiness check."""
    title = _("Voortgang") if number else _("Klaar om te beginnen?")
    return title, reverse("rounds:points", args=[round.slug, number])


@read_only
@login_required
def points(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the points of a step or of the readiness check, with what would help; it locks nothing."""
    round = enter(request, slug)
    if number > len(STEPS):
        raise Http404
    rows = onward_queries.points(round, number) if rules.may_in(request.user, Permission.READ, round) else []
    context = {
        "round": round,
        "number": number,
        "rows": rows,
        "weakest": onward_queries.weakest(rows),
        "may": rules.allowed(request.user, round),
        "title": points_crumb(round, number)[0],
        "guides": round_queries.team_of(round, Role.PROCESS_GUIDE),
        "step": STEPS[number - 1] if number else None,
        "crumbs": trail(round, step_crumb(round, number or 1), (points_crumb(round, number)[0], "")),
    }
    return render(request, "rounds/points.html", context)


@form_page
@login_required
def point(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Say how far the group is on one point; onwards goes to the next point that nobody looked at."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    if number > len(STEPS) or key not in {point.slug for point in points_of(number)}:
        raise Http404
    here = next(row for row in onward_queries.points(round, number) if row.point.slug == key)
    first = {name: getattr(here.score, name) for name in ("level", "note", "version")} if here.score else {}

    def onwards(_made: Any) -> str:
        rows = onward_queries.points(round, number)
        return next((row.url for row in rows if row.score is None), points_crumb(round, number)[1])

    return sheet(
        request,
        round,
        onward.PointForm(posted(request), initial=first, point=here.point),
        lambda given: onward_actions.score(by=request.user, round=round, point=key, **given),
        title=here.point.title,
        button=_("Opslaan"),
        done=_("De voortgang op dit punt is opgeslagen."),
        to=onwards,
        text=here.score,
        intro=_("Kies samen wat het beste past. De keuze is om van te leren en houdt niets tegen."),
    )


@read_only
@login_required
def parking(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what waits for another time."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.READ, round)
    rows = [(item, rules.may_withdraw(request.user, item)) for item in onward_queries.parked_items(round, request.user)]
    context = {
        "round": round,
        "rows": rows,
        "may": rules.allowed(request.user, round),
        "crumbs": trail(round, (_("Voor later"), "")),
    }
    return render(request, "rounds/parking.html", context)


@form_page
@login_required
def park(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a thought, a claim (`?uitspraak=`) or an open question (`?vraag=`) on the list for later."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.CLAIM, round)
    about: dict[str, Any] = {}
    for name, model, key in (("claim", Claim, "uitspraak"), ("gap", Gap, "vraag")):
        if (number := request.GET.get(key, "")).isdecimal():
            about[name] = get_object_or_404(model.objects.visible_to(request.user), pk=number, round=round)
    first = {"text": str(next(iter(about.values()), ""))}
    return sheet(
        request,
        round,
        onward.ParkForm(posted(request), initial=first),
        lambda given: onward_actions.park(by=request.user, round=round, **about, **given),
        title=_("Punt op de lijst voor later zetten"),
        button=_("Op de lijst zetten"),
        done=_("Het staat nu op de lijst."),
        intro=_("Zo blijft deze ronde klein en raakt er geen onderwerp kwijt."),
        to=lambda _made: reverse("rounds:parking", args=[slug]),
    )


close = edit_view(
    onward.CloseForm,
    onward_actions.close_round,
    "round",
    find=lambda request, round, pk: round,
    to=round_queries.round_url,
    rule=lambda person, round: rules.require_in(person, Permission.EDIT_ROUND, round),
    title=gettext_lazy("Ronde afronden"),
    done=gettext_lazy("De ronde is afgerond, en dat hebt u samen goed gedaan."),
    undo=lambda round: reverse("rounds:reopen", args=[round.slug]),
)


@require_POST
@login_required
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a closed round again."""
    round = enter(request, slug)
    return handle_button(
        request,
        lambda: onward_actions.reopen_round(by=request.user, round=round),
        to=round_queries.round_url(round),
        done=_("De ronde is weer open, dus u kunt verdergaan."),
    )


@form_page
@login_required
def start_follow_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Start the next round from this one."""
    before = enter(request, slug)
    rules.require_in(request.user, Permission.EDIT_ROUND, before)
    others = team.inside(before).exclude(pk=request.user.pk or 0)
    core = others.filter(memberships__circle=before.core)
    ring = others.filter(memberships__circle=before.ring, memberships__role=Role.RING_MEMBER)
    form = onward.FollowUpForm(
        posted(request),
        parked=onward_queries.parked_items(before, request.user),
        core=core,
        ring=ring,
        initial={"core": list(core), "ring": list(ring), "occasion": before.onward},
    )

    def write(given: dict[str, Any]) -> Round:
        release = releases.current_release()
        if release is None:
            raise ValidationError(
                _("Er zijn nog geen cijfers gepubliceerd, en zonder cijfers kan een ronde niet beginnen."),
                code="figures",
            )
        lists = {name: list(given.pop(name, [])) for name in ("parked", "core", "ring")}
        return onward_actions.start_follow_up(by=request.user, before=before, release=release.id, **lists, **given)

    return sheet(
        request,
        before,
        form,
        write,
        title=_("Vervolgronde beginnen"),
        button=_("Vervolgronde beginnen"),
        intro=_("De vervolgronde gaat over dezelfde buurt met een nieuwe vraag, en de vorige ronde blijft te lezen."),
        to=round_queries.round_url,
        done=_("De vervolgronde is begonnen en u bent de procesbegeleider."),
    )


def parking_url(parked: Parked) -> str:
    """Return the address of the list for later of a round."""
    return reverse("rounds:parking", args=[parked.round.slug])


withdraw_parked = button_view(
    onward_actions.withdraw_parked,
    "parked",
    find=text_finder(Parked),
    to=parking_url,
    done=gettext_lazy("Het staat niet meer op de lijst."),
    undo="rounds:restore_parked",
)
restore_parked = button_view(
    onward_actions.restore_parked,
    "parked",
    find=text_finder(Parked, withdrawn=True),
    to=parking_url,
    done=gettext_lazy("Dit is hersteld, dus u ziet het weer op de pagina."),
)
