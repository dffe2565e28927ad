"""What every test shares: an isolated data folder, repeatable random input, and browser tests kept on one worker."""

import gc
import os
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import zip_longest
from pathlib import Path

import hypothesis
import pytest
from django.db import connection
from django.test import client as django_client
from django.utils import translation

from tests.emptying import let_emptying_through
from tests.migrated import django_db_setup, django_db_use_migrations, migrated
from tests.signing import nobody_signs
from tests.site.people_fixtures import World, make_world

__all__ = ["django_db_setup", "django_db_use_migrations", "migrated"]  # fixtures, for all tests

LONGEST = ("walk-0", "walk-1", "town")  # groups that take a minute

let_emptying_through()
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True, database=None, max_examples=50)
hypothesis.settings.register_profile("long", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def touches_database(item: pytest.Item) -> bool:
    """Return whether a test may touch the database; to any other it is refused."""
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or "db" in fixtures or "transactional_db" in fixtures


def shared_setup(item: pytest.Item) -> str | None:
    """Return the file of a test when its tests share something that takes long to make, so that one worker makes it."""
    path = item.nodeid.split("::")[0]
    fixtures = getattr(item, "_fixtureinfo", None)
    scopes = {each.scope for made in fixtures.name2fixturedefs.values() for each in made} if fixtures else set()
    return path if "tests/browser/" in path or "module" in scopes else None


def group_of(item: pytest.Item) -> str | None:
    """Return the name of the group that runs on one worker, when a test is in one."""
    marker = item.get_closest_marker("xdist_group")
    return marker.args[0] if marker else None


def alternating(groups: list[str | None]) -> list[str]:
    """Return each group once: the longest first, and between two journeys, which often wait, a group that computes.

    The first journey prepares the demo for all of them, so two groups that need no demo come before the second one.
    """
    journeys = [group for group in dict.fromkeys(groups) if group and "tests/browser/" in group]
    others = [group for group in dict.fromkeys(groups) if group and "tests/browser/" not in group]
    others.sort(key=lambda group: group not in LONGEST)
    pairs = zip_longest(journeys[1:], others[2:])
    return [*journeys[:1], *others[:2], *(group for pair in pairs for group in pair if group)]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of one file that share a setup stay on one worker; journeys in the browser alternate with other long groups.

    What may not touch the database says the same beside every database: it runs on SQLite alone.
    """
    if connection.vendor != "sqlite":
        config.hook.pytest_deselected(items=[item for item in items if not touches_database(item)])
        items[:] = filter(touches_database, items)
    for item in items:
        path = shared_setup(item)
        if path and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(path))
    place = {group: at for at, group in enumerate(alternating([group_of(item) for item in items]))}
    items.sort(key=lambda item: place.get(group_of(item), len(place)))


def pytest_collection_finish() -> None:
    """Everything that was imported stays: looking again and again whether it is garbage takes a tenth of a run."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Every test starts in Dutch, whatever the test before it chose."""
    with translation.override("nl"):
        yield


@pytest.fixture
def data(settings: "pytest.FixtureRequest", tmp_path: Path) -> Path:
    """An empty data folder of the test's own, where the site looks for its releases."""
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def world(db: None) -> World:
    """Five organisations with people in every role, and two rounds that do not know each other."""
    return make_world()


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers without the contexts that Django copies of each template for a test to look into: walks read the page."""
    monkeypatch.setattr(django_client, "store_rendered_templates", lambda *shown, **more: None)


@pytest.fixture(autouse=True)
def signing(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every organisation shares its texts with every round, unless a test is about signing (`unsigned`)."""
    with nobody_signs() if request.node.get_closest_marker("unsigned") else nullcontext():
        yield
