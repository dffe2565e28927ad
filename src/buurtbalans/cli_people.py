"""The commands around people: organisations, accounts, passwords and roles; the first account is made here."""

import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from buurtbalans.cli_site import err, out, refuse, start_safely

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Person
    from buurtbalans.method.people.permissions import Role

organisation = typer.Typer(no_args_is_help=True, help="Organisaties: toevoegen en noemen.")
account = typer.Typer(no_args_is_help=True, help="Accounts: toevoegen, sluiten, wachtwoord en rol.")
Username = Annotated[str, typer.Argument(metavar="USERNAME", help="De naam waarmee iemand inlogt.")]
PASSWORD_BYTES = 15  # twenty characters


def register(app: typer.Typer) -> None:
    """Add `buurtbalans organisation` and `buurtbalans account` to the one command line."""
    app.add_typer(organisation, name="organisation")
    app.add_typer(account, name="account")


@organisation.command("add")
def add_organisation(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="Korte naam: kleine letters, cijfers, streepjes.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="De naam zoals mensen hem lezen.")],
    kind: Annotated[str, typer.Option(help="Soort, zoals gemeente of woningcorporatie.")],
) -> None:
    """Voeg een organisatie toe."""
    start()
    from buurtbalans.method.people import actions
    from buurtbalans.method.people.models import OrganisationKind

    if kind not in OrganisationKind:
        refuse(f"Deze soort is er niet: {kind}. Kies uit: {', '.join(OrganisationKind.values)}.")
    with refusals():
        made = actions.add_organisation(by=None, slug=slug, name=name, kind=kind)
    err.print(f"Toegevoegd: {made.name} ({made.slug}).", markup=False, soft_wrap=True)


@organisation.command("list")
def list_organisations() -> None:
    """Noem alle organisaties."""
    start()
    from buurtbalans.method.people.queries import organisations

    rows = [(each.slug, each.name, each.kind, str(number)) for each, number in organisations()]
    show(("korte naam", "naam", "soort", "accounts"), rows, "Er zijn nog geen organisaties.")


@account.command("add")
def add_account(
    username: Username,
    name: Annotated[str, typer.Option(metavar="NAME", help="Voornaam en achternaam, tussen aanhalingstekens.")],
    organisation: Annotated[
        str | None, typer.Option(metavar="SLUG", help="Korte naam van de organisatie; leeg voor wie er geen heeft.")
    ] = None,
    role: Annotated[list[str] | None, typer.Option(metavar="ROLE", help="Rol, zoals member. Mag vaker.")] = None,
) -> None:
    """Voeg een account toe. Vraagt om een wachtwoord; zonder scherm komt er een, eenmalig te lezen."""
    start()
    from django.db import transaction

    from buurtbalans.method.people import actions, rules
    from buurtbalans.method.people.models import Organisation

    home = Organisation.objects.filter(slug=organisation).first() if organisation else None
    if organisation and home is None:
        refuse(f"Deze organisatie is er niet: {organisation}. Kijk met: buurtbalans organisation list")
    roles = [role_of(each) for each in role or []]
    first, _space, last = name.strip().partition(" ")
    with refusals():
        rules.require_new_account(username, first)
    password = ask_password()
    with refusals(), transaction.atomic():
        person = actions.add_person(
            by=None, username=username, first_name=first, last_name=last.strip(), organisation=home, password=password
        )
        for each in roles:
            give(person, each)
    err.print(f"Toegevoegd: {person} ({username}).", markup=False, soft_wrap=True)
    tell_password(password)


@account.command("list")
def list_accounts() -> None:
    """Noem alle accounts. Rollen in een ronde staan er niet bij."""
    start()
    from buurtbalans.method.people.queries import accounts

    rows = [
        (
            each.username,
            str(each),
            each.organisation.slug if each.organisation else "",
            roles,
            "open" if each.is_active else "gesloten",
        )
        for each, roles in accounts()
    ]
    show(("account", "naam", "organisatie", "rol", "staat"), rows, "Er zijn nog geen accounts.")


@account.command("close")
def close(username: Username) -> None:
    """Sluit een account: niemand kan er meer mee inloggen. Wat iemand schreef, blijft staan."""
    start()
    from buurtbalans.method.people import actions

    person = person_of(username)
    actions.close_account(by=None, person=person)
    err.print(f"Gesloten: {person} ({username}).", markup=False, soft_wrap=True)


@account.command("password")
def password(username: Username) -> None:
    """Geef een nieuw wachtwoord; wie met het oude is ingelogd, moet opnieuw inloggen."""
    start()
    from buurtbalans.method.people import actions

    person = person_of(username)
    new = ask_password()
    with refusals():
        actions.set_password(by=None, person=person, password=new)
    err.print(f"Nieuw wachtwoord voor {person} ({username}).", markup=False, soft_wrap=True)
    tell_password(new)


@account.command("role")
def change_role(
    username: Username,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="Rol, zoals member of data_steward.")],
    take: Annotated[bool, typer.Option("--take", help="Neem de rol juist af.")] = False,
) -> None:
    """Geef een rol, of neem hem af. Rollen in een ronde geeft de procesbegeleider."""
    start()
    from buurtbalans.method.people import actions

    person, wanted = person_of(username), role_of(role)
    if not take:
        with refusals():
            give(person, wanted)
        err.print(f"{person} is nu {wanted.words}.", markup=False, soft_wrap=True)
        return
    held = list(person.memberships.filter(role=wanted))
    if not held:
        refuse(f"{person} heeft deze rol niet: {wanted.words}.")
    for membership in held:
        actions.withdraw(by=None, membership=membership)
    err.print(f"{person} is geen {wanted.words} meer.", markup=False, soft_wrap=True)


def start() -> None:
    """Load the apps, and refuse a database that is not ready for this version."""
    start_safely()
    from buurtbalans.site import running

    if running.waiting_migrations():
        refuse("De database is nog niet klaar voor deze versie. Voer eerst uit: buurtbalans migrate")


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what an action refuses into its words and exit code 2."""
    from django.core.exceptions import ValidationError

    try:
        yield
    except ValidationError as error:
        refuse("\n".join(error.messages))


def role_of(word: str) -> "Role":
    """Return a role that is given outside rounds, or refuse the word with all that are."""
    from buurtbalans.method.people.permissions import IN_ROUND, Role

    given = [role for role in Role if role not in IN_ROUND]
    if word in given:
        return Role(word)
    if word in list(Role):
        refuse(f"De rol {Role(word).words} hoort bij een ronde. De procesbegeleider geeft hem daar.")
    choices = ", ".join(f"{role} ({role.words})" for role in given)
    refuse(f"Deze rol is er niet: {word}. Kies uit: {choices}.")


def give(person: "Person", role: "Role") -> None:
    """Give a person a role where it belongs."""
    from buurtbalans.method.people import actions, queries
    from buurtbalans.method.people.permissions import IN_ORGANISATION

    if role in IN_ORGANISATION and person.organisation is None:
        refuse(f"Voor de rol {role.words} hoort iemand bij een organisatie. Voeg het account toe met --organisation.")
    actions.grant(by=None, person=person, role=role, circle=queries.circle_for(role, person))


def person_of(username: str) -> "Person":
    """Return a person by account name, or refuse."""
    from buurtbalans.method.people.models import Person

    person = Person.objects.filter(username=username).first()
    return person or refuse(f"Dit account is er niet: {username}. Kijk met: buurtbalans account list")


def on_screen() -> bool:
    """Return whether somebody sits at a terminal and can type a password unseen."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_password() -> str:
    """Ask for a password twice; where nobody can type it unseen, make one that nobody can guess."""
    if not on_screen():
        return secrets.token_urlsafe(PASSWORD_BYTES)
    password: str = typer.prompt(
        "Wachtwoord, minstens 12 tekens",
        hide_input=True,
        confirmation_prompt="Nog een keer",
        err=True,
    )
    return password


def tell_password(password: str) -> None:
    """Print a password that was made here, once; it is kept nowhere as text."""
    if not on_screen():
        out.print(password, markup=False, soft_wrap=True)
        err.print(
            "Dit wachtwoord staat hier één keer. Laat de persoon het meteen wijzigen: Uw account.", soft_wrap=True
        )


def show(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], none: str) -> None:
    """Print a table on a terminal, lines in a pipe; say so when there is nothing."""
    if not rows:
        err.print(none)
        return
    wide = out if out.is_terminal else Console(highlight=False, width=2_000)
    table = Table(box=box.SIMPLE_HEAD if wide.is_terminal else None, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    wide.print(table)
