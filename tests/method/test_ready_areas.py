"""Working areas that are ready to begin with: declared once, offered where the boundaries hold them, with a remark."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.release.store import ReleaseStore
from buurtbalans.figures.sources import read_files
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.places.queries import ready_areas, ready_to_begin, remark_on
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries import evidence
from buurtbalans.method.rounds.queries import round as round_queries
from tests.method.table import organisation, person
from tests.shared import shared_data

pytestmark = pytest.mark.django_db
PILOTS = {
    "Rechte H-buurt en Amsterdamse Poort": {"Rechte H-buurt", "Amsterdamse Poort"},
    "Transvaalbuurt": {"Transvaalbuurt West", "Transvaalbuurt Oost"},
    "Slotermeer Zuid": {"Slotermeer Zuid"},
}


@pytest.fixture(scope="module")
def division():
    """The boundaries of Amsterdam in 2019, as the city published them."""
    (found, *_rest), _ = read_areas(shared_data() / "areas/amsterdam-buurten-2019.geojson", year=2019)
    return found


@pytest.fixture(scope="module")
def amsterdam(tmp_path_factory):
    """A data folder with the figures of Amsterdam 2019 published in it."""
    folder = tmp_path_factory.mktemp("amsterdam")
    maps, _ = read_areas(shared_data() / "areas/amsterdam-buurten-2019.geojson", year=2019)
    figures = read_files([shared_data() / "cbs/kwb-2019-amsterdam-rewritten-by-r.csv"])
    store = ReleaseStore(folder / "releases")
    store.publish(store.add([figures], maps, title="Amsterdam 2019"))
    return folder


def test_the_three_pilots_are_declared_with_a_remark_where_one_must_know_something():
    areas = {area.name: area for area in ready_areas()}

    assert set(areas) == set(PILOTS)
    assert "geen eigen gebied" in areas["Slotermeer Zuid"].words
    assert [area.words for area in areas.values() if area.name != "Slotermeer Zuid"] == ["", ""]
    with translation.override("en"):
        assert "no area of their own" in areas["Slotermeer Zuid"].words


def test_every_code_is_the_buurt_of_that_name_in_the_published_boundaries(division):
    for area in ready_areas():
        assert {division[code].name for code in area.codes} == PILOTS[area.name]
        assert {division[code].level for code in area.codes} == {AreaLevel.BUURT}


def test_an_area_is_offered_only_where_its_boundaries_are_published_whole(division):
    codes = [area.code for area in division]

    assert len(ready_to_begin([2019], lambda year: codes)) == 3
    assert ready_to_begin([2022], lambda year: codes) == []
    assert [area.id for area in ready_to_begin([2019], lambda year: ["BU03637700"])] == ["slotermeer-zuid"]


@pytest.mark.slow
def test_a_round_starts_in_a_pilot_on_the_real_figures_and_keeps_the_remark(client, settings, amsterdam):
    settings.DATA = amsterdam
    samira = person("Samira", organisation("Gemeente"))
    client.force_login(samira)
    page = client.get(reverse("rounds:new")).content.decode()
    for name in PILOTS:
        assert name in page
    assert "De Dobbebuurt en de Burgemeestersbuurt hebben in 2019 geen eigen gebied." in page

    for key, question in (
        ("kslotermeer-zuid", "Wie woont hier?"),
        ("kh-buurt-poort", "Wat is er nodig in deze buurt?"),
    ):
        about = {"place": key, "question": question, "occasion": "De pilot.", "scope": "breed"}
        client.post(reverse("rounds:new"), about)

    place = Neighbourhood.objects.get(name="Slotermeer Zuid")
    assert (place.codes, place.division, place.wider) == (["BU03637700"], 2019, "Nieuw-West")
    assert remark_on(place) in client.get(round_queries.round_url(place.rounds.get())).content.decode()
    round = Round.objects.get(question="Wat is er nodig in deze buurt?")
    assert round.neighbourhood.codes == ["BU03639304", "BU03639306"]
    frozen = [evidence.freeze(round, f"population|{code}|2019") for code in round.neighbourhood.codes]
    assert all(figure["value"] > 500 for figure in frozen)
    offered = dict(place for _group, places in round_queries.places_to_start() for place in places)
    assert "ktransvaalbuurt" in offered
    assert "kslotermeer-zuid" not in offered
    assert client.post(reverse("rounds:new"), about | {"place": "konzin"}).status_code == 422
    with pytest.raises(ValidationError):
        evidence.freeze(round, "population|BU03639399|2019")
