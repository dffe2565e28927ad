"""A damaged release is told, not shown: no page of figures, and no error that says nothing."""

import shutil
from pathlib import Path

import pytest
from django.test import Client

from buurtbalans.method.datasets.queries import releases

pytestmark = pytest.mark.django_db


@pytest.fixture
def damaged(settings: pytest.FixtureRequest, waterdam_folder: Path, tmp_path: Path) -> None:
    """A copy of the release of Waterdam in which one byte of the figures is another."""
    shutil.copytree(waterdam_folder, tmp_path / "data")
    settings.DATA = tmp_path / "data"  # type: ignore[attr-defined]
    release = releases.store().published_id()
    file = tmp_path / "data" / "releases" / str(release) / "observations.parquet"
    file.chmod(0o600)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("path", ["/kaart/", "/buurt/2025/BU99990501/", "/cijfers/catalogus/", "/zoek/?q=wever"])
def test_damaged_figures_are_told(client: Client, damaged: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 503
    assert "De cijfers zijn niet leesbaar" in answer.content.decode()
    assert "is beschadigd" in answer.content.decode()


@pytest.mark.parametrize("path", ["/", "/leren/"])
def test_what_needs_no_figures_still_opens(client: Client, damaged: None, path: str) -> None:
    assert client.get(path).status_code == 200
