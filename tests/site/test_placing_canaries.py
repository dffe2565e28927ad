"""A word of its own in everything that is typed or sent in placing: it is read by who places, and by nobody else."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from buurtbalans.method.people.models import Person
from buurtbalans.method.placements.models import PlacingAdvice, PlacingBatch, PlacingDecision, PlacingSwitch
from tests.site.content_fixtures import Content
from tests.site.gate_parts import words_of

OF_BATCH = {
    "batch",
    "note",
    "pinch",
    "room",
    "what_if",
    "replay",
    "log",
    "compare",
    "asking",
    "paper",
    "close",
    "remove",
    "week",
    "work",
}
NARROW = ("decision", "review", "plan")  # only for who places
WIDE = ("title", "switch")  # also for colleagues, and the title for corporations with homes in the batch
CORPORATION = {"own": "foreign_guide", "foreign": "foreign_guide"}  # of haven-wonen, with homes in both


@pytest.fixture
def marked(content: Content) -> SimpleNamespace:
    """Both batches with a canary in every text, each for its own side."""
    for side in ("own", "foreign"):
        batch = batch_of(content, side)
        PlacingBatch.objects.filter(pk=batch.pk).update(title=word(side, "title"))
        PlacingSwitch.objects.filter(organisation=batch.organisation).update(reason=word(side, "switch"))
        PlacingAdvice.objects.filter(batch=batch).update(reason=word(side, "plan"))
        PlacingDecision.objects.filter(batch=batch).update(
            reason=word(side, "decision"), review=word(side, "review"), agreed=False, reviewed_by=batch.by
        )
    return SimpleNamespace(content=content)


def batch_of(content: Content, side: str) -> PlacingBatch:
    batch: PlacingBatch = PlacingBatch.objects.get(pk=content.args["batch"][side][0])
    return batch


def word(side: str, kind: str) -> str:
    return f"kanarie-{side}-{kind}."


def pages(content: Content) -> Iterator[str]:
    """Yield every address of placing that is read, of both batches."""
    yield from (reverse(f"placements:{name}") for name in ("list", "switch", "new", "template"))
    for side in ("own", "foreign"):
        batch, decision = content.args["batch"][side], content.args["batch_decision"][side]
        yield from (reverse(f"placements:{name}", args=batch) for name in OF_BATCH)
        yield reverse("placements:review", args=decision)
        yield reverse("placements:choose_plan", args=content.args["batch_plan"][side])
        for household in ("H-1", "H-2"):
            yield reverse("placements:batch", args=batch) + f"?huishouden={household}&alle=1"
            yield reverse("placements:decide", args=[*batch, household, "anders"])


def read(client: Client, content: Content, viewer: Person) -> str:
    client.force_login(viewer)
    return "\n".join(words_of(client.get(path)) for path in pages(content))


def test_every_page_of_a_batch_is_walked() -> None:
    names = {
        name
        for name, found in get_resolver().namespace_dict["placements"][1].reverse_dict.items()
        if isinstance(name, str) and any("pk" in params for _path, params in found[0])
    }
    done = {"reopen", "reconsider", "renew_room", "restore_room", "follow_week", "reconsider_week"}  # nothing to read
    assert names - done == OF_BATCH | {"review", "decide", "choose_plan"}


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.django_db
def test_nobody_reads_the_placing_of_another_organisation(marked: SimpleNamespace, client: Client) -> None:
    content = marked.content
    homes = {side: batch_of(content, side).organisation for side in ("own", "foreign")}
    for name, viewer in content.world.people.items():
        said = read(client, content, viewer)
        for side, home in homes.items():
            mine = viewer.organisation == home
            places = mine and name == "placing_officer"
            assert all((word(side, kind) in said) <= places for kind in NARROW), f"{name} reads what {side} decided"
            if not mine and name != CORPORATION[side]:
                assert not any(word(side, kind) in said for kind in WIDE), f"{name} reads of {side}"
            assert mine or word(side, "switch") not in said
        if name != "placing_officer":
            assert "H-3" not in said, f"{name} reads of a household"  # no address names it


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.django_db
def test_who_places_reads_every_canary_so_that_the_walk_can_fail(marked: SimpleNamespace, client: Client) -> None:
    said = read(client, marked.content, marked.content.world["placing_officer"])
    assert [kind for kind in (*NARROW, *WIDE) if word("own", kind) not in said] == []
    assert "H-3" in said
