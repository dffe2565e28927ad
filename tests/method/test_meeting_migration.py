"""A round that was begun before there were meetings keeps its next time as a meeting, once, and can go back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps.registry import Apps

from tests.method.walking import back_at, moved

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
BEFORE = [("people", "0004_texts"), ("rounds", "0005_meetings_and_ends")]
AFTER = [("rounds", "0007_round_without_next")]
WHEN = datetime(2026, 3, 12, 13, 30, tzinfo=UTC)
LATER = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def old() -> Iterator[Apps]:
    """The models as they were."""
    with back_at(BEFORE) as apps:
        yield apps


@pytest.fixture
def begin(old: Apps) -> Any:
    """Begin a round as it was, with what it said of its next time."""
    person = old.get_model("people", "Person").objects.create(username="x")
    public = old.get_model("people", "Circle").objects.get(kind="public")

    def make(slug: str, **fields: Any) -> Any:
        place = old.get_model("places", "Neighbourhood").objects.create(
            slug=slug, name=slug, municipality="GM0001", division=2025
        )
        circles = {
            kind: old.get_model("people", "Circle").objects.create(kind=kind, name=slug, within=public)
            for kind in ("core", "ring")
        }
        return old.get_model("rounds", "Round").objects.create(
            slug=slug,
            neighbourhood=place,
            occasion="x",
            question="x",
            release="r1",
            started_by=person,
            edited_by=person,
            **circles,
            **fields,
        )

    return make


def meetings(apps: Apps) -> list[tuple[str, datetime | None, str, list[int], str]]:
    rows = apps.get_model("rounds", "Meeting").objects.order_by("round__slug", "pk").select_related("edited_by")
    return [(row.round.slug, row.at, row.what, row.steps, row.edited_by.username) for row in rows]


def test_a_next_time_becomes_a_meeting_about_the_steps_that_are_busy(old: Apps, begin: Any) -> None:
    step = old.get_model("rounds", "RoundStep").objects.create
    whole = begin("a-heel", next_at=WHEN, next_what="Uitspraken toetsen")
    for number, state in ((3, "nu"), (1, "klaar"), (2, "nu"), (4, "straks")):
        step(round=whole, number=number, state=state)
    begin("b-zonder-woorden", next_at=WHEN)
    begin("c-zonder-dag", next_what="Prikken we nog")
    begin("d-niets")
    known = begin("e-staat-er-al", next_at=WHEN, next_what="Duiden")
    old.get_model("rounds", "Meeting").objects.create(
        round=known, at=WHEN, what="Duiden", steps=[4], edited_by=known.edited_by
    )

    new = moved(AFTER)

    assert meetings(new) == [
        ("a-heel", WHEN, "Uitspraken toetsen", [2, 3], "x"),
        ("b-zonder-woorden", WHEN, "Bijeenkomst", [], "x"),
        ("c-zonder-dag", None, "Prikken we nog", [], "x"),
        ("e-staat-er-al", WHEN, "Duiden", [4], "x"),
    ]
    assert not hasattr(new.get_model("rounds", "Round").objects.first(), "next_at")


def test_going_back_keeps_the_first_meeting_to_come_and_forward_again_makes_none_twice(old: Apps, begin: Any) -> None:
    begin("a", next_at=LATER, next_what="Duiden")
    begin("b")
    new = moved(AFTER)
    round = new.get_model("rounds", "Round").objects.get(slug="a")
    meet = new.get_model("rounds", "Meeting").objects.create
    about = {"round": round, "steps": [1], "edited_by": round.edited_by}
    meet(at=WHEN, what="Al geweest", notes="Wij spraken af.", **about)
    before = meetings(new)

    back = moved(BEFORE)

    found = back.get_model("rounds", "Round").objects.order_by("slug")
    assert [(each.next_at, each.next_what) for each in found] == [(LATER, "Duiden"), (None, "")]
    assert meetings(moved(AFTER)) == before
