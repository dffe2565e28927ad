"""Prints the accounts of the demo, for whoever starts it."""

from rich.console import Console
from rich.table import Table

from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role


def print_accounts(console: Console) -> None:
    """Print the invented people of the demo, and how to be each of them: with a button, or by signing in."""
    table = Table("account", "naam", "organisatie", "rol", box=None, pad_edge=False)
    for person in Person.objects.select_related("organisation").prefetch_related("memberships").order_by("pk"):
        roles = ", ".join(sorted({str(Role(membership.role).words) for membership in person.memberships.all()}))
        table.add_row(person.username, str(person), str(person.organisation or ""), roles)
    console.print(
        "Open dit adres. Kies op de eerste pagina als wie u kijkt. Dat gaat zonder wachtwoord.", soft_wrap=True
    )
    console.print(table)
    console.print(
        "Wilt u iemand anders zijn? Log dan in. Het wachtwoord is waterdam-ACCOUNT-2025.",
        "Voor daan is dat waterdam-daan-2025. Dit is alleen voor de demo.",
        soft_wrap=True,
    )
    console.print("Stoppen: Ctrl-C.")
