"""Prints the accounts of the demo, for whoever starts it."""

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role


def print_accounts(console: Console) -> None:
    """Print the invented people of the demo, and how to be each of them: with a button, or by signing in."""
    table = Table(_("account"), _("naam"), _("organisatie"), _("rol"), box=None, pad_edge=False)
    for person in Person.objects.select_related("organisation").prefetch_related("memberships").order_by("pk"):
        roles = ", ".join(sorted({str(Role(membership.role).words) for membership in person.memberships.all()}))
        table.add_row(person.username, str(person), str(person.organisation or ""), roles)
    sentences = (
        _("Open dit adres en kies op de eerste pagina een van de verzonnen mensen. Dat gaat zonder wachtwoord."),
        _("Wilt u iemand anders zijn? Log dan in. Het wachtwoord is waterdam-ACCOUNT-2025."),
        _("Voor daan is dat waterdam-daan-2025. Dit is alleen voor de demo."),
        _("Stoppen: Ctrl-C."),
    )
    console.print(sentences[0], soft_wrap=True)
    console.print(table)
    console.print(*sentences[1:3], soft_wrap=True)
    console.print(sentences[3])
