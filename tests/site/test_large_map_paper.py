"""The print of the large map: at each size what the viewer may read, every number explained, letters one can read."""

import io
import math
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from buurtbalans.method.people.models import Person
from buurtbalans.site.largemap.large_map import read_large_map
from buurtbalans.site.largemap.print_drawing import print_bounds
from buurtbalans.site.largemap.print_poster import map_poster
from buurtbalans.site.largemap.query import MapQuery
from buurtbalans.site.papers.poster import POINT, SHEETS, Poster
from tests.method.table import ring_member, story
from tests.site.test_large_map import answer
from tests.site.test_large_map import table as round_on_a_map
from tests.site.test_papers import packed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
table = round_on_a_map
LAYERS = "cijfers,verhalen,gevoelens,voorzieningen,werk,inzet"


def printed(client: Client, table: SimpleNamespace, who: Person, size: str) -> PdfReader:
    client.force_login(who)
    address = reverse("large_map:paper", args=[table.round.slug])
    answer = client.get(address, {"maat": size, "deel": "avond", "lagen": LAYERS})
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="grote-kaart-{table.round.slug}-{size}.pdf"'
    return PdfReader(io.BytesIO(answer.content))


def poster(table: SimpleNamespace, who: Person, size: str = "a3") -> Poster:
    whole = read_large_map(table.round, who, MapQuery.read(table.round.slug, {"deel": "avond", "lagen": LAYERS}))
    assert whole is not None
    return map_poster(whole, SHEETS[size])


def said(poster: Poster) -> list[str]:
    return [told.words for layer in poster.layers for each in layer.numbers for told in each.told]


def letters(made: PdfReader) -> list[float]:
    """Return the size in points of every piece of text, in the words and in the drawing."""
    found: list[float] = []

    def seen(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        if text.strip():
            found.append(size * math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3]))

    for page in made.pages:
        page.extract_text(visitor_text=seen)
    return found


@pytest.mark.parametrize("size", list(SHEETS))
def test_each_size_is_tagged_whole_and_readable(client: Client, table: SimpleNamespace, size: str) -> None:
    made = printed(client, table, table.joris, size)
    box, sheet = made.pages[0].mediabox, SHEETS[size]
    assert [round(float(side) * POINT) for side in (box.width, box.height)] == [sheet.wide, sheet.high]
    assert "/StructTreeRoot" in made.trailer["/Root"]  # type: ignore[operator]
    text = packed("".join(page.extract_text() for page in made.pages))
    shown = poster(table, table.joris, size)
    assert {"Het is hier donker.", "Hier loop ik om.", "Opent het buurthuis."} <= set(said(shown))
    for words in (*said(shown), shown.title, shown.question, *shown.foot, "Verzonnen.", "Alleen voor de kerngroep."):
        assert packed(words) in text, words
    for legend in shown.legends:
        for sample in legend.samples:
            assert packed(f"{sample.words}{sample.count}") in text
    assert min(letters(made)) > 8.95


def test_every_number_on_the_map_stands_in_the_list_once(table: SimpleNamespace) -> None:
    shown = poster(table, table.joris)
    drawn = [int(each) for each in re.findall(r'class="nummer[^"]*"[^>]*>(\d+)<', shown.map.svg)]
    listed = [int(each.number) for layer in shown.layers for each in layer.numbers if each.number]
    assert sorted(drawn) == listed == list(range(1, len(listed) + 1))
    together = next(each for layer in shown.layers for each in layer.numbers if len(each.told) > 1)
    assert {told.words for told in together.told} == {"Het is hier donker.", "Hier loop ik om."}


def test_the_ring_gets_what_it_may_read_and_is_told_for_whom(client: Client, table: SimpleNamespace) -> None:
    huub = ring_member(table)
    shown = poster(table, huub)
    assert set(said(shown)) == {"De markt is fijn.", "Zonder plek."}
    assert "Alleen voor de betrokkenen." in [each.title for each in shown.notices]
    text = packed("".join(page.extract_text() for page in printed(client, table, huub, "a4").pages))
    assert packed("Het is hier donker.") not in text
    client.force_login(table.noor)
    assert client.get(reverse("large_map:paper", args=[table.round.slug])).status_code == 404


def test_what_is_for_ones_own_organisation_can_stay_off_and_nothing_is_cut_off(
    client: Client, table: SimpleNamespace
) -> None:
    home = story(table.joris, table.round, "Alleen van ons.", circle=table.team.circle, **table.east(0.0005))
    assert home.pk
    whole = read_large_map(
        table.round, table.joris, MapQuery.read(table.round.slug, {"deel": "avond", "lagen": LAYERS})
    )
    assert whole is not None
    all_, wider = (map_poster(each, SHEETS["a4"]) for each in (whole, whole.shared))
    assert "Alleen voor uw eigen organisatie." in [each.title for each in all_.notices]
    assert "Alleen voor de kerngroep." in [each.title for each in wider.notices]
    assert set(said(all_)) - set(said(wider)) == {"Alleen van ons."}
    page = answer(client, table, table.joris, "page", deel="avond").content.decode()
    assert "maat=a0&amp;eigen=nee" in page
    made = answer(client, table, table.joris, "paper", deel="avond", eigen="nee").content
    text = packed("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
    assert packed("Alleen van ons.") not in text
    assert packed("Het is hier donker.") in text
    north = whole.ground.bounds[3]
    edge = replace(
        next(mark for mark in whole.marks if mark.place), place=(table.middle.x, north + 0.0006), whole=False
    )
    drawn = print_bounds(replace(whole, marks=(edge,)))
    assert drawn[3] == north + 0.0006
    assert print_bounds(replace(whole, marks=()))[3] == north


def test_a_size_that_is_none_is_not_found(client: Client, table: SimpleNamespace) -> None:
    client.force_login(table.joris)
    assert client.get(reverse("large_map:paper", args=[table.round.slug]), {"maat": "b5"}).status_code == 404
