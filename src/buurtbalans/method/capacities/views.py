"""Pages of carrying capacity and support: what holds, what is proposed, answering, looking again, and taking away."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.pages import form_page, handle_form, posted, read_only
from buurtbalans.method.capacities import actions, forms, queries, rules
from buurtbalans.method.capacities.models import Capacity, CapacityVoice, Support
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.models import Effort
from buurtbalans.method.plans.queries.plan import plan_url
from buurtbalans.method.plans.views.plan import claim_choices, enter_plan, finder_of, plan_button
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.method.rounds.views.round import enter, step_crumb, trail


def line_url(line: Capacity | Support) -> str:
    """Return where a line about carrying or support stands."""
    return f"{queries.capacity_url(line.round)}#{'steun' if isinstance(line, Support) else line.area}"


def frame(round: Round, title: Any, button: Any, intro: Any = "", text: Any = None) -> dict[str, Any]:
    """Return what a form page shows around its form."""
    crumbs = [*_crumbs(round), (_("Plaatsingsruimte en ondersteuning"), queries.capacity_url(round))]
    return {"title": title, "button": button, "intro": intro, "crumbs": crumbs, "text": text}


def _crumbs(round: Round) -> list[tuple[Any, str]]:
    return trail(round, step_crumb(round, 5), (_("Het plan"), plan_url(round)))


@read_only
@login_required
def capacity(request: HttpRequest, slug: str) -> HttpResponse:
    """Show per area what was agreed, what is proposed and what held before; and the support that falls short."""
    round = enter(request, slug)
    if not may_in(request.user, Permission.READ, round):
        raise PermissionDenied("alleen de kerngroep leest dit")
    lines, today = queries.lines_of(round, request.user), timezone.localdate()
    supports = [(support, queries.short_words(support)) for support in queries.supports_of(round, request.user)]
    context = {
        "round": round,
        "crumbs": _crumbs(round),
        "today": today,
        "supports": supports,
        "names": rules.areas_of(round),
        "lines": [
            {
                "line": line,
                "held": _row(request, line.held),
                "proposed": [_row(request, one) for one in line.proposed],
                "earlier": line.earlier,
            }
            for line in lines
        ],
        "may": may_in(request.user, Permission.AGREE_EFFORT, round),
        "withdrawn": queries.withdrawn_of(round, request.user),
    }
    return render(request, "capacities/capacity.html", context)


def _row(request: HttpRequest, one: Capacity | None) -> dict[str, Any] | None:
    """Return a capacity with what can be done with it."""
    if one is None:
        return None
    return {
        "one": one,
        "own": rules.may_write(request.user, one),
        "answers": rules.may_answer(request.user, one),
        "headroom": one.headroom(),
        "why": queries.why_headroom(one, timezone.localdate()),
    }


def _efforts(round: Round) -> Any:
    return Effort.objects.active().filter(result__round=round).select_related("organisation")


def _find(request: HttpRequest, round: Round, pk: int) -> Capacity:
    capacity: Capacity = get_object_or_404(Capacity.objects.visible_to(request.user), pk=pk, round=round)
    return capacity


@form_page
@login_required
def new_capacity(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose what an area can carry; it begins with what holds there now, but the room follows or is asked."""
    round = enter_plan(request, slug)
    area = request.GET.get("gebied", "")
    now = Capacity.objects.agreed().filter(round=round, area=area).first()
    first = _first(now) | dict.fromkeys(("reason", "review_on")) if now else {"area": area}
    asked = request.GET.get("ruimte", "")  # how much somebody who places would like to ask for
    first |= dict.fromkeys(("room_low", "room_high"), int(asked) if asked.isdecimal() and len(asked) < 6 else None)
    form = forms.CapacityForm(
        posted(request),
        initial=first,
        areas=list(rules.areas_of(round).items()),
        claims=claim_choices(request, round),
        efforts=_efforts(round),
        new=True,
    )
    intro = _("Een voorstel geldt pas als een andere organisatie het ermee eens is.")
    return handle_form(
        request,
        form,
        lambda given: actions.propose_capacity(by=request.user, round=round, **given),
        "rounds/fill_in.html",
        frame(round, _("Plaatsingsruimte voorstellen"), _("Voorstel indienen"), intro),
        to=line_url,
        done=_("Uw voorstel is toegevoegd en wacht op de mening van een andere organisatie."),
        undo=lambda made: reverse("capacities:withdraw_capacity", args=[slug, made.pk]),
    )


def _first(one: Capacity) -> dict[str, Any]:
    """Return what the form begins with for a capacity."""
    names = ("area", "low", "high", "load", "room_low", "room_high", "reason", "review_on", "version")
    several = {"claims": one.claims.all(), "efforts": one.needed}
    return {name: getattr(one, name) for name in names} | several


@form_page
@login_required
def edit_capacity(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a proposal that nobody agreed yet."""
    round = enter_plan(request, slug)
    capacity = _find(request, round, pk)
    if not rules.may_write(request.user, capacity):
        raise PermissionDenied("u kunt alleen voor uw eigen organisatie spreken")
    form = forms.CapacityForm(
        posted(request),
        initial=_first(capacity),
        areas=[],
        claims=claim_choices(request, round),
        efforts=_efforts(round),
        new=False,
    )
    return handle_form(
        request,
        form,
        lambda given: actions.edit_capacity(by=request.user, capacity=capacity, **given),
        "rounds/fill_in.html",
        frame(round, _("Voorstel aanpassen"), _("Opslaan"), text=capacity),
        to=line_url,
        done=_("De wijziging van het voorstel is opgeslagen."),
    )


@form_page
@login_required
def answer_capacity(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say what the own organisation thinks of a proposal."""
    round = enter_plan(request, slug)
    capacity = _find(request, round, pk)
    if not rules.may_answer(request.user, capacity):
        raise PermissionDenied("een andere organisatie dan die het voorstelde zegt er iets van")
    given = CapacityVoice.objects.filter(capacity=capacity, organisation=request.user.organisation).first()
    first = {name: getattr(given, name) for name in forms.AnswerCapacityForm.base_fields} if given else {}
    about = {
        "who": capacity.organisation,
        "room": queries.range_words(*capacity.room),
        "why": capacity.reason,
        "area": rules.areas_of(round).get(capacity.area, capacity.area),
        "low": capacity.low,
        "high": capacity.high,
        "load": capacity.get_load_display(),
    }
    intro = (
        _(
            "In %(area)s kunnen in totaal %(low)s tot %(high)s geplaatste huishoudens wonen; nu wonen er %(load)s. %(who)s stelt een plaatsingsruimte van %(room)s voor, met deze reden: %(why)s"
        )
        % about
    )
    if capacity.agreed_at is None:
        intro = _("%(intro)s Als u het ermee eens bent, geldt het voorstel.") % {"intro": intro}
    return handle_form(
        request,
        forms.AnswerCapacityForm(posted(request), initial=first),
        lambda given: actions.answer_capacity(by=request.user, capacity=capacity, **given),
        "rounds/fill_in.html",
        frame(round, _("Mening van uw organisatie"), _("Opslaan"), intro, given),
        to=lambda made: line_url(capacity),
        done=_("De mening van uw organisatie is toegevoegd."),
    )


@form_page
@login_required
def review_capacity(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say that what was agreed still holds, until another day."""
    round = enter_plan(request, slug)
    capacity = _find(request, round, pk)
    return handle_form(
        request,
        forms.ReviewCapacityForm(posted(request), initial={"version": capacity.version}),
        lambda given: actions.review_capacity(by=request.user, capacity=capacity, **given),
        "rounds/fill_in.html",
        frame(round, _("Plaatsingsruimte opnieuw bekijken"), _("Dit klopt nog"), capacity.reason, capacity),
        to=line_url,
        done=_("De plaatsingsruimte geldt weer tot de nieuwe datum."),
    )


def _support_areas(round: Round) -> list[tuple[str, str]]:
    return [("", _("de hele buurt")), *rules.areas_of(round).items()]


@form_page
@login_required
def new_support(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down which guidance or facility is needed, beside what there is."""
    round = enter_plan(request, slug)
    form = forms.SupportForm(posted(request), areas=_support_areas(round), claims=claim_choices(request, round))
    return handle_form(
        request,
        form,
        lambda given: actions.set_support(by=request.user, round=round, **given),
        "rounds/fill_in.html",
        frame(round, _("Benodigde ondersteuning"), _("Toevoegen")),
        to=line_url,
        done=_("De ondersteuning is toegevoegd en staat nu op deze pagina."),
        undo=lambda made: reverse("capacities:withdraw_support", args=[slug, made.pk]),
    )


@form_page
@login_required
def edit_support(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what is needed, or what there is."""
    round = enter_plan(request, slug)
    support = get_object_or_404(Support.objects.visible_to(request.user), pk=pk, round=round)
    first = {name: getattr(support, name) for name in forms.SupportForm.base_fields if name != "claims"}
    return handle_form(
        request,
        forms.SupportForm(posted(request), initial=first, areas=_support_areas(round), claims=None),
        lambda given: actions.edit_support(by=request.user, support=support, **given),
        "rounds/fill_in.html",
        frame(round, _("Ondersteuning aanpassen"), _("Opslaan"), text=support),
        to=line_url,
        done=_("De wijziging van de ondersteuning is opgeslagen."),
    )


withdraw_capacity = plan_button(
    actions.withdraw_capacity,
    "capacity",
    find=finder_of(Capacity),
    to=line_url,
    done=gettext_lazy("De plaatsingsruimte is verwijderd, dus wat eerder is afgesproken, geldt weer."),
    undo="capacities:restore_capacity",
)
restore_capacity = plan_button(
    actions.restore_capacity,
    "capacity",
    find=finder_of(Capacity),
    to=line_url,
    done=gettext_lazy("De plaatsingsruimte is hersteld en staat weer op deze pagina."),
)
withdraw_support = plan_button(
    actions.withdraw_support,
    "support",
    find=finder_of(Support),
    to=line_url,
    done=gettext_lazy("De ondersteuning is verwijderd, maar u kunt dit nog ongedaan maken."),
    undo="capacities:restore_support",
)
restore_support = plan_button(
    actions.restore_support,
    "support",
    find=finder_of(Support),
    to=line_url,
    done=gettext_lazy("De ondersteuning is hersteld en staat weer op deze pagina."),
)
