"""What can be done with a claim that asks for a talk: on the agenda of a meeting, or on the list for later."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import handle_button
from buurtbalans.method.rounds.actions import agenda, onward
from buurtbalans.method.rounds.models import Claim, Meeting, Round
from buurtbalans.method.rounds.queries import claims
from buurtbalans.method.rounds.views.round import enter


def _find(request: HttpRequest, slug: str, pk: int) -> tuple[Round, Claim]:
    round = enter(request, slug)
    return round, get_object_or_404(Claim.objects.visible_to(request.user), pk=pk, round=round, withdrawn_at=None)


@require_POST
@login_required
def put_on_agenda(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put a claim on the agenda of the meeting that was chosen, or take it off."""
    round, claim = _find(request, slug, pk)
    number, version = request.POST.get("bijeenkomst", ""), request.POST.get("version", "")
    meeting = None
    if number:
        meetings = Meeting.objects.visible_to(request.user).filter(round=round)
        meeting = get_object_or_404(meetings, pk=int(number) if number.isdigit() else 0)
    return handle_button(
        request,
        lambda: agenda.put_on_agenda(
            by=request.user, claim=claim, meeting=meeting, version=int(version) if version.isdigit() else 0
        ),
        to=f"{claims.claim_url(claim)}#praten",
        done=_("De stelling staat op de agenda van de bijeenkomst.")
        if meeting
        else _("De stelling staat niet meer op de agenda."),
        conflict=_("Iemand heeft deze stelling zojuist aangepast, dus bekijk de stelling opnieuw en kies dan."),
    )


@require_POST
@login_required
def park_claim(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep the talk about a claim for another time."""
    round, claim = _find(request, slug, pk)
    return handle_button(
        request,
        lambda: onward.park(
            by=request.user,
            round=round,
            text=_("Bespreken: ‘%(claim)s’") % {"claim": claim.text[:170]},
            why=_("De cijfers zeggen iets anders dan mensen vertellen."),
            claim=claim,
        ),
        to=f"{claims.claim_url(claim)}#praten",
        done=_("De stelling staat op de lijst voor later."),
    )
