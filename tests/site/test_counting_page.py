"""The page that counts in the browser, and the borders that it counts in: exact, open, and kept by browsers."""

import gzip
import json

import pytest
import shapely
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.policy import disclosure_rule
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.views.counting_words import WORDS
from buurtbalans.site.demo.town import town
from tests.site.people_fixtures import World

pytestmark = pytest.mark.slow


@pytest.fixture
def address(db: None, waterdam: Release) -> str:
    return reverse("datasets:count_borders", args=[waterdam.manifest.id, town().now.year])


def test_borders_are_exact_and_open(client: Client, address: str) -> None:
    answer = client.get(address)
    told = json.loads(answer.content)
    buurten = {area.code: area for area in town().now.of_level(AreaLevel.BUURT)}
    assert told["division"] == town().now.year
    assert [area["code"] for area in told["areas"]] == sorted(buurten)
    for area in told["areas"]:
        rings = [shapely.LinearRing(list(zip(ring[::2], ring[1::2], strict=True))) for ring in area["rings"]]
        theirs = shapely.get_rings(shapely.get_parts(buurten[area["code"]].geometry))
        assert [ring.wkb for ring in rings] == [ring.wkb for ring in theirs]
    assert answer["Cache-Control"] == "public, max-age=86400"


def test_a_browser_asks_for_the_same_borders_once(client: Client, address: str) -> None:
    first = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(first.content) == client.get(address).content
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_only_borders_of_what_everybody_sees(client: Client, address: str) -> None:
    assert client.get(address.replace(f"{town().now.year}.json", "1999.json")).status_code == 404
    other = reverse("datasets:count_borders", args=["geen-uitgave", town().now.year])
    assert client.get(other).status_code == 404
    assert client.get(other, headers={"If-None-Match": f'"geen-uitgave-{town().now.year}"'}).status_code == 404


def test_the_page_holds_what_the_browser_needs_and_no_field_for_the_list(
    client: Client, world: World, address: str
) -> None:
    client.force_login(world["core_member"])
    page = client.get(reverse("datasets:count")).content.decode()
    assert f'data-grenzen="{address}"' in page
    assert "Uw lijst blijft op deze computer." in page
    form = page[page.index('id="stuur"') : page.index("</form>", page.index('id="stuur"'))]
    assert 'type="file"' not in form
    assert sorted(part.split('"')[0] for part in form.split('name="')[1:]) == [
        "counts",
        "csrfmiddlewaretoken",
        "indicator",
        "title",
    ]


def test_before_the_first_release_the_page_says_what_to_do(client: Client, world: World, data: object) -> None:
    client.force_login(world["core_member"])
    page = client.get(reverse("datasets:count")).content.decode()
    assert "Er is nog geen cijferset met grenzen." in page
    assert "bundle/count" not in page


def test_the_page_knows_how_careful_the_gate_is_before_each_circle(client: Client, world: World, address: str) -> None:
    client.force_login(world["core_member"])
    told = client.get(reverse("datasets:count")).context["circles"]
    careful = [
        disclosure_rule(SourceKind.PARTNER, audience) for audience in (Audience.CORE, Audience.RING, Audience.PUBLIC)
    ]
    assert [(one["minimum"], one["step"]) for one in told] == [
        (asked.minimum_frequency, asked.rounding_base) for asked in careful
    ]
    assert [one["title"] for one in told] == ["De kerngroep", "De betrokkenen", "Iedereen"]


def test_sentences_are_short() -> None:
    assert all(len(str(sentence).split(". ")[0].split()) <= 16 for sentence in WORDS.values())
