"""The page of the large map: the list, the legend and the drawing say the same, and every mark leads to a claim."""

import math
import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from shapely import Point

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.places.actions import add_landmark
from buurtbalans.method.places.models import Landmark
from buurtbalans.method.places.rules import blurred
from buurtbalans.method.rounds.models import Claim
from buurtbalans.method.stories.models import Story
from buurtbalans.site.largemap.draw import base_layers, map_projection, room_of, stacks_of
from buurtbalans.site.largemap.large_map import read_large_map
from buurtbalans.site.largemap.query import MapQuery
from buurtbalans.site.largemap.work_labels import work_labels
from tests.method.table import ring_member, story
from tests.site.test_large_map import answer, table

__all__ = ["table"]  # the fixture
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
ALL = "cijfers,verhalen,gevoelens,voorzieningen,werk,inzet"
QUAY = {"type": "LineString", "coordinates": [[5.2, 52.2], [5.201, 52.201]]}


def test_list_legend_and_drawing_have_the_same_marks(client: Client, table: SimpleNamespace) -> None:
    add_landmark(
        by=table.joris, neighbourhood=table.round.neighbourhood, kind="werk", name="Kade", source="x", shape=QUAY
    )
    page = answer(client, table, table.joris, "page", deel="avond", lagen=ALL).content.decode()
    drawing = page[page.index('<svg class="kaart kaart--groot') :]
    drawing = drawing[: drawing.index("</svg>\n")] if "</svg>\n" in drawing else drawing
    stacks = re.findall(r'<a class="speld"[^>]*data-kies="([^"]+)"', drawing)
    numbers = [int(n) for n in re.findall(r'class="stapel-getal[^>]*>(\d+)<', drawing)]
    drawn = len(stacks) - len(numbers) + sum(numbers)
    listed = re.findall(
        r'<li><a href="[^"]+" data-kies="((?:verhaal|inzet|werk)-\d+)"', page[page.index('id="lijst"') :]
    )
    legend = [int(n) for n in re.findall(r'<span class="aantal">(\d+)</span></li>', page[page.index("gk-soorten") :])]
    without = page.count('class="lijst-los"')
    assert drawn == sum(legend) == len(listed) - without == 5
    assert f"verhaal-{table.loose.pk}" in listed
    assert "Kade" in drawing


def test_what_stands_exactly_stays_where_it_is(client: Client, table: SimpleNamespace) -> None:
    at = {"type": "Point", "coordinates": list(blurred(table.middle.x, table.middle.y))}
    spoel = add_landmark(
        by=table.joris, neighbourhood=table.round.neighbourhood, kind="school", name="De Spoel", source="x", shape=at
    )

    def lies(key: str, **query: str) -> tuple[float, float]:
        page = answer(client, table, table.joris, "page", **query).content.decode()
        found = re.search(rf'data-kies="{key}"[^>]*translate\(([\d.]+) ([\d.]+)\)', page)
        assert found is not None
        return float(found[1]), float(found[2])

    key = f"voorziening-{spoel.pk}"
    alone = lies(key, lagen="voorzieningen")
    assert lies(key, lagen=ALL) == lies(key, lagen=ALL, deel="avond") == alone
    assert lies(key, lagen=ALL, zaal="1") == alone
    story = lies('stapel-verhalen-[^"]+', lagen=ALL, deel="avond")
    assert math.dist(story, alone) > 20


def test_in_the_hall_a_layer_that_is_off_can_come_back(client: Client, table: SimpleNamespace) -> None:
    page = answer(client, table, table.joris, "page", zaal="1", lagen="inzet", gebied=table.codes[0]).content.decode()
    back = re.search(r'class="gk-laag" href="([^"]+)"><span[^>]*></span><span[^>]*><b>Verhalen', page)
    assert back is not None
    assert "verhalen" in back[1]
    assert f"gebied={table.codes[0]}" in back[1]
    assert "alleen in de lijst" not in page
    assert "alleen in de lijst" in answer(client, table, table.joris, "page").content.decode()


def test_names_and_those_of_works_stand_beside_marks(client: Client, table: SimpleNamespace) -> None:
    add_landmark(
        by=table.joris, neighbourhood=table.round.neighbourhood, kind="werk", name="Kade", source="x", shape=QUAY
    )
    whole = read_large_map(table.round, table.joris, MapQuery.read(table.round.slug, {"lagen": ALL, "deel": "avond"}))
    assert whole is not None
    projection = map_projection(whole.ground)
    stacks = stacks_of(whole, projection)
    rooms = {each.key: room_of(each) for each in stacks}
    ((_drawn, room),) = work_labels(stacks, rooms, projection, 1.0).values()
    assert not any(room.intersects(each) for each in rooms.values())
    svg = base_layers(whole, projection, stacks, beside=[room])
    names = re.findall(r'<text class="[^"]*" x="(\d+)" y="(\d+)">', svg[svg.index('class="namen"') :])
    feet = [Point(float(x), float(y)) for x, y in names]
    assert feet
    assert not any(each.contains(foot) for each in (room, *rooms.values()) for foot in feet)


def test_a_stack_opens_as_a_list_and_a_mark_shows_its_claim(client: Client, table: SimpleNamespace) -> None:
    page = answer(client, table, table.joris, "page", deel="avond").content.decode()
    (stack,) = set(re.findall(r'data-kies="(stapel-verhalen-vraag-\d+-\d+)"', page))
    part = client.get(reverse("large_map:mark", args=[table.round.slug, stack]), {"deel": "avond"}).content.decode()
    assert "2 bij elkaar" in part
    assert {f"verhaal-{table.dark.pk}", f"verhaal-{table.near.pk}"} == set(re.findall(r"verhaal-\d+", part))
    told = Story.objects.get(evidence__isnull=False)
    part = client.get(reverse("large_map:mark", args=[table.round.slug, f"verhaal-{told.pk}"])).content.decode()
    assert "Hoort bij stelling 1:" in part
    assert told.author.username not in part


def test_an_area_shows_all_that_is_known_of_it(client: Client, table: SimpleNamespace) -> None:
    page = answer(client, table, table.joris, "page", gebied=table.codes[1], lagen=ALL).content.decode()
    beside = page[page.index('id="gekozen"') : page.index("gk-soorten")]
    assert "De markt is fijn." in beside
    assert "Hier loop ik om." not in beside
    assert "Cijfers over deze buurt" in beside
    assert f"/kaart/uitspraak/gebied-{table.codes[1]}/" in beside


def test_the_drawing_takes_no_more_questions_for_more_marks(client: Client, table: SimpleNamespace) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert answer(client, table, table.joris, "page", deel="avond", lagen=ALL).status_code == 200
        return len(seen)

    asked()
    few = asked()
    for east in range(5):
        story(table.joris, table.round, "Nog een verhaal.", **table.east(east / 500))
        add_landmark(
            by=table.joris,
            neighbourhood=table.round.neighbourhood,
            kind="school",
            name="x",
            source="x",
            shape={"type": "Point", "coordinates": [5.2, 52.2]},
        )
    assert asked() == few


def claim(client: Client, table: SimpleNamespace, key: str, **sent: str) -> Claim | None:
    client.force_login(table.joris)
    before = set(Claim.objects.values_list("pk", flat=True))
    answer = client.post(reverse("large_map:claim", args=[table.round.slug, key]), sent)
    assert answer.status_code in (302, 422), answer.status_code
    return Claim.objects.exclude(pk__in=before).first()


def test_a_story_a_figure_and_works_become_a_claim(client: Client, table: SimpleNamespace) -> None:
    made = claim(client, table, f"verhaal-{table.dark.pk}", text="Het is te donker", says="ja")
    assert made is not None
    assert [each.story for each in made.evidence.all()] == [table.dark]
    made = claim(client, table, f"gebied-{table.codes[0]}", text="Mensen voelen zich thuis", says="nee")
    assert made is not None
    (evidence,) = made.evidence.all()
    assert (evidence.figure["area"], evidence.says) == (table.codes[0], "nee")
    works = add_landmark(
        by=table.joris, neighbourhood=table.round.neighbourhood, kind="werk", name="Kade", source="x", shape=QUAY
    )
    page = client.get(reverse("large_map:claim", args=[table.round.slug, f"werk-{works.pk}"])).content.decode()
    assert "Kade heeft grote gevolgen voor de buurt" in page
    assert claim(client, table, f"werk-{works.pk}", text="De kade gaat dicht") is not None
    assert claim(client, table, f"werk-{works.pk}", text="") is None


CSV = "naam;soort;lon;lat\nDe Spoel;ontmoeten;5.2;52.2\nKade;geplande werkzaamheden;5.201;52.201\n"


def test_a_file_is_seen_first_and_taken_back_at_once(client: Client, table: SimpleNamespace) -> None:
    client.force_login(table.joris)
    page, source = reverse("large_map:import_landmarks", args=[table.round.slug]), "lijst van de gemeente"
    wrong = SimpleUploadedFile("x.csv", b"naam;soort;lon;lat\n;school;5.2;52.2\nX;iets;9;52\n")
    refused = client.post(page, {"file": wrong, "source": source})
    assert refused.status_code == 422
    assert refused.content.decode().count("<li><b>Rij") == 3
    seen = client.post(page, {"file": SimpleUploadedFile("x.csv", CSV.encode()), "source": source})
    assert seen.status_code == 200
    assert Landmark.objects.count() == 0
    done = client.post(page, {"text": CSV, "source": source, "zet": "1"}, follow=True)
    assert list(Landmark.objects.values_list("name", "source")) == [("De Spoel", source), ("Kade", source)]
    undo = re.search(r'action="([^"]+bestand/\d+-\d+/weg/)"', done.content.decode())
    assert undo is not None
    client.post(undo[1])
    assert Landmark.objects.active().count() == 0
    assert list(AuditRow.objects.order_by("-sequence").values_list("verb", flat=True)[:2]) == [
        "places.withdraw_landmarks",
        "places.import_landmarks",
    ]
    client.force_login(ring_member(table))
    assert client.post(page, {"text": CSV, "source": source, "zet": "1"}).status_code == 403
