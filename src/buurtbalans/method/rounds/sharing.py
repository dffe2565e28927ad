"""Writes what the sharing agreement of a round lets its circles read: deliveries, and the texts of organisations."""

from django.utils import timezone

from buurtbalans.method.base.audit import record
from buurtbalans.method.datasets.models import SharingTerm
from buurtbalans.method.people.models import Person, TextSharingTerm
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.queries import agreement as queries
from buurtbalans.method.rounds.queries.claims import silent_on


def lock_agreement(round: Round) -> None:
    """Let writers of one round's agreement wait for each other: what is settled is what all of them wrote."""
    Round.objects.select_for_update().get(pk=round.pk)


def settle_sharing(round: Round) -> None:
    """Write anew until when the circles of the round may see what; a day that passes needs no writing.

    As long as no agreement was proposed nobody shares anything, so there is nothing to write.
    """
    agreement = queries.current(round)
    if agreement is None:
        return
    circles = list(round.circles)
    SharingTerm.objects.filter(circle__in=circles).delete()
    SharingTerm.objects.bulk_create(
        SharingTerm(delivery_id=delivery, circle_id=circle, until=until)
        for (delivery, circle), until in queries.sharing_terms(agreement, circles).items()
    )
    TextSharingTerm.objects.filter(circle__in=circles).delete()
    TextSharingTerm.objects.bulk_create(
        TextSharingTerm(organisation_id=organisation, circle_id=circle, until=until)
        for (organisation, circle), until in queries.text_sharing_terms(agreement, circles).items()
    )


def open_if_complete(by: Person, claim: Claim) -> None:
    """Open the opinions on a claim when every organisation of the core group shares an answer."""
    if claim.opened_at is None and not silent_on(claim):
        claim.opened_at = timezone.now()
        claim.save(update_fields=["opened_at"])
        record(by=by, verb="rounds.open_opinions", about=claim, silent=[])


def open_complete_claims(by: Person, round: Round) -> None:
    """Open the opinions that were complete but for a signature, now that it is there."""
    for claim in Claim.objects.select_for_update().filter(round=round, opened_at=None):
        open_if_complete(by, claim)
