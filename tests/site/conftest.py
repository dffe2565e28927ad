"""The figures of the invented town, made once for all tests of pages."""

from pathlib import Path

import pytest

from buurtbalans.figures.release import Release
from buurtbalans.method.datasets import queries
from buurtbalans.site.demo import load
from buurtbalans.site.demo.town import town

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
    release = queries.current_release()
    assert release is not None
    return release
