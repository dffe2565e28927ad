"""Who may edit, withdraw and restore a text; texts in which nobody can be recognised."""

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from buurtbalans.method.base.trash import dependents
from buurtbalans.method.base.versions import TextKind
from buurtbalans.pii.detection import find_identifiers
from buurtbalans.pii.identifier import IdentifierKind

# What no text about a neighbourhood needs is refused; what may be a person is asked about by the form (decision 9).
REFUSED: Final = {
    IdentifierKind.BSN: _lazy("een burgerservicenummer"),
    IdentifierKind.PHONE: _lazy("een telefoonnummer"),
    IdentifierKind.MAIL: _lazy("een e-mailadres"),
    IdentifierKind.ACCOUNT: _lazy("een rekeningnummer"),
}
ASKED: Final = {
    IdentifierKind.NAME: _lazy("een naam"),
    IdentifierKind.ADDRESS: _lazy("een adres"),
    IdentifierKind.BIRTH: _lazy("een geboortedatum"),
    IdentifierKind.PLATE: _lazy("een kenteken"),
    IdentifierKind.NUMBER: _lazy("een nummer dat op een BSN lijkt"),
}


def require_no_traces(text: str) -> None:
    """Refuse a text that contains something that identifies one person and that no text needs."""
    kinds = [identifier.kind for identifier in find_identifiers(text) if identifier.kind in REFUSED]
    if kinds:
        words = _("Hier staat %(what)s. Haal dat weg.") % {"what": kind_words(kinds)}
        raise ValidationError(words, code="traces")


def kind_words(kinds: Iterable[IdentifierKind]) -> str:
    """Return kinds of identifiers in words: "een naam en een adres"."""
    *others, last = dict.fromkeys(str((REFUSED | ASKED)[kind]) for kind in kinds)
    return _("%(some)s en %(last)s") % {"some": ", ".join(others), "last": last} if others else last


def require_can_edit(person: AbstractBaseUser, text: Any, kind: TextKind) -> None:
    """Refuse unless the person may change this text and it is not withdrawn."""
    if text.withdrawn_at is not None or not kind.may_edit(person, text):
        raise PermissionDenied("deze tekst is niet van u")


def require_can_withdraw(person: AbstractBaseUser, text: Any, kind: TextKind) -> None:
    """Refuse unless the person may withdraw and restore this text."""
    if not kind.can_withdraw(person, text):
        raise PermissionDenied("deze tekst is niet van u")


def require_no_dependents(text: Any, kind: TextKind) -> None:
    """Refuse to withdraw a text on which something else rests, and say what that is."""
    if names := dependents(text, kind.parts):
        words = _("Dit is nog nodig voor: %(what)s. Verwijder dat eerst.")
        raise ValidationError(words, code="rests", params={"what": ", ".join(names)})
