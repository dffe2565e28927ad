"""Writes about what must be talked about: a claim on the agenda of a coming meeting."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.models import EditConflict
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Claim, Meeting
from buurtbalans.method.rounds.rules import require_in


@action(gettext_lazy("heeft een stelling op de agenda gezet"))
def put_on_agenda(*, by: Person, claim: Claim, version: int, meeting: Meeting | None) -> Claim:
    """Put a claim on the agenda of a coming meeting; without meeting it comes off again.

    The words of the claim stay as they are, and so does its version: a picture that rests on it did not change.
    """
    require_in(by, Permission.CLAIM, claim.round)
    if meeting is not None and meeting.round_id != claim.round_id:
        raise ValidationError(_("Deze bijeenkomst hoort bij een andere ronde."), code="elsewhere")
    if meeting is not None and (meeting.withdrawn_at or (meeting.at and meeting.at < timezone.now())):
        raise ValidationError(
            _("Deze bijeenkomst is al voorbij of verwijderd, dus kies een andere bijeenkomst."), code="past"
        )
    if not Claim.objects.filter(pk=claim.pk, version=version).update(talk_at=meeting):
        raise EditConflict(claim)
    claim.refresh_from_db()
    record(by=by, verb="rounds.put_on_agenda", about=claim, meeting=meeting.pk if meeting else None)
    return claim
