"""What rounds tell the pages of a shipment: whether a circle may see it as agreed, how to promise it, what holds it."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbalans.method.datasets.models import Shipment
from buurtbalans.method.datasets.rules import is_agreed
from buurtbalans.method.datasets.views.sharing import Leave
from buurtbalans.method.people.models import Circle, Person

from .. import actions, queries
from ..models import Claim, Evidence, Round


class SharingAgreements:
    """What rounds tell the pages of figures: whether a circle may see a shipment, and how to promise it."""

    def about(self, shipment: Shipment, circles: Sequence[Circle]) -> list[Leave]:
        """Return for every circle of a round what its agreement says of a shipment."""
        known = Round.objects.filter(Q(core__in=circles) | Q(ring__in=circles))
        of = {pk: round for round in known for pk in (round.core_id, round.ring_id)}
        return [self._leave(shipment, circle, of[circle.pk]) for circle in circles if circle.pk in of]

    def promise(self, *, by: Person, shipment: Shipment, circle: Circle, until: date) -> object:
        """Promise a shipment to a circle, as a line of the own organisation."""
        return actions.pledge(
            by=by, round=_round_of(circle), what=shipment.title, audience=circle.kind, until=until, shipment=shipment
        )

    def _leave(self, shipment: Shipment, circle: Circle, round: Round) -> Leave:
        url, newest = queries.agreement_url(round), queries.current(round)
        if is_agreed(shipment, circle):
            return Leave(circle, _("Deze levering staat erin. U kunt haar delen."), url, True)
        if newest is None:
            return Leave(circle, _("Er is nog geen afspraak. Delen kan pas als zij er is."), url, False)
        if not queries.is_open(newest):
            return Leave(circle, _("De afspraak geldt niet meer. Delen kan pas met een nieuwe versie."), url, False)
        if queries.to_sign(round, shipment.organisation_id):
            return Leave(circle, _("Uw organisatie tekende nog niet. Teken eerst."), url, False)
        text = _("Deze levering staat er nog niet in. Zeg haar hieronder toe, uiterlijk tot en met %(day)s.")
        return Leave(circle, text % {"day": date_format(newest.until, "j F Y")}, url, False, newest.until)


def _round_of(circle: Circle) -> Round:
    return Round.objects.get(Q(core=circle) | Q(ring=circle))


def held_by_claims(viewer: Person, shipment: Shipment) -> tuple[str, bool]:
    """Return the claims of the viewer that hold a figure of a shipment, in words, and whether any claim holds one."""
    held = Evidence.objects.filter(shipment=shipment)
    n = Claim.objects.visible_to(viewer).filter(pk__in=held.standing().values("claim")).count()
    words = ngettext("%(n)s uitspraak", "%(n)s uitspraken", n) % {"n": n} if n else ""
    return words, held.exists()
