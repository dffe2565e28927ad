"""Placing with two people: what a decision changed for whom, and what the second person sees, hears and may do."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.method.placements import queries
from buurtbalans.method.placements.actions import decide, import_batch
from buurtbalans.method.placements.models import PlacingAdvice, PlacingDecision
from tests.method.placings import FAR, HERE, placed, placer, tables
from tests.site.people_fixtures import World


@pytest.fixture
def desk(world: World) -> SimpleNamespace:
    """A batch with its first advice, who placed it, and a second person."""
    by = world["placing_officer"]
    batch = placed(by, world["privacy_officer"])
    return SimpleNamespace(batch=batch, by=by, second=placer(world.organisations["woonstede"], "second"), world=world)


def now(desk: SimpleNamespace) -> dict[str, str]:
    return dict(desk.batch.advices.first().proposals)


def decided(desk: SimpleNamespace, household: str, choice: str, home: str = "", reason: str = "") -> PlacingDecision:
    seen = now(desk)[household]
    return decide(
        by=desk.by, batch=desk.batch, household=household, choice=choice, proposed=seen, home=home, reason=reason
    )


def test_a_decision_says_for_whom_the_proposal_changed(desk: SimpleNamespace) -> None:
    first = desk.batch.advices.get()
    assert now(desk) == {"H-1": "W-2", "H-2": "W-3"}
    decided(desk, "H-1", "vastleggen")
    assert queries.changed(desk.batch, first) == "Voor niemand werd het voorstel anders."
    last = desk.batch.advices.first()
    decided(desk, "H-2", "aanhouden")
    assert queries.changed(desk.batch, last) == "", "without a new advice there is nothing to say"
    decided(desk, "H-2", "afwijzen")
    assert queries.changed(desk.batch, last) == "Het voorstel werd anders voor H-2 (nu geen voorstel)."
    assert queries.changed(desk.batch, desk.batch.advices.first()) == ""
    before = PlacingAdvice(number=0, proposals=[["H-1", "W-3"], ["H-3", "W-4"]])
    desk.batch.advices.filter(number__gt=1).delete()
    assert queries.changed(desk.batch, before, "H-2") == (
        f"Het voorstel werd anders voor H-2 (nu wel: {FAR}), H-1 (van {FAR} naar {HERE}), H-3 (nu geen voorstel)."
    )
    before.proposals = [["H-1", "W-1"], ["H-2", "W-3"]]
    assert queries.changed(desk.batch, before) == f"Het voorstel werd anders voor H-1 (een andere woning in {HERE})."


def test_of_many_changes_five_are_named_and_who_it_was_about_comes_first(desk: SimpleNamespace) -> None:
    sent = tables()
    sent["households"] += [(9 + at, [f"H-{5 + at}", *sent["households"][1][1][1:]]) for at in range(4)]
    sent["homes"] += [(9 + at, [f"W-{5 + at}", FAR, "woonstede", "2", "600", "0", ""]) for at in range(4)]
    batch = import_batch(by=desk.by, title="Veel", tables=sent)
    nobody = PlacingAdvice(batch=batch, number=0, proposals=[])
    assert batch.advices.get().placed == 6
    said = queries.changed(batch, nobody, "H-7")
    assert said.startswith("Het voorstel werd anders voor H-7 (nu wel: ")
    assert said.count("H-") == 5
    assert said.endswith(") en nog 1 huishouden.")


@pytest.mark.slow
def test_the_pages_tell_what_changed(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    path = reverse("placements:decide", args=[desk.batch.pk, "H-2", "afwijzen"])
    page = client.post(path, {"proposed": "W-3"}, follow=True).content.decode()
    assert "H-2: woning afgewezen. Het voorstel werd anders voor" in page
    back = reverse("placements:reconsider", args=[desk.batch.pk, queries.decisions_of(desk.batch)[0].pk])
    page = client.post(back, follow=True).content.decode()
    assert "Het besluit over H-2 is weg. Het voorstel werd anders voor H-2 (" in page
