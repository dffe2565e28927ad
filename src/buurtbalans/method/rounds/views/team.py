"""Pages of the team of a round: who does what, who joins and leaves, who leads, and the sub-teams."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, handle_button, posted, read_only
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission, Role
from buurtbalans.method.people.rules import Refusal
from buurtbalans.method.rounds import rules
from buurtbalans.method.rounds.actions import team as team_actions
from buurtbalans.method.rounds.forms import round as round_forms
from buurtbalans.method.rounds.forms import team as team_forms
from buurtbalans.method.rounds.models import Round, SubTeam
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.queries import team as team_queries
from buurtbalans.method.rounds.views.round import button_view, edit_view, enter, sheet, text_finder, trail


def team_url(round: Round) -> str:
    """Return the address of the team."""
    return reverse("rounds:team", args=[round.slug])


@read_only
@login_required
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everybody of a round by what they do, and the sub-teams to who reads along."""
    round = enter(request, slug)
    may = rules.allowed(request.user, round)
    subteams = team_queries.subteams_of(round, request.user)
    context = {
        "round": round,
        "may": may,
        "team": team_queries.whole_team(round),
        "reads": rules.may_in(request.user, Permission.READ, round),
        "assign_guide": rules.may_hand_over(request.user, round),
        "subteams": [(subteam, rules.may_record_findings(request.user, subteam)) for subteam in subteams],
        "crumbs": trail(round, (_("Team"), "")),
    }
    return render(request, "rounds/team.html", context)


@form_page
@login_required
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody into the core group or the ring, or an ambassador who reads along."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.INVITE, round)
    return sheet(
        request,
        round,
        round_forms.TeamForm(posted(request), people=round_queries.people_to_invite(round)),
        lambda given: team_actions.add_to_team(by=request.user, round=round, **given),
        title=_("Deelnemer toevoegen"),
        button=_("Toevoegen"),
        done=_("Deze persoon doet nu mee aan de ronde."),
        at=1,
        intro=_(
            "Als iemand nog geen account heeft, maakt de beheerder er een. Daarna kunt u die persoon hier toevoegen."
        ),
        to=lambda _none: team_url(round),
    )


@require_POST
@login_required
def remove_from_team(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take somebody out, or leave oneself; a guide can undo it with the button in the message."""
    round = enter(request, slug)
    person = get_object_or_404(team_queries.inside(round), pk=pk)
    roles: list[Role] = []
    leaves = person == request.user
    if not leaves and not rules.may_in(request.user, Permission.INVITE, round):
        raise Refusal(Permission.INVITE, round.core)
    held = person.memberships.filter(circle__in=[round.core_id, round.ring_id]).values_list("role", flat=True)
    back = f"{reverse('rounds:restore_to_team', args=[slug, pk])}?{urlencode([('rol', role) for role in held])}"
    guide = rules.may_in(request.user, Permission.EDIT_ROUND, round)
    return handle_button(
        request,
        lambda: roles.extend(team_actions.remove_from_team(by=request.user, round=round, person=person)),
        to=team_url(round) if guide else reverse("rounds:list"),
        undo=back if guide else "",
        done=_("U doet niet meer mee aan deze ronde.")
        if leaves
        else _("Deze persoon doet niet meer mee aan de ronde."),
    )


@require_POST
@login_required
def restore_to_team(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let somebody who was just taken out in again, in the roles held before."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.INVITE, round)
    person = get_object_or_404(Person, pk=pk)

    def write() -> None:
        for role in (role for role in rules.TEAM if role in request.GET.getlist("rol")):
            team_actions.add_to_team(by=request.user, round=round, person=person, role=role)

    return handle_button(request, write, to=team_url(round), done=_("Deze persoon doet weer mee aan de ronde."))


@form_page
@login_required
def assign_guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the lead to somebody else of the core group."""
    round = enter(request, slug)
    if not rules.may_hand_over(request.user, round):
        raise Refusal(Permission.EDIT_ROUND, round.core)
    people = team_queries.inside(round).filter(
        memberships__role=Role.CORE_MEMBER, memberships__circle=round.core, is_active=True
    )
    return sheet(
        request,
        round,
        team_forms.HandOverForm(posted(request), people=people),
        lambda given: team_actions.assign_guide(by=request.user, round=round, **given),
        title=_("Procesbegeleiding overdragen"),
        button=_("Procesbegeleiding overdragen"),
        done=_("Deze ronde heeft nu een nieuwe procesbegeleider."),
        at=1,
        to=lambda _none: team_url(round),
    )


@form_page
@login_required
def new_subteam(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a sub-team for one problem."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    form = team_forms.SubTeamForm(posted(request), people=team_queries.inside(round))

    def write(given: dict[str, Any]) -> SubTeam:
        del given["version"]
        return team_actions.create_subteam(by=request.user, round=round, **given | {"people": list(given["people"])})

    return sheet(
        request,
        round,
        form,
        write,
        title=_("Werkgroep maken"),
        button=_("Werkgroep maken"),
        at=1,
        intro=_("Een paar mensen zoeken samen één vraag uit en vertellen daarna wat zij hebben gevonden."),
        done=_("De werkgroep is aan het team toegevoegd."),
        to=lambda made: team_url(round),
    )


def find(request: HttpRequest, round: Round, pk: int) -> SubTeam:
    """Return a sub-team of this round that the person may see, or answer 404."""
    subteam: SubTeam = get_object_or_404(SubTeam.objects.visible_to(request.user), pk=pk, round=round)
    return subteam


@form_page
@login_required
def edit_subteam(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a sub-team."""
    round = enter(request, slug)
    subteam = find(request, round, pk)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    first = {name: getattr(subteam, name) for name in ("name", "problem", "version")}
    first["people"] = [person.pk for person in subteam.people.all()]
    form = team_forms.SubTeamForm(posted(request), initial=first, people=team_queries.inside(round))
    return sheet(
        request,
        round,
        form,
        lambda given: team_actions.edit_subteam(
            by=request.user, subteam=subteam, **given | {"people": list(given["people"])}
        ),
        title=_("Werkgroep aanpassen"),
        button=_("Opslaan"),
        done=_("De werkgroep is aangepast."),
        at=1,
        to=lambda made: team_url(round),
    )


record_subteam_findings = edit_view(
    team_forms.FoundForm,
    team_actions.record_subteam_findings,
    "subteam",
    find=find,
    rule=rules.require_may_record_findings,
    title=gettext_lazy("Bevindingen van deze werkgroep"),
    done=gettext_lazy("Dit is toegevoegd, dus u ziet het nu op de pagina."),
    at=1,
    to=lambda subteam: team_url(subteam.round),
)


withdraw_subteam = button_view(
    team_actions.withdraw_subteam,
    "subteam",
    find=text_finder(SubTeam),
    to=lambda subteam: team_url(subteam.round),
    done=gettext_lazy("De werkgroep is verwijderd."),
    undo="rounds:restore_subteam",
)
restore_subteam = button_view(
    team_actions.restore_subteam,
    "subteam",
    find=text_finder(SubTeam, withdrawn=True),
    to=lambda subteam: team_url(subteam.round),
    done=gettext_lazy("Dit is hersteld, dus u ziet het weer op de pagina."),
)
