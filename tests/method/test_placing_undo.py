"""What was decided in placing can be taken back, a closed list opens again, and a household may choose itself."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.placements.actions.batches import close, erase_batches, import_batch, reopen
from buurtbalans.method.placements.actions.deciding import reconsider, review
from buurtbalans.method.placements.models import APPEAL, OPEN_MOST, PlacingBatch
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import batches, offers
from buurtbalans.method.placements.queries import proposals as page_queries
from tests.method.placings import FAR, HERE, decided, now, seated, tables
from tests.site.people_fixtures import World


@pytest.fixture
def desk(world: World) -> SimpleNamespace:
    """A batch with its first advice, who placed it, and a second person."""
    return seated(world)


@pytest.mark.parametrize("choice", ["overnemen", "aanhouden", "geweigerd", "vastleggen", "afwijzen"])
def test_a_decision_that_is_taken_back_leaves_all_as_it_was(desk: SimpleNamespace, choice: str) -> None:
    before, seal = now(desk), desk.batch.advices.first().seal
    made = decided(desk, "H-1", choice)
    advices = desk.batch.advices.count()
    reconsider(by=desk.second, decision=made)
    assert now(desk) == before
    assert desk.batch.advices.first().seal == seal, "prices and all, byte for byte"
    assert desk.batch.advices.first().locks == desk.batch.advices.first().rejections == []
    assert desk.batch.advices.count() == advices * 2 - 1, "a new advice only where the decision had made one"
    assert batches.standing(batches.decisions_of(desk.batch)) == {}
    kept = batches.decisions_of(desk.batch)
    assert [(one.choice, one.undone_by) for one in kept] == [(choice, desk.second)]
    row = AuditRow.objects.filter(verb="placements.reconsider").get()
    assert row.detail == {"choice": choice}
    with pytest.raises(ValidationError, match="een besluit genomen"):
        reconsider(by=desk.by, decision=made)


def test_another_home_is_taken_back_before_and_after_the_second_person(desk: SimpleNamespace) -> None:
    before = now(desk)
    wanted = next(home for home in ("W-1", "W-2", "W-3") if home not in before.values())
    made = decided(desk, "H-2", "anders", wanted, "Dicht bij school.")
    reconsider(by=desk.by, decision=made)
    assert batches.pending(batches.decisions_of(desk.batch)) == []
    with pytest.raises(ValidationError, match="al nagekeken"):
        review(by=desk.second, decision=made, agreed=True, review="goed")
    made = decided(desk, "H-2", "anders", wanted, "Dicht bij school.")
    review(by=desk.second, decision=made, agreed=True, review="Ik zie dat ook zo.")
    assert now(desk)["H-2"] == wanted
    with pytest.raises(ValidationError, match="Twee personen hebben dit besloten"):
        reconsider(by=desk.by, decision=made)
    back = decided(desk, "H-2", "anders", before["H-2"], "Toch niet.")
    review(by=desk.second, decision=back, agreed=True, review="Goed.")
    assert now(desk) == before


def test_only_the_last_decision_is_taken_back_by_who_places_while_the_list_is_open(desk: SimpleNamespace) -> None:
    first = decided(desk, "H-1", "aanhouden")
    last = decided(desk, "H-1", "overnemen")
    with pytest.raises(ValidationError, match="een besluit genomen"):
        reconsider(by=desk.by, decision=first)
    with pytest.raises(PermissionDenied):
        reconsider(by=desk.world["member"], decision=last)
    close(by=desk.by, batch=desk.batch)
    with pytest.raises(ValidationError, match="afgerond"):
        reconsider(by=desk.by, decision=last)
    reopen(by=desk.second, batch=desk.batch)
    reconsider(by=desk.by, decision=last)
    assert batches.standing(batches.decisions_of(desk.batch))["H-1"] == first


def test_a_closed_list_opens_again_until_it_is_erased(desk: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="niet afgerond"):
        reopen(by=desk.by, batch=desk.batch)
    closed = close(by=desk.by, batch=desk.batch)
    with pytest.raises(PermissionDenied):
        reopen(by=desk.world["member"], batch=desk.batch)
    assert reopen(by=desk.by, batch=desk.batch).closed_at is None
    assert AuditRow.objects.latest("sequence").verb == "placements.reopen"
    closed = close(by=desk.by, batch=desk.batch)
    PlacingBatch.objects.update(at=timezone.now() - OPEN_MOST)
    with pytest.raises(ValidationError, match="te oud"):
        reopen(by=desk.by, batch=desk.batch)
    erase_batches(by=None, now=closed.closed_at + APPEAL)
    with pytest.raises(ValidationError, match="niet afgerond"):
        reopen(by=desk.by, batch=desk.batch)


def test_a_household_chooses_from_the_homes_that_nobody_else_gets(desk: SimpleNamespace) -> None:
    sent = tables()
    sent["homes"] += [(9 + at, [f"W-{5 + at}", FAR, "woonstede", "2", "600", "0", ""]) for at in range(3)]
    desk.batch = import_batch(by=desk.by, title="Keuze", tables=sent)
    advice = advice_queries.advised(desk.batch, desk.batch.advices.get())
    offered, other = offers.offers(advice, "H-1"), now(desk)["H-2"]
    assert len(offered) == 2, "three homes with the proposal"
    assert [one.area for one in offered] == [HERE, FAR], "the best first; where it moves from, there is room for it"
    assert {one.area for one in offers.offers(advice, "H-2")} == {FAR}, "there is no room for one more in the other"
    for home in (other, now(desk)["H-1"], "W-4", "W-9"):
        with pytest.raises(ValidationError, match="niet meer kiezen"):
            decided(desk, "H-1", "koos", home)
    made = decided(desk, "H-1", "koos", offered[0].id)
    assert (made.counts, made.settles, made.waits) == (True, True, False)
    assert now(desk)["H-1"] == offered[0].id
    assert now(desk)["H-2"] == other
    made = advice_queries.advised(desk.batch, desk.batch.advices.first())
    standing = batches.standing(batches.decisions_of(desk.batch))
    owned = [page_queries.homes_of(made, owner, standing) for owner in ("woonstede", "haven-wonen")]
    assert {box.id: state for homes in owned for box, state in homes}[offered[0].id] == "besloten"
    assert offers.offers(made, "H-1") == []
    assert offers.offers(advice_queries.advised(desk.batch, desk.batch.advices.first()), "H-3") == []


@pytest.mark.slow
def test_the_pages_take_back_and_open_again(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    page = reverse("placements:batch", args=[desk.batch.pk])
    path = reverse("placements:decide", args=[desk.batch.pk, "H-1", "overnemen"])
    done = client.post(path, {"proposed": now(desk)["H-1"]}, follow=True).content.decode()
    back = reverse("placements:reconsider", args=[desk.batch.pk, batches.decisions_of(desk.batch)[0].pk])
    assert back in done
    assert back in client.get(page, {"huishouden": "H-1"}).content.decode()
    assert "Het besluit over H-1 is ongedaan gemaakt." in client.post(back, follow=True).content.decode()
    assert "Een ander heeft intussen een besluit genomen." in client.post(back, follow=True).content.decode()
    assert "ongedaan gemaakt door" in client.get(reverse("placements:log", args=[desk.batch.pk])).content.decode()
    reopened = reverse("placements:reopen", args=[desk.batch.pk])
    closing = reverse("placements:close", args=[desk.batch.pk])
    asked = client.post(closing, follow=True).content.decode()
    assert "Over 2 huishoudens met een voorstel is nog geen besluit genomen." in asked
    decided(desk, "H-1", "overnemen")
    asked = client.post(closing, {"left": "2"}, follow=True).content.decode()
    assert "Over 1 huishouden met een voorstel is nog geen besluit genomen." in asked, (
        "what was seen is not so any more"
    )
    assert PlacingBatch.objects.get().closed_at is None
    closed = client.post(closing, {"left": "1"}, follow=True).content.decode()
    assert reopened in closed
    assert "Voorstel overnemen" not in closed
    assert (
        "De plaatsingsronde is heropend, dus u kunt weer beslissen."
        in client.post(reopened, follow=True).content.decode()
    )
    assert "Deze plaatsingsronde is nog niet afgerond." in client.post(reopened, follow=True).content.decode()


def test_what_waits_for_a_second_person_is_not_decided(desk: SimpleNamespace) -> None:
    assert batches.undecided(desk.batch) == ["H-1", "H-2"]
    decided(desk, "H-1", "overnemen")
    wanted = next(home for home in ("W-1", "W-2", "W-3") if home not in now(desk).values())
    made = decided(desk, "H-2", "anders", wanted, "Dicht bij school.")
    assert batches.undecided(desk.batch) == ["H-2"]
    review(by=desk.second, decision=made, agreed=True, review="Ik zie dat ook zo.")
    assert batches.undecided(desk.batch) == []
