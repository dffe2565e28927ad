"""Rules about placing: off until the data-protection officer switches it on, and then for who places only."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission, roles_with
from buurtbalans.method.people.rules import may
from buurtbalans.method.placements.models import (
    OPEN_MOST,
    PlacingBatch,
    PlacingDecision,
    PlacingSwitch,
    PlacingWork,
    WorkKind,
)

Viewer = Person | AnonymousUser


def home_of(viewer: Viewer) -> Organisation | None:
    """Return the organisation that somebody works for."""
    organisation: Organisation | None = getattr(viewer, "organisation", None)
    return organisation


def is_on(organisation: Organisation | None) -> bool:
    """Return whether an organisation may place: what its last switch says, and without any it may not."""
    if organisation is None:
        return False
    return bool(PlacingSwitch.objects.filter(organisation=organisation).values_list("on", flat=True).first())


def may_switch(viewer: Viewer) -> bool:
    """Return whether somebody decides for the own organisation whether it places: its data-protection officer."""
    home = home_of(viewer)
    return home is not None and may(viewer, Permission.SWITCH_PLACING, home.circle)


def may_place(viewer: Viewer) -> bool:
    """Return whether somebody places for the own organisation, once that is switched on."""
    home = home_of(viewer)
    return home is not None and may(viewer, Permission.PLACE, home.circle)


def takes_part(viewer: Viewer) -> bool:
    """Return whether somebody has anything to do with placing, so that the menu leads there."""
    if not viewer.is_authenticated or not viewer.is_active or viewer.organisation_id is None:
        return False
    held = set(viewer.memberships.filter(circle__organisation=viewer.organisation_id).values_list("role", flat=True))
    does = {*roles_with(Permission.SWITCH_PLACING), *roles_with(Permission.PLACE)}
    reads = {*roles_with(Permission.READ)}
    of_organisation = PlacingBatch.objects.with_part(viewer.organisation_id).filter(removed_by=None)
    return bool(held & does) or (bool(held & reads) and of_organisation.exists())


def is_off_for(viewer: Viewer, pk: int, *, places: bool = False) -> bool:
    """Return whether somebody would see a batch, or its room, were placing not switched off; or would place it."""
    home = home_of(viewer)
    if home is None or not takes_part(viewer):
        return False
    off = PlacingBatch.objects.with_part(home.pk, (False,)).filter(pk=pk, erased_at=None)
    return off.exists() if not places else may_place(viewer) and off.filter(organisation=home).exists()


def require_part(viewer: Viewer) -> Organisation:
    """Return the organisation that somebody has to do with placing for; refuse others."""
    home = home_of(viewer)
    if home is None or not takes_part(viewer):
        raise PermissionDenied("alleen wie plaatst, of wie erover waakt")
    return home


def require_may_switch(by: Viewer) -> Organisation:
    """Return the organisation whose switch somebody turns; refuse others."""
    home = home_of(by)
    if home is None or not may_switch(by):
        raise PermissionDenied("alleen de functionaris gegevensbescherming zet plaatsen aan of uit")
    return home


def require_other(organisation: Organisation, on: bool) -> None:
    """Refuse a turn of the switch that changes nothing: somebody else was first."""
    if is_on(organisation) is on:
        words = (
            _("Plaatsen is al ingeschakeld voor deze organisatie.")
            if on
            else _("Plaatsen is al uitgeschakeld voor deze organisatie.")
        )
        raise ValidationError(words, code="same")


def require_may_place(by: Viewer, batch: PlacingBatch | None = None) -> Organisation:
    """Return the organisation that somebody places for; refuse others, while it is off, and for another's batch."""
    home = home_of(by)
    if home is None or not may_place(by) or (batch is not None and batch.organisation_id != home.pk):
        raise PermissionDenied("alleen wie plaatst")
    if not is_on(home):
        raise PermissionDenied("plaatsen staat uit")
    return home


def sees_households(viewer: Viewer, batch: PlacingBatch) -> bool:
    """Return whether somebody sees the households of a batch: who places for its organisation."""
    return may_place(viewer) and batch.organisation == home_of(viewer)


def require_open(batch: PlacingBatch) -> None:
    """Refuse to decide about what is closed or erased."""
    if batch.closed_at or batch.erased_at:
        raise ValidationError(_("Deze plaatsingsronde is afgerond."), code="closed")


def require_kept(batch: PlacingBatch) -> None:
    """Refuse to take away what is gone already."""
    if batch.erased_at:
        raise ValidationError(_("De gegevens van deze plaatsingsronde zijn al gewist."), code="erased")


def require_no_advice_made(work: PlacingWork | None) -> None:
    """Refuse what rests on the last advice while a newer one is made."""
    if work is not None and work.kind == WorkKind.ADVICE:
        raise ValidationError(
            _("Er wordt nu een nieuw advies berekend. Kies een variant als dat advies klaar is."), code="made"
        )


def require_closed(batch: PlacingBatch) -> None:
    """Refuse to open what is open, erased, or so old that it would be erased at once."""
    if batch.closed_at is None or batch.erased_at:
        raise ValidationError(_("Deze plaatsingsronde is nog niet afgerond."), code="open")
    if timezone.localdate(batch.at + OPEN_MOST) <= timezone.localdate():
        raise ValidationError(
            _("Deze plaatsingsronde is te oud om te heropenen. Lees daarom een nieuwe plaatsingsronde in."), code="old"
        )


def require_other_person(by: Person, decision: PlacingDecision) -> None:
    """Refuse to look at one's own decision, or at one that does not wait."""
    if not decision.waits:
        raise ValidationError(_("Een collega heeft dit besluit al nagekeken."), code="reviewed")
    if decision.by == by:
        raise ValidationError(_("U kunt uw eigen besluit niet nakijken, dat doet een ander."), code="own")


def require_not_by_two(decision: PlacingDecision | None) -> None:
    """Refuse that one person undoes or sets aside what two decided; another home asks for two again."""
    if decision is not None and decision.by_two:
        words = _(
            "Twee personen hebben dit besloten. Vraag om het ongedaan te maken of kies een andere woning. Geef een reden, want een tweede persoon kijkt mee."
        )
        raise ValidationError(words, code="two")


def require_by_two(decision: PlacingDecision | None, standing: PlacingDecision | None) -> None:
    """Refuse to ask back what one person can undo alone, or what is asked back already."""
    if standing is not None and standing.waits:
        raise ValidationError(_("Er wacht al een besluit over dit huishouden op een tweede persoon."), code="waits")
    if decision is None or not decision.by_two:
        raise ValidationError(_("Dit besluit is niet door twee personen genomen."), code="one")


def why_not_review(by: Person, decision: PlacingDecision) -> str:
    """Return why somebody does not look at a decision as the second person; nothing when it is asked."""
    try:
        require_open(decision.batch)
        require_other_person(by, decision)
    except ValidationError as refusal:
        return str(refusal.messages[0])
    return ""
