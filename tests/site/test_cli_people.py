"""Organisations, accounts and roles from the command line: made, refused with words, and written in the audit trail."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from buurtbalans.cli import environment, people
from buurtbalans.cli.app import app
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.site import server_process

GOOD = "een lange zin met rust"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The site has been started by the suite, and one organisation is there."""
    monkeypatch.setattr(people, "load_migrated_site", lambda: None)
    assert run("organisation", "add", "gemeente", "Gemeente Waterdam", "--kind", "municipality").exit_code == 0


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at a terminal."""
    monkeypatch.setattr(people, "is_interactive", lambda: True)


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, arguments, input=typed)


def add(*arguments: str, typed: str = "") -> Result:
    name = ("--name", "Sanne de Vries", "--organisation", "gemeente")
    return run("account", "add", "sanne", *name, *arguments, typed=typed)


def verbs() -> list[str]:
    return list(AuditRow.objects.filter(actor=None).values_list("verb", flat=True))


def test_an_organisation_is_added_and_listed() -> None:
    listed = run("organisation", "list").stdout
    assert [line.split() for line in listed.splitlines()][1] == [
        "gemeente",
        "Gemeente",
        "Waterdam",
        "municipality",
        "0",
    ]
    assert verbs() == ["people.add_organisation"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gemeente", "Andere", "--kind", "care"), "Er is al een organisatie met deze korte naam."),
        (("ander", "Gemeente Waterdam", "--kind", "care"), "Er is al een organisatie met deze korte naam."),
        (("De Brug", "De Brug", "--kind", "care"), "alleen kleine letters"),
        (("brug", " ", "--kind", "care"), "1 tot 120 tekens"),
        (("brug", "De Brug", "--kind", "brug"), "Kies uit: municipality (gemeente), district (stadsdeel)"),
    ],
)
def test_an_organisation_that_cannot_be_is_refused(arguments: tuple[str, ...], words: str) -> None:
    answer = run("organisation", "add", *arguments)
    assert answer.exit_code == 2
    assert words in answer.stderr
    assert Organisation.objects.count() == 1


def test_an_account_with_its_role(screen: None) -> None:
    answer = add("--role", "member", "--role", "data_steward", typed=f"{GOOD}\n{GOOD}\n")
    assert answer.exit_code == 0, answer.stderr
    assert GOOD not in answer.output
    sanne = Person.objects.get(username="sanne")
    assert (sanne.first_name, sanne.last_name, sanne.invented) == ("Sanne", "de Vries", False)
    assert sanne.check_password(GOOD)
    assert set(sanne.memberships.values_list("role", flat=True)) == {Role.MEMBER, Role.DATA_STEWARD}
    assert verbs()[1:] == ["people.add_person", "people.grant", "people.grant"]
    line = run("account", "list").stdout.splitlines()[1]
    assert line.split() == ["sanne", "Sanne", "de", "Vries", "gemeente", "databeheerder,", "medewerker", "open"]


def test_a_password_is_asked_until_it_is_typed_twice(screen: None) -> None:
    assert add(typed=f"{GOOD}\niets anders\n{GOOD}\n{GOOD}\n").exit_code == 0
    assert Person.objects.get().check_password(GOOD)


@pytest.mark.parametrize(
    ("weak", "words"),
    [
        ("welkom01", "Dit wachtwoord is te kort, want het moet minstens 12 tekens hebben."),
        ("hoogenboezem", "Dit wachtwoord lijkt te veel op de naam van het account."),
        ("password1234", "Dit wachtwoord is te algemeen."),
    ],
)
def test_a_weak_password_is_refused_in_our_words(screen: None, weak: str, words: str) -> None:
    answer = add("--name", "Sanne Hoogenboezem", typed=f"{weak}\n{weak}\n")
    assert answer.exit_code == 2
    assert words in answer.stderr
    assert not Person.objects.exists()


def test_without_a_terminal_a_password_is_made_and_printed_once() -> None:
    answer = add()
    password = answer.stdout.strip()
    assert len(password) == 20
    assert password not in answer.stderr
    assert Person.objects.get().check_password(password)
    assert password not in str(list(AuditRow.objects.values_list("detail", "about")))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("piet", "--name", "Piet", "--organisation", "nergens"), "Deze organisatie is er niet: nergens"),
        (("piet", "--name", "Piet", "--role", "baas"), "Kies uit: administrator (beheerder)"),
        (("piet", "--name", "Piet", "--role", "core_member"), "hoort bij een ronde"),
        (("piet", "--name", "Piet", "--role", "member"), "--organisation"),
        (
            ("piet", "--name", "Piet", "--role", "administrator", "--role", "reader"),
            "Deze rol kunt u hier niet toekennen.",
        ),
        (("piet", "--name", " "), "naam van de persoon"),
        (("p i", "--name", "Piet"), "alleen letters"),
        (("Sanne", "--name", "Piet"), "al in gebruik"),
    ],
)
def test_an_account_that_cannot_be_leaves_nothing(arguments: tuple[str, ...], words: str) -> None:
    add()
    rows = AuditRow.objects.count()
    answer = run("account", "add", *arguments)
    assert answer.exit_code == 2
    assert words in answer.stderr
    assert (Person.objects.count(), AuditRow.objects.count()) == (1, rows)


def test_a_closed_account_stays_in_the_list() -> None:
    add()
    assert run("account", "close", "sanne").exit_code == 0
    assert not Person.objects.get().is_active
    assert run("account", "list").stdout.split()[-1] == "gesloten"
    assert verbs()[-1] == "people.close_account"


def test_a_new_password(screen: None) -> None:
    add(typed=f"{GOOD}\n{GOOD}\n")
    other = "nog een lange zin"
    assert run("account", "password", "sanne", typed=f"{other}\n{other}\n").exit_code == 0
    assert Person.objects.get().check_password(other)
    assert run("account", "password", "sanne", typed="kort\nkort\n").exit_code == 2
    assert Person.objects.get().check_password(other)
    assert verbs()[-1] == "people.set_password"


def test_a_role_is_given_and_taken() -> None:
    add()
    assert "Sanne de Vries is nu databeheerder." in run("account", "role", "sanne", "data_steward").stderr
    assert run("account", "role", "sanne", "auditor").exit_code == 2
    assert run("account", "role", "sanne", "data_steward", "--withdraw").exit_code == 0
    assert "heeft deze rol niet: databeheerder" in run("account", "role", "sanne", "data_steward", "--withdraw").stderr
    assert run("account", "role", "sanne", "auditor").exit_code == 0
    assert verbs()[-3:] == ["people.grant", "people.withdraw", "people.grant"]


@pytest.mark.parametrize("command", [("close",), ("password",), ("role", "auditor")])
def test_an_account_that_is_not_there(command: tuple[str, ...]) -> None:
    answer = run("account", command[0], "niemand", *command[1:])
    assert answer.exit_code == 2
    assert "buurtbalans account list" in answer.stderr


def test_before_the_first_account_and_before_the_database(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    assert "Er zijn nog geen accounts." in run("account", "list").stderr
    monkeypatch.undo()
    monkeypatch.setattr(server_process, "waiting_migrations", lambda: 3)
    monkeypatch.setattr(environment, "load_site", lambda: None)
    answer = run("account", "list")
    assert answer.exit_code == 4
    assert "buurtbalans migrate" in answer.stderr
