"""The commands of people: organisations, accounts, passwords and roles. The first account is created with these."""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from buurtbalans.cli.console import exit_refused, out, print_table, say
from buurtbalans.cli.environment import load_migrated_site
from buurtbalans.cli.form import Command, command_group
from buurtbalans.cli.options import AsJson
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

if TYPE_CHECKING:
    from buurtbalans.method.people.models import OrganisationKind, Person
    from buurtbalans.method.people.permissions import Role

organisation_commands = command_group(noop("Organisaties toevoegen en tonen."))
account_commands = command_group(noop("Accounts toevoegen, tonen en sluiten; wachtwoord en rol wijzigen."))
Username = Annotated[str, typer.Argument(metavar="USERNAME", help=noop("De naam waarmee iemand inlogt"))]
PASSWORD_BYTES = 15  # random bytes, which make twenty characters


@organisation_commands.command("add", cls=Command, help=noop("Voeg een organisatie toe."))
def add_organisation(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help=noop("Korte naam: kleine letters, cijfers en streepjes"))],
    name: Annotated[str, typer.Argument(metavar="NAME", help=noop("De naam zoals mensen die lezen"))],
    kind: Annotated[str, typer.Option(metavar="KIND", help=noop("Soort, zoals municipality of housing"))],
) -> None:
    """Add an organisation."""
    load_migrated_site()
    from buurtbalans.method.people import actions
    from buurtbalans.method.people.models import OrganisationKind

    kinds = {_kind_name(each): each for each in OrganisationKind}
    if kind not in kinds:
        choices = ", ".join(f"{word} ({each.label})" for word, each in kinds.items())
        exit_refused(_("Deze soort is er niet: %(kind)s. Kies uit: %(choices)s.") % {"kind": kind, "choices": choices})
    with exit_on_validation_error():
        added = actions.add_organisation(by=None, slug=slug, name=name, kind=kinds[kind])
    say(_("Toegevoegd: %(name)s (%(code)s).") % {"name": added.name, "code": added.slug})


@organisation_commands.command("list", cls=Command, help=noop("Toon alle organisaties."))
def list_organisations(as_json: AsJson = False) -> None:
    """Print all organisations."""
    load_migrated_site()
    from buurtbalans.method.people.models import OrganisationKind
    from buurtbalans.method.people.queries import organisations

    rows = [
        {
            "slug": organisation.slug,
            "name": organisation.name,
            "kind": _kind_name(OrganisationKind(organisation.kind)),
            "accounts": accounts,
        }
        for organisation, accounts in organisations()
    ]
    headings = {"slug": _("korte naam"), "name": _("naam"), "kind": _("soort"), "accounts": _("accounts")}
    print_table(headings, rows, _("Er zijn nog geen organisaties."), as_json)


@account_commands.command(
    "add",
    cls=Command,
    help=noop("Voeg een account toe. U typt het wachtwoord; zonder terminal wordt er een gemaakt en één keer getoond."),
)
def add_account(
    username: Username,
    name: Annotated[str, typer.Option(metavar="NAME", help=noop("Voornaam en achternaam, tussen aanhalingstekens"))],
    organisation: Annotated[
        str | None,
        typer.Option(metavar="SLUG", help=noop("Korte naam van de organisatie. Weglaten als iemand er geen heeft")),
    ] = None,
    role: Annotated[list[str] | None, typer.Option(metavar="ROLE", help=noop("Rol, zoals member"))] = None,
) -> None:
    """Add an account with its roles; a password is typed, or made when nobody sits at a terminal."""
    load_migrated_site()
    from django.db import transaction

    from buurtbalans.method.people import actions, rules
    from buurtbalans.method.people.models import Organisation

    home = Organisation.objects.filter(slug=organisation).first() if organisation else None
    if organisation and home is None:
        sentence = _("Deze organisatie is er niet: %(code)s. Alle organisaties staan in: %(command)s")
        exit_refused(sentence % {"code": organisation, "command": "buurtbalans organisation list"})
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
    say(_("Toegevoegd: %(name)s (%(code)s).") % {"name": person, "code": username})
    print_generated_password(password)


@account_commands.command("list", cls=Command, help=noop("Toon alle accounts. Rollen in een ronde staan er niet bij."))
def list_accounts(as_json: AsJson = False) -> None:
    """Print all accounts."""
    load_migrated_site()
    from buurtbalans.method.people.queries import accounts

    states = {True: _("open"), False: _("gesloten")}
    rows = [
        {
            "username": person.username,
            "name": str(person),
            "organisation": person.organisation.slug if person.organisation else "",
            "roles": str(roles),
            "open": person.is_active if as_json else states[person.is_active],
        }
        for person, roles in accounts()
    ]
    headings = {
        "username": _("account"),
        "name": _("naam"),
        "organisation": _("organisatie"),
        "roles": _("rol"),
        "open": _("staat"),
    }
    print_table(headings, rows, _("Er zijn nog geen accounts."), as_json)


@account_commands.command(
    "close",
    cls=Command,
    help=noop("Sluit een account: niemand kan er meer mee inloggen. Teksten van deze persoon blijven bestaan."),
)
def close(username: Username) -> None:
    """Close an account; what the person wrote stays."""
    load_migrated_site()
    from buurtbalans.method.people import actions

    person = get_person(username)
    actions.close_account(by=None, person=person)
    say(_("Gesloten: %(name)s (%(code)s).") % {"name": person, "code": username})


@account_commands.command(
    "password",
    cls=Command,
    help=noop("Geef een nieuw wachtwoord. Iemand die met het oude is ingelogd, moet opnieuw inloggen."),
)
def password(username: Username) -> None:
    """Set a new password; sessions with the old one end."""
    load_migrated_site()
    from buurtbalans.method.people import actions

    person = get_person(username)
    new = ask_password()
    with exit_on_validation_error():
        actions.set_password(by=None, person=person, password=new)
    say(_("Nieuw wachtwoord voor %(name)s (%(code)s).") % {"name": person, "code": username})
    print_generated_password(new)


@account_commands.command(
    "role", cls=Command, help=noop("Geef een rol, of trek een rol in. Rollen in een ronde geeft de procesbegeleider.")
)
def change_role(
    username: Username,
    role: Annotated[str, typer.Argument(metavar="ROLE", help=noop("Rol, zoals member of data_steward"))],
    withdraw: Annotated[bool, typer.Option("--withdraw", help=noop("Trek de rol juist in"))] = False,
) -> None:
    """Grant a role, or withdraw it."""
    load_migrated_site()
    from buurtbalans.method.people import actions

    person, changed_role = get_person(username), get_role(role)
    facts = {"name": person, "role": changed_role.words}
    if not withdraw:
        with exit_on_validation_error():
            grant(person, changed_role)
        say(_("%(name)s is nu %(role)s.") % facts)
        return
    memberships = list(person.memberships.filter(role=changed_role))
    if not memberships:
        exit_refused(_("%(name)s heeft deze rol niet: %(role)s.") % facts)
    for membership in memberships:
        actions.withdraw(by=None, membership=membership)
    say(_("%(name)s is geen %(role)s meer.") % facts)


def _kind_name(kind: "OrganisationKind") -> str:
    """Return the English name of a kind of organisation, as it is typed."""
    return kind.name.lower()


@contextmanager
def exit_on_validation_error() -> Iterator[None]:
    """Turn the validation error of an action into its messages and the exit code of the call."""
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
        sentence = _("De rol %(role)s hoort bij een ronde. De procesbegeleider geeft die rol daar.")
        exit_refused(sentence % {"role": Role(word).words})
    choices = ", ".join(f"{role} ({role.words})" for role in roles)
    exit_refused(_("Deze rol is er niet: %(role)s. Kies uit: %(choices)s.") % {"role": word, "choices": choices})


def grant(person: "Person", role: "Role") -> None:
    """Grant a role to a person, in the circle the role belongs to."""
    from buurtbalans.method.people import actions, queries
    from buurtbalans.method.people.permissions import IN_ORGANISATION

    if role in IN_ORGANISATION and person.organisation is None:
        sentence = _("Voor de rol %(role)s hoort iemand bij een organisatie. Voeg het account toe met --organisation.")
        exit_refused(sentence % {"role": role.words})
    actions.grant(by=None, person=person, role=role, circle=queries.circle_for(role, person))


def get_person(username: str) -> "Person":
    """Return the person with this account name, or refuse."""
    from buurtbalans.method.people.models import Person

    person = Person.objects.filter(username=username).first()
    if person is None:
        sentence = _("Dit account is er niet: %(name)s. Alle accounts staan in: %(command)s")
        exit_refused(sentence % {"name": username, "command": "buurtbalans account list"})
    return person


def is_interactive() -> bool:
    """Return whether a password can be typed at a terminal without being shown."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_password() -> str:
    """Return a password that is typed twice, or a random one when nobody sits at a terminal."""
    if not is_interactive():
        return secrets.token_urlsafe(PASSWORD_BYTES)
    password: str = typer.prompt(
        _("Wachtwoord, minstens 12 tekens"),
        hide_input=True,
        confirmation_prompt=_("Nog een keer"),
        err=True,
    )
    return password


def print_generated_password(password: str) -> None:
    """Print a random password; nothing for a typed one. It is stored nowhere as text, so this is the only time."""
    if not is_interactive():
        out.print(password, markup=False, soft_wrap=True)
        say(_("Dit wachtwoord wordt maar één keer getoond. Laat de persoon het meteen wijzigen onder Uw account."))
