"""The audit trail speaks in words: what happened, to which thing, and what more the row says."""

import ast
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from buurtbalans.method.base.audit import record
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.base.verbs import verb_words
from buurtbalans.site.templatetags.localised import moment
from tests.architecture.reading import ROOT, package, parsed
from tests.site.people_fixtures import World

NOT_FACTS = {"by", "verb", "about", None}
METHOD = package(ROOT) / "method"
ACTING = sorted(
    {path.relative_to(METHOD).parts[0] for glob in ("*/actions.py", "*/actions/*.py") for path in METHOD.glob(glob)}
)


def records(app: str) -> list[ast.Call]:
    """Return every call in an app's actions that writes a row."""
    paths = [path for glob in ("actions.py", "actions/*.py") for path in sorted((METHOD / app).glob(glob))]
    nodes = [node for path in paths for node in ast.walk(parsed(path))]
    return [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) == "record"]


@pytest.mark.parametrize("app", ACTING)
def test_every_verb_and_fact_has_its_words(app: str) -> None:
    config, base = apps.get_app_config(app), apps.get_app_config("base")
    facts = {**getattr(base, "audit_facts", {}), **getattr(config, "audit_facts", {})}
    calls = records(app)
    assert calls
    for call in calls:
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        assert [name for name in given if name not in NOT_FACTS and name not in facts] == [], ast.unparse(call)
        if isinstance(verb := given["verb"], ast.Constant):
            assert verb_words(str(verb.value)) != verb.value


@pytest.mark.parametrize("app", ACTING)
def test_every_name_of_a_thing_is_of_a_model(app: str) -> None:
    config = apps.get_app_config(app)
    assert set(getattr(config, "audit_things", {})) <= set(config.models)


def row(about: str, verb: str = "evaluation.evaluate", **detail: object) -> AuditRow:
    return AuditRow(sequence=1, verb=verb, about=about, detail=detail)


def test_a_row_reads_as_a_sentence() -> None:
    written = row("evaluation.evaluationline:3", result=5, outcome="onbekend", nothing=None)
    assert (written.words, written.thing) == ("heeft een doel geëvalueerd", "evaluatie van een doel 3")
    assert written.facts == [("doel", "5"), ("uitkomst", "niet bekend")]
    with translation.override("en"):
        assert written.facts == [("goal", "5"), ("outcome", "not known")]


def test_roles_and_lists_are_words_too() -> None:
    team = row("rounds.round:1", "rounds.add_to_team", person=4, role="core_member")
    assert team.facts == [("account", "4"), ("rol", "lid van de kerngroep")]
    assert row("plans.result:1", "plans.agree_result", claims=[1, 2]).facts == [("stellingen", "1, 2")]


@pytest.mark.parametrize("about", ["", "gone.thing:1", "rounds.gone:1", "no colon"])
def test_a_row_about_what_is_no_longer_known_stays_readable(about: str) -> None:
    assert row(about, number=3).thing == about
    assert row(about, number=3).facts == [("number", "3")]


def test_the_page_shows_the_words_and_small_months(client: Client, world: World) -> None:
    record(by=world["member"], verb="people.grant", about=world["member"].memberships.first(), role="reader")
    client.force_login(world["auditor"])
    page = client.get(reverse("audit")).content.decode()
    assert "· rol lezer" in page
    assert "people.membership" not in page
    now = timezone.localtime()
    assert moment(now) in page


def test_a_moment_as_the_language_writes_it() -> None:
    at = datetime(2026, 11, 24, 14, 5, 9, tzinfo=UTC)
    assert (moment(at), moment(at, "s")) == ("24 nov 2026 14.05", "24 nov 2026 14.05.09")
    with translation.override("en"):
        assert moment(at) == "24 Nov 2026 14.05"
