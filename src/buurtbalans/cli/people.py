"""The commands of people: organisations, accounts, passwords and roles. The first account is created with these."""

import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from buurtbalans.cli.console import err, exit_refused, out, stdout_console
from buurtbalans.cli.environment import load_migrated_site

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Person
    from buurtbalans.method.people.permissions import Role

organisation_commands = typer.Typer(no_args_is_help=True, help="Organisaties: toevoegen en noemen.")
account_commands = typer.Typer(no_args_is_help=True, help="Accounts: toevoegen, sluiten, wachtwoord en rol.")
Username = Annotated[str, typer.Argument(metavar="USERNAME", help="De naam waarmee iemand inlogt.")]
PASSWORD_BYTES = 15  # random bytes, which make twenty characters


@organisation_commands.command("add")
def add_organisation(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="Korte naam: kleine letters, cijfers, streepjes.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="De naam zoals mensen hem lezen.")],
    kind: Annotated[str, typer.Option(help="Soort, zoals gemeente of woningcorporatie.")],
) -> None:
    """Voeg een organisatie toe."""
    load_migrated_site()
    from buurtbalans.method.people import actions
    from buurtbalans.method.people.models import OrganisationKind

    if kind not in OrganisationKind:
        exit_refused(f"Deze soort is er niet: {kind}. Kies uit: {', '.join(OrganisationKind.values)}.")
    with exit_on_validation_error():
        added = actions.add_organisation(by=None, slug=slug, name=name, kind=kind)
    err.print(f"Toegevoegd: {added.name} ({added.slug}).", markup=False, soft_wrap=True)


@organisation_commands.command("list")
def list_organisations() -> None:
    """Noem alle organisaties."""
    load_migrated_site()
    from buurtbalans.method.people.queries import organisations

    rows = [
        (organisation.slug, organisation.name, organisation.kind, str(accounts))
        for organisation, accounts in organisations()
    ]
    print_table(("korte naam", "naam", "soort", "accounts"), rows, "Er zijn nog geen organisaties.")


@account_commands.command("add")
def add_account(
    username: Username,
    name: Annotated[str, typer.Option(metavar="NAME", help="Voornaam en achternaam, tussen aanhalingstekens.")],
    organisation: Annotated[
        str | None, typer.Option(metavar="SLUG", help="Korte naam van de organisatie; leeg voor wie er geen heeft.")
    ] = None,
    role: Annotated[list[str] | None, typer.Option(metavar="ROLE", help="Rol, zoals member. Mag vaker.")] = None,
) -> None:
    """Voeg een account toe. Vraagt om een wachtwoord; zonder scherm komt er een, eenmalig te lezen."""
    load_migrated_site()
    from django.db import transaction

    from buurtbalans.method.people import actions, rules
    from buurtbalans.method.people.models import Organisation

    home = Organisation.objects.filter(slug=organisation).first() if organisation else None
    if organisation and home is None:
        exit_refused(f"Deze organisatie is er niet: {organisation}. Kijk met: buurtbalans organisation list")
    roles = [get_role(word) for word in role or []]
    first, _space, last = name.strip().partition(" ")
    with exit_on_validation_error():
        rules.require_new_account(username, first)
    password = ask_password()
    with exit_on_validation_error(), transaction.atomic():
        person = actions.add_person(
            by=None, username=username, first_name=first, last_name=last.strip(), organisation=home, password=password
        )
        for new_role in roles:
            grant(person, new_role)
    err.print(f"Toegevoegd: {person} ({username}).", markup=False, soft_wrap=True)
    print_generated_password(password)


@account_commands.command("list")
def list_accounts() -> None:
    """Noem alle accounts. Rollen in een ronde staan er niet bij."""
    load_migrated_site()
    from buurtbalans.method.people.queries import accounts

    rows = [
        (
            person.username,
            str(person),
            person.organisation.slug if person.organisation else "",
            roles,
            "open" if person.is_active else "gesloten",
        )
        for person, roles in accounts()
    ]
    print_table(("account", "naam", "organisatie", "rol", "staat"), rows, "Er zijn nog geen accounts.")


@account_commands.command("close")
def close(username: Username) -> None:
    """Sluit een account: niemand kan er meer mee inloggen. Wat iemand schreef, blijft staan."""
    load_migrated_site()
    from buurtbalans.method.people import actions

    person = get_person(username)
    actions.close_account(by=None, person=person)
    err.print(f"Gesloten: {person} ({username}).", markup=False, soft_wrap=True)


@account_commands.command("password")
def password(username: Username) -> None:
    """Geef een nieuw wachtwoord; wie met het oude is ingelogd, moet opnieuw inloggen."""
    load_migrated_site()
    from buurtbalans.method.people import actions

    person = get_person(username)
    new = ask_password()
    with exit_on_validation_error():
        actions.set_password(by=None, person=person, password=new)
    err.print(f"Nieuw wachtwoord voor {person} ({username}).", markup=False, soft_wrap=True)
    print_generated_password(new)


@account_commands.command("role")
def change_role(
    username: Username,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="Rol, zoals member of data_steward.")],
    take: Annotated[bool, typer.Option("--take", help="Neem de rol juist af.")] = False,
) -> None:
    """Geef een rol, of neem hem af. Rollen in een ronde geeft de procesbegeleider."""
    load_migrated_site()
    from buurtbalans.method.people import actions

    person, changed_role = get_person(username), get_role(role)
    if not take:
        with exit_on_validation_error():
            grant(person, changed_role)
        err.print(f"{person} is nu {changed_role.words}.", markup=False, soft_wrap=True)
        return
    memberships = list(person.memberships.filter(role=changed_role))
    if not memberships:
        exit_refused(f"{person} heeft deze rol niet: {changed_role.words}.")
    for membership in memberships:
        actions.withdraw(by=None, membership=membership)
    err.print(f"{person} is geen {changed_role.words} meer.", markup=False, soft_wrap=True)


@contextmanager
def exit_on_validation_error() -> Iterator[None]:
    """Turn the validation error of an action into its messages and exit code 2."""
    from django.core.exceptions import ValidationError

    try:
        yield
    except ValidationError as error:
        exit_refused("\n".join(error.messages))


def get_role(word: str) -> "Role":
    """Return a role that is granted outside rounds, or refuse the word and name all such roles."""
    from buurtbalans.method.people.permissions import IN_ROUND, Role

    roles = [role for role in Role if role not in IN_ROUND]
    if word in roles:
        return Role(word)
    if word in list(Role):
        exit_refused(f"De rol {Role(word).words} hoort bij een ronde. De procesbegeleider geeft hem daar.")
    choices = ", ".join(f"{role} ({role.words})" for role in roles)
    exit_refused(f"Deze rol is er niet: {word}. Kies uit: {choices}.")


def grant(person: "Person", role: "Role") -> None:
    """Grant a role to a person, in the circle the role belongs to."""
    from buurtbalans.method.people import actions, queries
    from buurtbalans.method.people.permissions import IN_ORGANISATION

    if role in IN_ORGANISATION and person.organisation is None:
        exit_refused(
            f"Voor de rol {role.words} hoort iemand bij een organisatie. Voeg het account toe met --organisation."
        )
    actions.grant(by=None, person=person, role=role, circle=queries.circle_for(role, person))


def get_person(username: str) -> "Person":
    """Return the person with this account name, or refuse."""
    from buurtbalans.method.people.models import Person

    person = Person.objects.filter(username=username).first()
    return person or exit_refused(f"Dit account is er niet: {username}. Kijk met: buurtbalans account list")


def is_interactive() -> bool:
    """Return whether a password can be typed at a terminal without being shown."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_password() -> str:
    """Return a password that is typed twice, or a random one when nobody sits at a terminal."""
    if not is_interactive():
        return secrets.token_urlsafe(PASSWORD_BYTES)
    password: str = typer.prompt(
        "Wachtwoord, minstens 12 tekens",
        hide_input=True,
        confirmation_prompt="Nog een keer",
        err=True,
    )
    return password


def print_generated_password(password: str) -> None:
    """Print a random password; nothing for a typed one. It is stored nowhere as text, so this is the only time."""
    if not is_interactive():
        out.print(password, markup=False, soft_wrap=True)
        err.print(
            "Dit wachtwoord staat hier één keer. Laat de persoon het meteen wijzigen: Uw account.", soft_wrap=True
        )


def print_table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], when_empty: str) -> None:
    """Print a table on standard output, or the sentence for an empty one on standard error."""
    if not rows:
        err.print(when_empty)
        return
    console = stdout_console()
    table = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)
