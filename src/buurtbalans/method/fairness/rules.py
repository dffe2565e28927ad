"""Rules about the audit of a placing: who places sends the lines; who places or watches over it reads the totals."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from buurtbalans.method.fairness.models import OutsideTotals
from buurtbalans.method.people.models import Organisation
from buurtbalans.method.placements import rules as placing
from buurtbalans.method.placements.models import PlacingBatch


def require_watches(by: placing.Viewer) -> Organisation:
    """Return the organisation that somebody places for or watches over; refuse others."""
    home = placing.home_of(by)
    if home is None or not (placing.may_place(by) or placing.may_switch(by)):
        raise PermissionDenied("alleen wie plaatst, of wie erover waakt")
    return home


def require_may_send(by: placing.Viewer, batch: PlacingBatch) -> None:
    """Refuse to make lines of a batch that is not one's own, or of which nothing is left."""
    placing.require_may_place(by, batch)
    if batch.erased_at:
        raise ValidationError(_("De gegevens van deze plaatsingsronde zijn gewist."), code="erased")


def require_own(by: placing.Viewer, totals: OutsideTotals) -> None:
    """Refuse to write on totals of another organisation."""
    if totals.organisation != require_watches(by):
        raise PermissionDenied("deze totalen zijn niet van uw organisatie")


def require_active(totals: OutsideTotals) -> None:
    """Refuse to withdraw totals twice."""
    if totals.withdrawn_at is not None:
        raise ValidationError(_("Deze totalen zijn al door iemand verwijderd."), code="standing")


def require_withdrawn(totals: OutsideTotals) -> None:
    """Refuse to restore totals that are not withdrawn."""
    if totals.withdrawn_at is None:
        raise ValidationError(_("Dit is al eerder toegevoegd, dus het hoeft niet nog een keer."), code="standing")
