"""The desks of a person: own figures of a partner, releases, accounts and the audit trail, each for its role."""

from collections.abc import Callable, Iterator
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.datasets.rules import may_deliver, may_publish
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.panels import Desk
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may

DESKS: Final[tuple[tuple[Callable[[Person], bool], str, Promise, Promise, Promise], ...]] = (
    (
        may_deliver,
        "datasets:deliveries",
        _("Cijfers van uw organisatie"),
        _("U levert aantallen per buurt aan en kiest zelf wie deze mogen zien."),
        _("Open uw cijfers"),
    ),
    (
        lambda person: person.organisation_id is not None,
        "partners:list",
        _("Organisaties"),
        _("U leest wat elke partner aanbiedt, voor welke mensen en op welke tijden."),
        _("Bekijk de organisaties"),
    ),
    (
        may_publish,
        "datasets:releases",
        _("Cijfers"),
        _("U controleert nieuwe cijfers en publiceert deze daarna op de site."),
        _("Cijfersets openen"),
    ),
    (
        lambda person: may(person, Permission.MANAGE_ACCOUNTS),
        "accounts",
        _("Accounts"),
        _("U voegt accounts toe en sluit deze af, maar u ziet geen inhoud van rondes."),
        _("Open de accounts"),
    ),
    (
        lambda person: may(person, Permission.READ_AUDIT),
        "audit",
        _("Toezicht"),
        _("In het logboek ziet u wie wat heeft gedaan, zodat u kunt controleren of dit klopt."),
        _("Open het logboek"),
    ),
)


def desks(person: Person) -> Iterator[Desk]:
    """Yield the desks where a person has work to do."""
    for has, page, title, text, button in DESKS:
        if has(person):
            yield Desk(title, text, button, reverse(page))
