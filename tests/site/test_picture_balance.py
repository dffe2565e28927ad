"""The balance on the shared picture: from the release that it speaks of, on the screen, in a version and on paper."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.places.models import NeighbourhoodPart
from buurtbalans.method.rounds.actions import claims
from buurtbalans.method.rounds.actions import picture as picture_actions
from buurtbalans.site.demo.town import town
from buurtbalans.site.pages.round_balance import balance_of_version, levels
from buurtbalans.site.papers.content import Drawing
from buurtbalans.site.papers.picture import _balance
from tests.method.table import lay_table

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def table(waterdam: Release) -> SimpleNamespace:
    """A round about one buurt of the town, held on to its release."""
    laid = lay_table()
    laid.round.neighbourhood.parts.all().delete()
    NeighbourhoodPart.objects.create(neighbourhood=laid.round.neighbourhood, code=town().code_of("Weverskwartier"))
    type(laid.place).objects.update(division=2025, municipality="GM9999")
    type(laid.round).objects.update(release=waterdam.id)
    laid.round.refresh_from_db()
    return laid


def test_the_sheet_shows_three_bubbles_with_their_words(client: Client, table: SimpleNamespace) -> None:
    claim = claims.create_claim(by=table.samira, round=table.round, text="Buren helpen elkaar")
    picture_actions.create_line(by=table.samira, round=table.round, kind="kracht", text="Buren helpen.", claims=[claim])
    client.force_login(table.samira)
    found = levels(table.round.neighbourhood, table.round.release, 2025)
    page = client.get(reverse("rounds:picture", args=[table.round.slug])).content.decode()
    assert re.findall(r"<dd>([^<]+)</dd></div>", page) == [one.said for one in found]
    assert [one.name for one in found] == ["Samenstelling", "Voorzieningen", "Leefbaarheid"]
    assert all(one.bubble for one in found)


def test_a_version_keeps_the_release_it_was_made_of(table: SimpleNamespace, waterdam: Release) -> None:
    picture = SimpleNamespace(round=table.round, content={"release": waterdam.id, "division": 2025})
    panel = balance_of_version(RequestFactory().get("/"), picture)  # type: ignore[arg-type]
    assert panel is not None
    assert panel.context["levels"] == levels(table.round.neighbourhood, waterdam.id, 2025)
    picture.content["release"] = "2019-01-01-1"  # no longer in the store: no bubbles of other figures in their place
    assert balance_of_version(RequestFactory().get("/"), picture) is None  # type: ignore[arg-type]


def test_paper_says_in_words_what_it_draws(table: SimpleNamespace) -> None:
    _heading, drawing, note = _balance(table.round, SimpleNamespace(version=None))  # type: ignore[arg-type]
    assert isinstance(drawing, Drawing)
    for one in levels(table.round.neighbourhood, table.round.release, 2025):
        assert f"{one.name}: {one.said}." in drawing.says
        assert one.said in drawing.svg
    assert drawing.svg.count('fill="#FFFFFF"') == 3
    assert "Tussen de streepjes: als de stad." in note.text  # type: ignore[union-attr]
