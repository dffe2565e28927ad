"""Two people write at the same time on every page of a round: not one sentence that anybody sent is lost."""

import os

import pytest

from buurtbalans.figures.release.frozen import Release
from tests.method.two_writers import Table, play, summary
from tests.site.conftest import waterdam, waterdam_folder
from tests.site.content_fixtures import Content

__all__ = ["waterdam", "waterdam_folder"]  # fixtures
WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1"
ROUNDS = 2_000 if WHOLE else 40
NEVER_SAVED = {  # here the site refuses what these two send, and shows it
    "rounds:new",  # a neighbourhood that takes part keeps its own name
    "rounds:sign_agreement",  # their organisations signed already
    "evaluation:new",  # without a figure of now it asks for another outcome
}


@pytest.mark.slow
@pytest.mark.once  # one connection: writers at the very same moment are in test_concurrent_writes, on both databases
@pytest.mark.usefixtures("bare")
@pytest.mark.django_db
def test_two_writers_lose_nothing(waterdam: Release) -> None:
    table = Table(Content())
    assert len(table.pages) > 30
    lost, seen, saved = play(table, ROUNDS)
    print(f"\n{ROUNDS} rounds of two writers: {len(lost)} lost texts; {summary(seen)}")
    assert lost == []
    assert sum(saved.values()) > ROUNDS / 2
    never = {page.name for page in table.pages if not saved[page.name]}
    assert never <= NEVER_SAVED or not WHOLE, never  # forty rounds are one for each page
