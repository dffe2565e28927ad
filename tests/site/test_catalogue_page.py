"""The data catalogue: every figure with what one can and can not do, found without JavaScript; each sees their own."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.catalogue.indicator import Catalogue, Indicator, SourceKind
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.policy import disclosure_rule
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries import deliveries, releases
from buurtbalans.site.demo.town import town
from buurtbalans.site.pages import catalogue as listing
from buurtbalans.site.pages.catalogue import CatalogueFilter, entries
from buurtbalans.site.pages.holdings import Holdings, holdings
from buurtbalans.site.pages.sources import elsewhere, in_release, restricted
from tests.site.content_fixtures import Content

pytestmark = pytest.mark.django_db
ADDRESS = "/cijfers/catalogus/"
CODE = town().code_of("Weverskwartier")
TOWN = "GM9999"


@pytest.fixture
def content(waterdam: Release, db: None) -> Content:
    """Two rounds with their people, and what two organisations delivered."""
    return Content()


def listed(client: Client, **asked: str) -> set[str]:
    page = client.get(ADDRESS, asked).content.decode()
    return set(re.findall(r'href="/cijfers/catalogus/(\w+)/"', page))


def offered(release: Release) -> dict[str, Indicator]:
    return {
        name: one for name, one in catalogue().items() if name in release.manifest.indicators and not one.restricted
    }


def test_every_figure_of_the_release_is_listed_once_and_none_that_is_restricted(
    client: Client, waterdam: Release
) -> None:
    page = client.get(ADDRESS).content.decode()
    links = re.findall(r'href="/cijfers/catalogus/(\w+)/"', page)
    assert sorted(links) == sorted(offered(waterdam))
    assert f"{len(links)} cijfers gevonden" in page


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"thema": "samenleven"}, lambda one: one.theme == "samenleven"),
        ({"dimensie": "facilities"}, lambda one: one.dimension == "facilities"),
        ({"bron": "waterdam-buurtteams"}, lambda one: one.source == "waterdam-buurtteams"),
        ({"thema": "veiligheid", "bron": "cbs-kwb"}, lambda one: one.theme == "veiligheid" and one.source == "cbs-kwb"),
        (
            {"q": "HUISARTS"},
            lambda one: "huisarts" in f"{one.name} {one.definition} {one.question} {one.example}".lower(),
        ),
        ({"thema": "bestaat niet"}, lambda one: False),
    ],
)
def test_the_address_narrows_the_list(client: Client, waterdam: Release, asked: dict[str, str], holds: Any) -> None:
    assert listed(client, **asked) == {name for name, one in offered(waterdam).items() if holds(one)}


def test_an_empty_answer_says_what_to_do_and_shows_the_other_sources(client: Client, waterdam: Release) -> None:
    page = client.get(ADDRESS, {"q": "xyzzy"}).content.decode()
    assert "Geen cijfers gevonden" in page
    assert 'id="niet-in-de-uitgave"' in page


def test_a_level_and_a_place_keep_only_what_has_a_figure_there(client: Client, waterdam: Release) -> None:
    held = holdings(waterdam, TOWN)
    at_level = {name for name in offered(waterdam) if AreaLevel.WIJK in held.levels(name)}
    assert listed(client, niveau="wijk") == at_level
    now: dict[str, Any] = {}
    for shown in releases.shown(waterdam, areas=[CODE]):
        if shown.indicator.id not in now or now[shown.indicator.id].period < shown.period:
            now[shown.indicator.id] = shown
    here = {name for name, shown in now.items() if shown.value is not None and not shown.indicator.restricted}
    assert here
    assert listed(client, gebied=CODE) == here
    assert listed(client, gebied="bestaat-niet") == set()


def test_the_form_works_by_address_alone_and_keeps_what_was_asked(client: Client, waterdam: Release) -> None:
    page = client.get(ADDRESS, {"thema": "mensen", "q": "<b>oud"}).content.decode()
    assert '<form class="zin zin--klein catalogus__zin" action="/cijfers/catalogus/" method="get"' in page
    assert '<option value="mensen" selected>' in page
    assert 'value="&lt;b&gt;oud"' in page


def test_counts_are_those_of_the_figures_that_may_be_shown(waterdam: Release) -> None:
    codes = [area.code for area in waterdam.division(2025).of_level(AreaLevel.BUURT)]
    shown = releases.shown(waterdam, areas=codes, indicators=["population"], periods=[2025])
    held = next(one for one in holdings(waterdam, TOWN).of("population") if (one.level, one.period) == ("buurt", 2025))
    assert held.areas == len(shown)
    assert held.values == sum(one.value is not None for one in shown)
    assert dict(held.absences) == {
        reason: times for reason in Absence if (times := sum(one.absence is reason for one in shown))
    }
    values = sorted(one.value for one in shown if one.value is not None)
    assert held.low in values
    assert held.high in values
    assert values[0] <= held.low <= held.high <= values[-1]


def test_the_page_of_a_figure_says_what_it_can_and_can_not(client: Client, waterdam: Release) -> None:
    one = catalogue()["population_65_plus"]
    page = client.get(f"{ADDRESS}{one.id}/").content.decode()
    for words in (
        one.definition,
        one.example,
        one.cannot,
        one.caveat,
        "Dit cijfer wordt niet beoordeeld",
        "De bron rondt dit cijfer af op 5.",
    ):
        assert words in page
    assert f'href="/kaart/?indicator={one.id}"' in page
    assert f'href="{reverse("area", args=[2025, TOWN])}#cijfer-{one.id}"' in page
    assert "hebben 80 van de 100 gebieden" in page
    assert "van de" in page


def test_the_page_of_a_figure_says_how_careful_the_gate_is(client: Client, waterdam: Release) -> None:
    for name, one in offered(waterdam).items():
        kind = catalogue().kind_of(one.source)
        page = client.get(f"{ADDRESS}{name}/").content.decode()
        fewest = max(one.minimum, disclosure_rule(kind, Audience.PUBLIC).minimum_population)
        assert (f"als het over minder dan {fewest} gaat" in page) == (kind is not SourceKind.PUBLISHED)


def test_the_page_of_a_figure_leads_to_a_chosen_buurt(client: Client, content: Content) -> None:
    address = f"{ADDRESS}population/"
    assert f'<option value="{CODE}">Weverskwartier</option>' in client.get(address).content.decode()
    there = reverse("area", args=[town().now.year, CODE])
    assert client.get(address, {"naar": CODE}).headers["Location"] == f"{there}#cijfer-population"
    assert client.get(address, {"naar": "BU00000000"}).status_code == 200


def test_the_page_of_a_figure_leads_to_the_area_of_ones_own_round_and_of_no_other(
    client: Client, content: Content
) -> None:
    slug = content.rounds["own"].neighbourhood.slug
    address = f"{ADDRESS}population/"
    assert client.get(address, {"naar": slug}).status_code == 200
    client.force_login(content.world["core_member"])
    there = reverse("neighbourhood", args=[slug])
    assert client.get(address, {"naar": slug}).headers["Location"] == f"{there}#cijfer-population"


def test_a_figure_without_an_example_asks_its_own_question(client: Client, waterdam: Release) -> None:
    one = next(one for one in offered(waterdam).values() if not one.example)
    assert f"{one.question}?" in client.get(f"{ADDRESS}{one.id}/").content.decode()


def test_a_figure_that_is_not_in_the_release_says_so_and_how_to_get_it(client: Client, waterdam: Release) -> None:
    page = client.get(f"{ADDRESS}ses_score/").content.decode()
    assert "Dit cijfer staat niet in de gepubliceerde cijferset." in page
    assert "buurtbalans release import" in page
    assert "Op de kaart tonen" not in page


def test_restricted_figures_are_named_with_why_and_have_no_page(client: Client, data: object, monkeypatch: Any) -> None:
    assert client.get(f"{ADDRESS}origin_morocco/").status_code == 404
    assert restricted(None) == []


def test_without_figures_the_page_says_who_can_help(client: Client, data: object) -> None:
    assert "nog geen cijfers" in client.get(ADDRESS).content.decode()
    assert client.get(f"{ADDRESS}population/").status_code == 200


def test_sources_not_in_the_release_are_those_of_real_places(waterdam: Release) -> None:
    here = {source.id for source in in_release(waterdam, {})}
    others = elsewhere(waterdam)
    assert {"ses-woa", "bbga", "leefbaarometer", "politie"} <= {source.id for source in others}
    assert not here & {source.id for source in others}
    assert not any(source.id.startswith("waterdam") for source in others)
    assert {source.id: source.tried for source in others}["politie"] is False
    fetched = {source.id: source.fetched for source in elsewhere(None)}
    assert fetched["cbs-kwb"]
    assert not fetched["politie"]


def test_a_round_is_offered_to_who_is_in_one(client: Client, content: Content) -> None:
    anonymous = client.get(f"{ADDRESS}population/").content.decode()
    assert "U doet nu niet mee aan een ronde" in anonymous
    client.force_login(content.world["core_member"])
    page = client.get(f"{ADDRESS}population/").content.decode()
    assert f'href="/rondes/{content.rounds["own"].slug}/stap/3/"' in page
    assert content.rounds["foreign"].slug not in page


def test_what_is_kept_between_requests_holds_nothing_of_a_viewer(
    waterdam: Release, django_assert_num_queries: Any
) -> None:
    entries.cache_clear()
    holdings.cache_clear()
    with django_assert_num_queries(0):
        first = entries(waterdam, TOWN)
    assert entries(waterdam, TOWN) is first


def test_searching_minds_no_accents_and_all_words() -> None:
    one = catalogue()["distance_gp"]
    entry = listing.CatalogueEntry(one, None, (), (), None)
    assert CatalogueFilter("huisarts AFSTAND", "", "", "", "", "").fits(entry, None)
    assert not CatalogueFilter("huisarts fiets", "", "", "", "", "").fits(entry, None)
    assert not CatalogueFilter("", "", "", "", "", "x").fits(entry, set())


def test_no_holdings_without_figures() -> None:
    assert Holdings([]).newest("population") == []
    assert Holdings([]).periods("population") == []


def test_a_partners_delivery_stands_there_for_who_may_see_it_only(client: Client, content: Content) -> None:
    seen = {}
    for viewer in ("core_member", "foreign_core", "anonymous"):
        client.logout()
        if viewer != "anonymous":
            client.force_login(content.world[viewer])
        seen[viewer] = client.get(ADDRESS).content.decode()
    own = deliveries.overview(content.world["core_member"], content.world["core_member"].organisation)["mine"]
    assert own
    for delivery in own:
        link = reverse("datasets:delivery", args=[delivery.pk])
        assert link in seen["core_member"]
        assert link not in seen["foreign_core"]
        assert link not in seen["anonymous"]
    assert 'id="partners"' not in seen["anonymous"]


def test_kinds_of_sources_have_words() -> None:
    assert isinstance(catalogue(), Catalogue)
    for source in elsewhere(None):
        assert source.kind is None or source.kind in SourceKind
        assert bool(source.reliable) is (source.kind is not None)
        assert source.tells
