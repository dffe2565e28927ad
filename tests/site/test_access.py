"""The access matrix is whole, and a refusal is a page; `tests.site.test_walk` holds every answer against the matrix."""

import shutil
from copy import deepcopy
from pathlib import Path

import pytest
from django.urls import reverse

from buurtbalans.method.people.models import Circle
from tests.site.access import ROWS, VIEWERS
from tests.site.content_fixtures import Content
from tests.site.judges import Canaries
from tests.site.walk import METHODS, NAMES, Visit, representatives, signed_in, viewer_of


@pytest.fixture
def content(standing_content: Content, waterdam_folder: Path, db: None, data: Path) -> Content:
    """Two rounds that do not know each other, and a store of this test's own."""
    shutil.copytree(waterdam_folder / "releases", data / "releases", symlinks=True)
    return deepcopy(standing_content)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert not [pattern for pattern in NAMES if pattern.endswith("None")]
    assert sorted(set(NAMES) - {row.name for row in ROWS}) == []
    assert sorted({row.name for row in ROWS} - set(NAMES)) == []


def test_no_row_stands_twice() -> None:
    lines = [(row.name, row.method) for row in ROWS]
    assert len(lines) == len(set(lines))
    assert all(len({row.of for row in ROWS if row.name == name}) == 1 for name in NAMES)


def test_every_row_speaks_about_everybody() -> None:
    for row in ROWS:
        assert set(row.own) == set(row.foreign) == set(VIEWERS), row.name


def test_the_walk_is_long_enough() -> None:
    assert len(VIEWERS) * len(NAMES) * len(METHODS) >= 2_000


def test_representatives_stand_for_every_answer_and_everybody_has_a_turn() -> None:
    turns = dict.fromkeys(VIEWERS, 0)
    for row in ROWS:
        for side in (row.own, row.foreign):
            chosen = representatives(side, f"{row.method} {row.name}")
            assert {side[viewer] for viewer in chosen} == set(side.values())
            for viewer in chosen:
                turns[viewer] += 1
    assert min(turns.values()) > len(ROWS) / 4


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("who", VIEWERS)
def test_a_refusal_is_a_page_that_shows_nothing_of_others(content: Content, who: str) -> None:
    viewer = viewer_of(content, who)
    client = signed_in(viewer)
    allowed = set(Circle.objects.visible_to(viewer).values_list("pk", flat=True))
    refused: dict[int, str] = {}
    for row in ROWS:
        for side, args in content.args[row.of].items():
            if row.method == "GET" and getattr(row, side)[who] in (403, 404) and not row.name.startswith("api:"):
                refused.setdefault(getattr(row, side)[who], reverse(row.name, args=args))
    assert refused or who == "anonymous"
    for status, path in refused.items():
        answer = client.get(path)
        canaries = Canaries(allowed)
        assert answer.status_code == status
        assert list(canaries(Visit(who, "GET", path, answer))) == []
        assert "<h1" in answer.content.decode()
