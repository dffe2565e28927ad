"""The invented town, made once: its figures for all tests of pages, people and rounds on them for a whole module."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.people.models import Person
from buurtbalans.method.rounds.models import Round
from buurtbalans.site.demo import load
from buurtbalans.site.demo.people import make_people
from buurtbalans.site.demo.rounds import make_rounds
from buurtbalans.site.demo.town import town
from tests.site.content_fixtures import Content
from tests.snapshots import standing

Town = tuple[Mapping[str, Person], Mapping[str, Round]]

WEVERSKWARTIER = town().code_of("Weverskwartier")


@pytest.fixture(scope="session")
def waterdam_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the release of Waterdam published in it."""
    from django.conf import settings

    folder, before = tmp_path_factory.mktemp("waterdam"), settings.DATA
    settings.DATA = folder
    try:
        load.publish_town()
    finally:
        settings.DATA = before
    return folder


@pytest.fixture
def waterdam(settings: pytest.FixtureRequest, waterdam_folder: Path) -> Release:
    """The published release of Waterdam, which the site shows during this test."""
    settings.DATA = waterdam_folder  # type: ignore[attr-defined]
    release = releases.current_release()
    assert release is not None
    return release


@pytest.fixture(scope="module")
def standing_town(waterdam_folder: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The people of Waterdam and their rounds, on its release, for all tests of a module."""

    def make() -> Town:
        people, release = make_people(), releases.current_release()
        assert release is not None
        return people, make_rounds(people, release)

    with standing(django_db_blocker, waterdam_folder, make) as made:
        yield made


@pytest.fixture
def peopled(standing_town: Town, waterdam: Release, db: None) -> Town:
    """The people of Waterdam and their rounds, for this test to change."""
    return deepcopy(standing_town)


@pytest.fixture(scope="module")
def standing_content(
    waterdam_folder: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Content]:
    """Two rounds that do not know each other, with a text of every kind, for all tests of a module."""
    with standing(django_db_blocker, waterdam_folder, Content) as made:
        yield made


@pytest.fixture
def content(standing_content: Content, waterdam: Release, db: None) -> Content:
    """Two rounds that do not know each other, for this test to change."""
    return deepcopy(standing_content)
