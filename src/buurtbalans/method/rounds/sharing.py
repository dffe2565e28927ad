"""Writes what the sharing agreement of a round lets its circles read: deliveries, and the texts of organisations."""

from buurtbalans.method.datasets.models import SharingTerm
from buurtbalans.method.people.models import TextSharingTerm
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries import agreement as queries


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
