"""What people tell stays blurred and, where they ask, without their name: in every page, file, answer, trail and table.

Exact places and a hidden author are put in by the ways that everybody has. The strong proof is that nothing at all
changes when the place in the square, or the author, is another one; the plain one is that the digits are nowhere.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator
from random import Random
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.people import actions as people
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.places.rules import SQUARE, blurred
from buurtbalans.method.stories.actions import review, stories
from buurtbalans.method.stories.models import Feeling, Story
from buurtbalans.method.stories.models.contribution import Contribution
from buurtbalans.site.exports.archive import archive
from buurtbalans.site.largemap.large_map import read_large_map
from buurtbalans.site.largemap.print_poster import map_poster
from buurtbalans.site.largemap.query import MapQuery
from buurtbalans.site.papers.poster import SHEETS
from tests.method.table import person, ring_member
from tests.site.gate_parts import unpacked, words_of
from tests.site.test_large_map import table as round_on_a_map
from tests.site.walk import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once, pytest.mark.usefixtures("bare")]
table = round_on_a_map
ALL: Final = "lagen=cijfers,verhalen,gevoelens,voorzieningen,werk,inzet"
MOST: Final = 4  # pages of one kind that a walk reads
CHANGES: Final = re.compile(r'value="[A-Za-z0-9]{64}"|"token": "[^"]+"|nonce-\S+|\d+')  # tokens, hours, numbers of rows
Place = tuple[float, float]
Said = dict[str, str]


@pytest.fixture
def world(table: SimpleNamespace, waterdam: Release) -> SimpleNamespace:
    """The round of the large map, with somebody of every kind; Joris and Zwaluw do the same work."""
    table.mila = person("Mila", table.team)
    table.zwaluw = person("Zwaluwstaart", table.team)
    people.grant(by=table.samira, person=table.zwaluw, role=Role.CORE_MEMBER, circle=table.round.core)
    for name, role in (("piet", Role.ADMINISTRATOR), ("vera", Role.AUDITOR)):
        about = {"first_name": name, "last_name": "", "organisation": None, "password": None}
        setattr(table, name, people.add_person(by=None, username=name, **about))
        people.grant(by=None, person=getattr(table, name), role=role, circle=None)
    table.huub = ring_member(table)
    table.steward = person("Sten", table.team)
    people.grant(by=None, person=table.steward, role=Role.DATA_STEWARD, circle=table.team.circle)
    return table


def viewers(world: SimpleNamespace) -> dict[str, Person | AnonymousUser]:
    """Return one of each kind that may look at anything."""
    return {
        "author": world.joris,
        "colleague": world.mila,
        "steward": world.steward,
        "guide": world.samira,
        "ring": world.huub,
        "outsider": world.noor,
        "administrator": world.piet,
        "auditor": world.vera,
        "nobody": AnonymousUser(),
    }


def near(world: SimpleNamespace, number: int, seed: int) -> Place:
    """Return an exact place to seven digits, in the same square for every seed."""
    square, chance = blurred(world.middle.x + number * SQUARE[0], world.middle.y), Random(1000 * seed + number)
    east, north = (at + side * chance.uniform(-0.45, 0.45) for at, side in zip(square, SQUARE, strict=True))
    return round(east, 7), round(north, 7)


def tell_all(world: SimpleNamespace, by: Person, seed: int, *, hidden: bool = False) -> list[Place]:
    """Put in stories, feelings and notes of a phone with exact places, as the pages do, then change and share them."""
    places = [near(world, number, seed) for number in range(8)]
    client, slug, core = Client(), world.round.slug, world.round.core
    client.force_login(by)

    def post(name: str, place: Place, args: tuple[Any, ...] = (slug,), **given: Any) -> HttpResponse:
        sent = {"longitude": place[0], "latitude": place[1], **given}
        answer = client.post(reverse(name, args=args), {k: v for k, v in sent.items() if v is not None})
        assert answer.status_code in (201, 302), (name, answer.status_code, answer.content[:3000])
        return answer  # type: ignore[return-value]

    about = {"source": "bewoner", "tone": "zorg", "theme": "anders", "who": "bewoner"}
    about |= {"author_hidden": "on"} if hidden else {}
    for number, circle in enumerate((world.team.circle, core, world.round.ring)):
        post("stories:new", places[number], text=f"Verteld verhaal {number}.", circle=circle.pk, **about)
    if not hidden:  # a note is told under one's own name, as its page says
        note = {"circle": core.pk, "sent_as": str(UUID(int=7)), "seconds_ago": 60}
        post("notes:send", places[3], text="Genoteerd onderweg.", **note, **about)
    feeling = {"mood": "bang", "day_part": "avond", "who": "bewoner"}
    post("feelings:new", places[4], circle=core.pk, **feeling)
    post("feelings:new", places[5], circle=core.pk, reason="Het is hier donker.", **feeling)
    for told in (*Story.objects.filter(author=by), *Feeling.objects.filter(author=by)):
        if told.asked_id:
            review.approve_contribution(by=world.mila, told=told, version=told.version)
    mine = Story.objects.filter(author=by).order_by("pk")
    first, last = mine[0], mine[1]
    post("stories:edit", places[6], (slug, first.pk), text="Verteld verhaal, anders.", version=first.version, **about)
    stories.update_story(
        by=by, story=last, version=last.version, text=last.text, longitude=places[7][0], latitude=places[7][1]
    )
    return places


def starts(world: SimpleNamespace) -> list[str]:
    """Return where a walk begins: the map in every form, what people told and its versions, the trail, the papers."""
    slug = world.round.slug
    page = reverse("large_map:page", args=[slug])
    found = [f"{page}?{ALL}&deel={part}{hall}" for part in ("overdag", "avond") for hall in ("", "&zaal=1")]
    found += [f"{page}gegevens.json?{ALL}&deel={part}" for part in ("overdag", "avond")]
    found += [f"{page}papier.pdf?{ALL}&maat={size}&deel=avond" for size in ("a4", "a0")]
    found += [f"{page}teken/verhaal-{story.pk}/" for story in Story.objects.all()]
    found += [f"{page}teken/gevoel-{feeling.pk}/" for feeling in Feeling.objects.all()]
    found += [f"/tekst/stories.story/{story.pk}/" for story in Story.objects.all()]
    found += [f"/tekst/stories.feeling/{feeling.pk}/" for feeling in Feeling.objects.all()]
    found += [f"/te-bekijken/{story.pk}/" for story in Story.objects.all()]
    found += [reverse(name, args=[slug]) for name in ("stories:list", "feelings:list", "notes:page", "rounds:round")]
    found += [
        f"{reverse('stories:list', args=[slug])}?zoek=verteld",
        "/te-bekijken/",
        "/controle/",
        "/prullenbak/",
        f"/rondes/{slug}/prullenbak/",
        "/api/",
        "/mijn-buurten/",
        "/zoek/?q=Verteld",
    ]
    return found


def read(world: SimpleNamespace, viewer: Person | AnonymousUser, paths: Iterable[str], *, on: bool = False) -> Said:
    """Return all that somebody is answered there: pages, parts, data, papers; with `on` also behind every link."""
    client, said = Client(raise_request_exception=False), {}
    if isinstance(viewer, Person):
        client.force_login(viewer)

    if on:
        Walk(client, lambda visit: said.update({visit.address: visit.words}), most=MOST).follow(paths)
    for path in () if on else paths:
        said[path] = words_of(client.get(path))  # type: ignore[arg-type]
    return said


def packed(world: SimpleNamespace, viewer: Person) -> str:
    """Return the archive of the round as somebody may have it."""
    return "\n".join(unpacked(made) for made in archive(world.round, viewer).values())


def forms(places: Iterable[Place]) -> list[str]:
    """Return the digits that may be nowhere: each exact number to five, six and seven digits, with point or comma."""
    allowed = {f"{number:.5f}" for place in places for number in blurred(*place)}
    exact = {f"{number:.{digits}f}" for place in places for number in place for digits in (5, 6, 7)} - allowed
    return sorted({form for each in exact for form in (each, each.replace(".", ","))})


def kept() -> Iterator[tuple[str, str]]:
    """Yield every value of every table, as text."""
    for model in apps.get_models():
        for row in model._base_manager.values():  # type: ignore[attr-defined]
            yield model._meta.label, json.dumps(row, default=str)


def test_the_exact_digits_are_nowhere(world: SimpleNamespace, caplog: pytest.LogCaptureFixture) -> None:
    nowhere(world, caplog, ("guide", "ring"))


@pytest.mark.long
def test_the_exact_digits_are_nowhere_behind_any_link(world: SimpleNamespace, caplog: pytest.LogCaptureFixture) -> None:
    nowhere(world, caplog, tuple(viewers(world)), on=True)


def nowhere(
    world: SimpleNamespace, caplog: pytest.LogCaptureFixture, who: tuple[str, ...], *, on: bool = False
) -> None:
    """Hold every table, answer, archive and line of the log against the digits of the places that were put in."""
    caplog.set_level(logging.DEBUG)
    before = "\n".join(read(world, world.samira, starts(world), on=on).values())  # borders may have such digits
    never = [form for form in forms(tell_all(world, world.joris, seed=1)) if form not in before]
    assert len(never) > 50
    for model in (each for each in apps.get_models() if issubclass(each, Contribution)):
        for told in model.objects.exclude(longitude=None):  # type: ignore[attr-defined]
            assert told.point == blurred(*told.point), told
    assert [(label, form) for label, text in kept() for form in never if form in text] == []
    for name in who:
        said = read(world, viewers(world)[name], starts(world), on=on)
        assert [(name, path, form) for path, text in said.items() for form in never if form in text] == []
        if name == "guide":
            shown = "\n".join(said.values())
            assert "Genoteerd onderweg." in shown
            assert "Het is hier donker." in shown
    archived = packed(world, world.samira)
    assert "Genoteerd onderweg." in archived
    assert [form for form in never if form in archived or form in caplog.text] == []


def drawn(world: SimpleNamespace, seed: int) -> Said:
    """Return the map in every form it has for the process guide, when the places of this seed were told; then undo."""
    made: Said = {}
    with transaction.atomic():
        tell_all(world, world.joris, seed)
        client = Client()
        client.force_login(world.samira)
        for path in (each for each in starts(world) if "/kaart/" in each and "papier" not in each):
            made[CHANGES.sub("#", path)] = words_of(client.get(path))  # type: ignore[arg-type]
        whole = read_large_map(world.round, world.samira, MapQuery.read(world.round.slug, {"deel": "avond"}))
        assert whole is not None
        for name, sheet in SHEETS.items():
            made[name] = repr(map_poster(whole, sheet))
        for model in (Story, Feeling):
            made["places"] = made.get("places", "") + str(list(model.objects.values_list("longitude", "latitude")))
        transaction.set_rollback(True)
    return made


def test_nothing_changes_with_the_place_in_its_square(world: SimpleNamespace) -> None:
    one, other = drawn(world, seed=1), drawn(world, seed=2)
    assert near(world, 1, 1) != near(world, 1, 2)
    assert one.keys() == other.keys()
    token = re.compile(r'value="[A-Za-z0-9]{64}"')
    differs = [path for path in one if token.sub("", one[path]) != token.sub("", other[path])]
    assert differs == []


def name_shown(world: SimpleNamespace, author: Person, readers: tuple[str, ...]) -> dict[str, list[str]]:
    """Return where others meet the name of Zwaluw when this author told everything without a name; then undo."""
    found = {}
    with transaction.atomic():
        tell_all(world, author, seed=1, hidden=True)
        here = [each for each in starts(world) if "feeling" not in each and "zaal" not in each]
        for who in readers:
            said = read(world, viewers(world)[who], here)
            assert any("Verteld verhaal" in text for text in said.values())
            if who == "guide":
                said["archive"] = packed(world, world.samira)
                assert "Verteld verhaal 1." in said["archive"]
            count = {CHANGES.sub("#", path): text.count("Zwaluwstaart") for path, text in said.items()}
            found[who] = sorted(f"{path}: {times}" for path, times in count.items())
        trail = "\n".join(read(world, world.vera, here).values())
        assert "Verteld verhaal" not in trail  # who watches the trail sees who did something, and no word of it
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("readers", [("guide",), pytest.param(("colleague", "guide", "ring"), marks=pytest.mark.long)])
def test_the_name_of_a_hidden_author_is_shown_nowhere_because_of_what_they_told(
    world: SimpleNamespace, readers: tuple[str, ...]
) -> None:
    assert name_shown(world, world.zwaluw, readers) == name_shown(world, world.joris, readers)
