"""The map of the shared picture: the numbers of its lines on their places, as far as the reader may know them."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.people.models import Person
from buurtbalans.method.places.models import NeighbourhoodPart
from buurtbalans.method.rounds.actions import claims, picture
from buurtbalans.method.rounds.models import Claim, PictureLine
from buurtbalans.method.rounds.queries import picture as picture_queries
from buurtbalans.method.stories.actions.stories import withdraw_story
from tests.method.table import lay_table, ring_member, story
from tests.site.map_samples import found

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIGURE = re.compile(r'<figure class="beeld-kaart">(<svg.*?</svg>)', re.DOTALL)


@pytest.fixture
def table(waterdam: Release) -> SimpleNamespace:
    """A round about one buurt of the town, with a strength and a concern that are told about, and one that is not."""
    laid = lay_table()
    division = waterdam.division(2025)
    buurt = min(division.of_level(AreaLevel.BUURT), key=lambda area: area.code)
    laid.round.neighbourhood.parts.all().delete()
    NeighbourhoodPart.objects.create(neighbourhood=laid.round.neighbourhood, code=buurt.code)
    city = next(iter(division.of_level(AreaLevel.GEMEENTE))).code
    type(laid.place).objects.update(division=2025, municipality=city)
    laid.round.neighbourhood.refresh_from_db()
    assert buurt.geometry is not None
    laid.middle = buurt.geometry.representative_point()
    laid.strength = line(laid, "kracht", claim(laid, "Buren helpen elkaar", 0.00012))
    laid.bare = line(laid, "kans", claim(laid, "De school wil open blijven"))
    laid.concern = line(laid, "zorg", claim(laid, "Het plein is donker", -0.004, -0.0041, 0.004))
    return laid


def claim(table: SimpleNamespace, text: str, *places: float) -> Claim:
    """Return a claim with a story at each place, so many degrees east of the middle."""
    made = claims.create_claim(by=table.joris, round=table.round, text=text)
    for east in places:
        at = {"longitude": table.middle.x + east, "latitude": table.middle.y}
        told = story(table.joris, table.round, f"{text}, dat zegt men.", **at)
        claims.add_story(by=table.joris, claim=made, story=told, says="ja")
    return made


def line(table: SimpleNamespace, kind: str, rests: Claim) -> PictureLine:
    return picture.create_line(by=table.samira, round=table.round, kind=kind, text=f"{rests.text}.", claims=[rests])


def page(client: Client, table: SimpleNamespace, who: Person) -> str:
    client.force_login(who)
    return client.get(reverse("rounds:picture", args=[table.round.slug])).content.decode()


def drawn(shown: str) -> str:
    match = FIGURE.search(shown)
    assert match
    return match[1]


def test_the_map_and_the_list_carry_the_same_numbers(client: Client, table: SimpleNamespace) -> None:
    shown = page(client, table, table.joris)

    links = [(link.get("href"), link.get("aria-label")) for link in found(drawn(shown), "a")]
    assert links == [
        (f"#regel-{table.strength.pk}", "1: Buren helpen elkaar."),
        (f"#regel-{table.concern.pk}", "3: Het plein is donker."),
    ]
    for kind, made, number in (("kracht", table.strength, 1), ("kans", table.bare, 2), ("zorg", table.concern, 3)):
        numbered = f'<span class="nummer nummer--{kind}">{number}</span>'
        assert f'id="regel-{made.pk}">{numbered}' in shown
    kinds = [shape.get("class") for shape in found(drawn(shown), "rect")]
    assert kinds == ["plek plek--kracht", "plek plek--zorg"]


def test_a_place_is_a_part_of_a_street_where_most_is_told(table: SimpleNamespace) -> None:
    places = picture_queries.places_of([table.strength, table.bare, table.concern], table.joris)

    # The square of about 100 metres is kept, and the drawing shows no finer place than that.
    assert places == {
        table.strength.pk: pytest.approx((table.middle.x + 0.00012, table.middle.y), abs=0.0015),
        table.concern.pk: pytest.approx((table.middle.x - 0.004, table.middle.y), abs=0.0015),
    }


def test_a_reader_sees_only_places_of_what_they_may_read(client: Client, table: SimpleNamespace) -> None:
    assert picture_queries.places_of([table.strength, table.concern], ring_member(table)) == {}
    assert picture_queries.places_of([table.strength, table.concern], table.noor) == {}
    for evidence in table.strength.claims.get().evidence.all():
        withdraw_story(by=table.joris, story=evidence.story)
    assert set(picture_queries.places_of([table.strength, table.concern], table.samira)) == {table.concern.pk}
    for evidence in table.concern.claims.get().evidence.all():
        claims.withdraw_evidence(by=table.joris, evidence=evidence)
    assert "beeld-kaart" not in page(client, table, table.samira)  # without places no map
