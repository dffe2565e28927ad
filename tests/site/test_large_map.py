"""The large map of a round: what is on it for whom, the same in the drawing, the list, the legend and the data."""

import re
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.people.models import Person
from buurtbalans.method.places.models import NeighbourhoodPart
from buurtbalans.method.places.rules import blurred
from buurtbalans.method.stories.actions.feelings import create_feeling
from buurtbalans.method.stories.models import Story
from tests.method.table import agreed_effort, agreed_result, judged_claim, lay_table, ring_member, story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def table(waterdam: Release) -> SimpleNamespace:
    """A round about two buurten of the town, with stories for several circles and an effort."""
    laid = lay_table()
    division = waterdam.division(2025)
    buurten = sorted(division.of_level(AreaLevel.BUURT), key=lambda area: area.code)[:2]
    laid.round.neighbourhood.parts.all().delete()
    for area in buurten:
        NeighbourhoodPart.objects.create(neighbourhood=laid.round.neighbourhood, code=area.code)
    city = next(iter(division.of_level(AreaLevel.GEMEENTE))).code
    type(laid.place).objects.update(division=2025, municipality=city)
    type(laid.round).objects.update(release=waterdam.id)
    laid.round.refresh_from_db()
    laid.codes = [area.code for area in buurten]
    laid.middle = buurten[0].geometry.representative_point()  # type: ignore[union-attr]
    laid.east = lambda by: {"longitude": laid.middle.x + by, "latitude": laid.middle.y}
    laid.dark = story(laid.joris, laid.round, "Het is hier donker.", tone="zorg", time_of_day="avond", **laid.east(0))
    laid.near = story(laid.joris, laid.round, "Hier loop ik om.", tone="zorg", **laid.east(0.0001))
    laid.open = story(laid.joris, laid.round, "De markt is fijn.", tone="kracht", circle=laid.round.ring)
    Story.objects.filter(pk=laid.open.pk).update(area=laid.codes[1])
    laid.loose = story(laid.joris, laid.round, "Zonder plek.", circle=laid.round.ring)
    result = agreed_result(laid, judged_claim(laid))
    laid.effort = agreed_effort(laid, result, **laid.east(0.003))
    return laid


def answer(client: Client, table: SimpleNamespace, who: Person, page: str = "data", **query: str) -> Any:
    client.force_login(who)
    return client.get(reverse(f"large_map:{page}", args=[table.round.slug]), query)


def keys(data: dict[str, Any]) -> set[str]:
    return {feature["properties"]["key"] for feature in data["marks"]["features"]}


def test_everybody_gets_what_their_circles_may_read(client: Client, table: SimpleNamespace) -> None:
    huub = ring_member(table)
    core = keys(answer(client, table, table.joris, deel="avond", lagen="verhalen,inzet").json())
    ring = keys(answer(client, table, huub, deel="avond", lagen="verhalen,inzet").json())
    assert core == {
        *(f"verhaal-{each.pk}" for each in (table.dark, table.near, table.open)),
        f"inzet-{table.effort.pk}",
    }
    assert ring == {f"verhaal-{table.open.pk}"}
    assert answer(client, table, table.noor).status_code == 404
    by_day = keys(answer(client, table, table.joris, lagen="verhalen").json())
    assert f"verhaal-{table.dark.pk}" not in by_day
    assert f"verhaal-{table.near.pk}" in by_day


def test_the_map_has_the_feelings_of_their_page(client: Client, table: SimpleNamespace) -> None:
    own = {"by": table.joris, "circle": table.joris.organisation.circle, "voice": uuid4(), "who": "bewoner"}
    felt = create_feeling(
        neighbourhood=table.round.neighbourhood, mood="blij", day_part="overdag", **table.east(0), **own
    )
    key = f"gevoel-{felt.pk}"
    assert key in keys(answer(client, table, table.joris, lagen="gevoelens").json())
    page = client.get(reverse("feelings:list", args=[table.round.slug])).content.decode()
    assert f'id="{key}"' in page
    chosen = client.get(reverse("large_map:mark", args=[table.round.slug, key])).content.decode()
    assert "Alleen mijn organisatie ziet dit" in chosen
    assert not re.search("uitspraak|stelling", chosen)  # it would tell the core group
    assert key not in keys(answer(client, table, table.samira, lagen="gevoelens").json())


def test_the_data_is_private_and_no_finer_than_promised(client: Client, table: SimpleNamespace) -> None:
    found = answer(client, table, table.joris, deel="avond")
    assert found["Cache-Control"] == "private, no-store"
    data = found.json()
    places = {each["properties"]["key"]: each["geometry"]["coordinates"] for each in data["marks"]["features"]}
    promised = list(blurred(table.middle.x, table.middle.y))
    assert places[f"verhaal-{table.dark.pk}"] == places[f"verhaal-{table.near.pk}"] == promised
    here = {each["properties"]["code"] for each in data["areas"]["features"] if each["properties"]["here"]}
    assert here == set(table.codes)
    assert all(each["properties"]["fill"] for each in data["areas"]["features"])
