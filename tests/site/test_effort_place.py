"""The place of an effort: typed or chosen on a map, kept inside the working area, shown among who does what."""

from types import SimpleNamespace
from typing import Any

import pytest
import shapely
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.inside import lies_in
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.release.frozen import Release
from buurtbalans.figures.release.store import ReleaseStore
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.places.forms import PlaceField
from buurtbalans.method.places.models import NeighbourhoodPart
from buurtbalans.method.plans.actions import efforts
from buurtbalans.method.plans.models import Effort
from buurtbalans.method.plans.queries import presence as presence_queries
from buurtbalans.method.rounds.actions.claims import create_claim
from buurtbalans.site.pages import plan_maps
from tests.method.table import agreed_effort, agreed_result, lay_table
from tests.site.written_places import PLACE, READ, REFUSED

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def table(waterdam: Release) -> SimpleNamespace:
    """A round about two neighbouring buurten of the town, with one effort."""
    laid = lay_table()
    laid.division = waterdam.division(2025)
    buurten = sorted(laid.division.of_level(AreaLevel.BUURT), key=lambda area: area.code)
    laid.one, laid.two, laid.far = (area.code for area in buurten[:3])
    laid.round.neighbourhood.parts.all().delete()
    for code in (laid.one, laid.two):
        NeighbourhoodPart.objects.create(neighbourhood=laid.round.neighbourhood, code=code)
    city = next(iter(laid.division.of_level(AreaLevel.GEMEENTE))).code
    type(laid.place).objects.update(division=2025, municipality=city)
    type(laid.round).objects.update(release=waterdam.id)
    laid.round.refresh_from_db()
    laid.round.neighbourhood.refresh_from_db()
    claim = create_claim(by=laid.joris, round=laid.round, text="Het plein voelt leeg")
    laid.effort = agreed_effort(laid, agreed_result(laid, claim))
    return laid


def inside(table: SimpleNamespace, code: str) -> tuple[float, float]:
    point = table.division[code].geometry.representative_point()
    return round(point.x, 5), round(point.y, 5)


def typed(place: tuple[float, float]) -> str:
    return f"{place[1]:.5f}, {place[0]:.5f}"


def sent(client: Client, table: SimpleNamespace, place: str, area: str = "") -> Any:
    """Send the form of the effort as somebody of its organisation."""
    client.force_login(table.joris)
    given = {
        "version": Effort.objects.get().version,
        "what": "Opent het buurthuis.",
        "first_sign": "20 bezoekers",
        "place": place,
        "area": area,
    }
    return client.post(reverse("plans:edit_effort", args=[table.round.slug, table.effort.pk]), given)


def test_a_place_that_was_typed_stands_in_the_form_and_on_the_map(client: Client, table: SimpleNamespace) -> None:
    place = inside(table, table.two)
    assert sent(client, table, typed(place)).status_code == 302
    assert Effort.objects.get().place == place
    row = AuditRow.objects.last()
    assert row is not None
    assert (row.verb, "latitude" in row.detail["fields"]) == ("plans.edit_effort", True)
    page = client.get(reverse("plans:edit_effort", args=[table.round.slug, table.effort.pk])).content.decode()
    assert f'value="{typed(place)}"' in page
    assert "<plek-kiezer>" in page
    (line,) = presence_queries.presence(table.joris, presence_queries.PresenceFilter()).lines
    assert line.point == place
    assert "geen vaste plek" not in client.get(reverse("presence")).content.decode()
    assert sent(client, table, "").status_code == 302
    assert Effort.objects.get().place is None


def test_a_place_outside_is_refused_with_what_to_do(client: Client, table: SimpleNamespace) -> None:
    for area, words in (("", "buiten het werkgebied"), (table.one, "buiten de gekozen buurt")):
        far = inside(table, table.two if area else table.far)
        answer = sent(client, table, typed(far), area)
        assert answer.status_code == 422
        assert f"Deze plek is {words}" in answer.content.decode()
        assert typed(far) in answer.content.decode()  # what was typed stays
    assert Effort.objects.get().place is None
    longitude, latitude = inside(table, table.far)
    with pytest.raises(ValidationError, match="buiten het werkgebied"):
        agreed_effort(table, table.effort.result, longitude=longitude, latitude=latitude)
    longitude, latitude = inside(table, table.two)
    efforts.edit_effort(by=table.joris, effort=table.effort, version=1, longitude=longitude, latitude=latitude)
    with pytest.raises(ValidationError, match="buiten de gekozen buurt"):
        efforts.edit_effort(by=table.joris, effort=table.effort, version=2, area=table.one)


def test_the_borders_are_those_of_the_pinned_release_in_the_year_of_the_neighbourhood(
    client: Client, table: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_store: ReleaseStore) -> Release:
        raise Refused([])

    years = []
    monkeypatch.setattr(ReleaseStore, "current", damaged)  # what is published now is not what the round rests on
    monkeypatch.setattr(plan_maps, "draw_place", lambda borders, *_args, **_more: years.append(borders.year) or "")
    type(table.place).objects.update(division=2019)
    assert sent(client, table, typed(inside(table, table.far))).status_code == 422
    assert sent(client, table, typed(inside(table, table.two))).status_code == 302
    assert set(years) == {2019}


@pytest.mark.parametrize(("division", "release"), [(1995, ""), (2025, "weg")])
def test_without_a_map_any_place_will_do(client: Client, table: SimpleNamespace, division: int, release: str) -> None:
    type(table.place).objects.update(division=division)
    type(table.round).objects.update(release=release or table.round.release)
    assert sent(client, table, typed(inside(table, table.far)), table.two).status_code == 302
    assert Effort.objects.get().area == table.two


def test_a_new_effort_has_a_map_and_takes_a_place(client: Client, table: SimpleNamespace) -> None:
    client.force_login(table.joris)
    new = reverse("plans:new_effort", args=[table.round.slug, table.effort.result_id])
    page = client.get(new).content.decode()
    assert "data-east-per-pixel" in page
    assert f'<option value="{table.two}">' in page
    place = inside(table, table.one)
    given = {
        "organisation": table.team.pk,
        "what": "Belt iedereen.",
        "first_sign": "x",
        "since": "2026-01-01",
        "claims": table.effort.claims.get().pk,
        "area": table.one,
        "place": typed(place),
    }
    assert client.post(new, given).status_code == 302
    assert Effort.objects.get(what="Belt iedereen.").place == place


@pytest.mark.parametrize("text", READ)
def test_two_numbers_are_a_place_however_one_writes_them(text: str) -> None:
    assert PlaceField().clean(text) == PLACE


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_not(text: str) -> None:
    with pytest.raises(forms.ValidationError, match="Vul de breedtegraad en lengtegraad in"):
        PlaceField().clean(text)


def test_the_edge_belongs_to_an_area_and_an_unknown_border_says_nothing(waterdam: Release) -> None:
    division = waterdam.division(2025)
    area = next(iter(division.of_level(AreaLevel.BUURT)))
    on_edge = shapely.get_coordinates(area.geometry)[0]
    assert lies_in(division, [area.code], tuple(on_edge)) is True
    assert lies_in(division, [area.code], (4.0, 51.0)) is False
    assert lies_in(division, ["BU00000000"], (4.0, 51.0)) is None


def test_pixels_of_the_map_are_degrees(client: Client, table: SimpleNamespace) -> None:
    place = inside(table, table.one)
    sent(client, table, typed(place))
    page = client.get(reverse("plans:edit_effort", args=[table.round.slug, table.effort.pk])).content.decode()

    def number(name: str) -> float:
        return float(page.split(f'{name}="')[1].split('"')[0])

    shown = page[page.index("plek--te-kiezen") :]
    x, y = (float(shown.split(f'{name}="')[1].split('"')[0]) for name in ("cx", "cy"))
    longitude = number("data-west") + x * number("data-east-per-pixel")
    latitude = number("data-north") - y * number("data-south-per-pixel")
    assert (longitude, latitude) == pytest.approx(place, abs=0.00002)
