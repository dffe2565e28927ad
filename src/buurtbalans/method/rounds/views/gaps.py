"""Pages of what is not known: a question with an owner and a date, and whose voice is missing."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, posted
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds import rules
from buurtbalans.method.rounds.actions import gaps
from buurtbalans.method.rounds.forms import claims
from buurtbalans.method.rounds.models import Claim, Gap, Round
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import heard
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.views.round import edit_view, enter, sheet, step_crumb

TERM = timedelta(days=14)  # how long a question that is made in one tap has


def offered(request: HttpRequest, round: Round) -> dict[str, Any]:
    """Return what a question can be about, and who can ask it."""
    return {
        "organisations": Organisation.objects.filter(pk__in=[o.pk for o in round_queries.organisations_of(round)]),
        "claims": Claim.objects.visible_to(request.user).filter(round=round, withdrawn_at=None),
        "people": Person.objects.filter(pk__in=[person.pk for person in round_queries.team_of(round)])
        .select_related("organisation")
        .order_by("organisation__name", "first_name"),
    }


def to_list(gap: Gap) -> str:
    """Return the address of the list of questions."""
    return f"{step_crumb(gap.round, 3)[1]}#vragen"


@form_page
@login_required
def new_gap(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down what is not known and who will ask about it."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.CLAIM, round)
    first = {"claim": request.GET.get("uitspraak"), "organisation": request.user.organisation_id}
    form = claims.GapForm(posted(request), **offered(request, round), initial=first)
    form.fields.pop("version")
    return sheet(
        request,
        round,
        form,
        lambda given: gaps.create_gap(by=request.user, round=round, **given),
        at=3,
        to=to_list,
        title=_("Welke kennis ontbreekt nog?"),
        button=_("Op de lijst zetten"),
        done=_("De vraag is toegevoegd aan de ontbrekende kennis."),
        intro=_("Maak van ontbrekende kennis een vraag aan iemand, met een datum waarop u antwoord wilt."),
    )


@form_page
@login_required
def edit_gap(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a question: who asks it, whom, and before when."""
    round = enter(request, slug)
    gap = get_object_or_404(claims_queries.gaps_of(round, request.user), pk=pk)
    rules.require_speaks_for(request.user, gap.organisation, round)
    first = {name: getattr(gap, name) for name in claims.GapForm.base_fields}
    return sheet(
        request,
        round,
        claims.GapForm(posted(request), **offered(request, round), initial=first),
        lambda given: gaps.edit_gap(by=request.user, gap=gap, **given),
        at=3,
        to=to_list,
        title=_("Vraag wijzigen"),
        button=_("Opslaan"),
        done=_("De vraag is gewijzigd."),
        text=gap,
    )


answer_gap = edit_view(
    claims.GapAnswerForm,
    gaps.answer_gap,
    "gap",
    find=lambda request, round, pk: get_object_or_404(claims_queries.gaps_of(round, request.user), pk=pk),
    rule=lambda person, gap: rules.require_speaks_for(person, gap.organisation, gap.round),
    to=to_list,
    title=lambda gap: gap.what,
    intro=lambda gap: gap.asked,
    at=3,
    done=gettext_lazy("Het antwoord is toegevoegd."),
)


@require_POST
@login_required
def ask_missing(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the question of a missing voice a task of one's own, in one tap."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.CLAIM, round)
    voice = heard.voice_of(round, request.user, request.POST.get("stem", ""))
    if voice is None or voice.asked:
        raise Http404
    gap = gaps.create_gap(
        by=request.user,
        round=round,
        what=voice.what,
        whom=voice.whom,
        owner=request.user,
        organisation=rules.require_organisation(request.user),
        before=timezone.localdate() + TERM,
    )
    messages.success(
        request, _("De vraag is toegevoegd en staat op uw naam. U hebt twee weken om antwoord te krijgen.")
    )
    return redirect(to_list(gap))
