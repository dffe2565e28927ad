"""A partner's figure on a claim: picked by the core group, frozen as it saw it, veiled for who may not see it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.datasets import actions as datasets
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.evaluation.actions import edit_evaluation, evaluate
from buurtbalans.method.evaluation.queries import later_figures
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.places.models import Neighbourhood, NeighbourhoodPart
from buurtbalans.method.plans.actions.results import agree_result
from buurtbalans.method.rounds.actions import claims
from buurtbalans.method.rounds.models import Claim, Evidence, Round
from buurtbalans.method.rounds.panels import claims_using
from buurtbalans.method.rounds.queries import chain
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import evidence as evidence_queries
from tests.method.deliveries import ANSWERS, CODES, agreed, kept, shared, table
from tests.method.table import opened
from tests.site.people_fixtures import World

CANARY = 654_321
VALUES = {CODES[0]: CANARY, CODES[1]: 1_500, CODES[2]: 4_000, CODES[3]: 3}


@pytest.fixture
def mine(world: World, data: Path) -> Person:
    return world["core_member"]


@pytest.fixture
def round(world: World, mine: Person) -> Round:
    place = Neighbourhood.objects.create(slug="b", name="Buurt", municipality="GM0363", division=2025)
    NeighbourhoodPart.objects.create(neighbourhood=place, code=CODES[0])
    return Round.objects.create(
        slug="r",
        neighbourhood=place,
        occasion="x",
        question="x",
        release="r1",
        core=world.core["own"],
        ring=world.ring["own"],
        started_by=world["process_guide"],
        edited_by=mine,
    )


@pytest.fixture
def claim(round: Round, mine: Person) -> Claim:
    return claims.create_claim(by=mine, round=round, text="Er is meer hulp nodig")


def pick(round: Round, by: Person, claim: Claim) -> Evidence:
    """Lay the one figure of the neighbourhood that was shared on a claim."""
    (offered,) = evidence_queries.offered(round)
    figure = evidence_queries.freeze(round, evidence_queries.shared_figure_key(offered))
    return claims.add_figure(by=by, claim=claim, figure=figure, says="ja")


def laid(claim: Claim, viewer: Person) -> Evidence:
    (evidence,) = claims_queries.claims_of(claim.round, viewer).get(pk=claim.pk).laid
    return evidence


def withdraw(delivery: Delivery, by: Person) -> None:
    delivery.refresh_from_db()
    datasets.withdraw_delivery(by=by, delivery=delivery, version=delivery.version)


def test_the_core_group_lays_a_figure_of_a_delivery_as_it_sees_it(
    world: World, mine: Person, round: Round, claim: Claim
) -> None:
    one = shared(mine, world.core["own"], values=VALUES)
    evidence = pick(round, world["process_guide"], claim)
    figure = evidence.figure
    assert (figure["value"], figure["step"], figure["source"], figure["delivery"]) == (CANARY, 1, one.source, one.pk)
    assert figure["source_line"] == "Woonstede, Hulp bij schulden · 2025 · versie 2"
    row = AuditRow.objects.last()
    assert row is not None
    assert (row.verb, row.detail) == ("rounds.add_figure", {"claim": claim.pk, "delivery": one.pk})
    assert list(claims_using(one, mine)) == [claim]
    assert not claims_using(one, world["member"])  # a colleague outside the core group
    with pytest.raises(ValidationError, match="al toegevoegd"):
        pick(round, mine, claim)


def test_a_figure_of_the_ring_view_is_about(world: World, mine: Person, round: Round, claim: Claim) -> None:
    shared(mine, world.ring["own"], values=VALUES)
    figure = pick(round, mine, claim).figure
    assert (figure["value"], figure["step"]) == (654_320, 5)
    assert "ongeveer 654320" in figure["sentence"]


def test_what_is_not_shared_with_the_core_group_is_not_offered(world: World, mine: Person, round: Round) -> None:
    one = shared(mine, world.core["own"], values=VALUES)
    foreign = shared(world["foreign_core"], world.core["foreign"], values=VALUES)
    assert [each.delivery for each in evidence_queries.offered(round)] == [one]
    assert foreign.pk != one.pk
    withdraw(one, mine)
    assert evidence_queries.offered(round) == []


def test_a_figure_that_is_no_longer_shared_is_refused(world: World, mine: Person, round: Round, claim: Claim) -> None:
    one = shared(mine, world.core["own"], values=VALUES)
    (offered,) = evidence_queries.offered(round)
    key = evidence_queries.shared_figure_key(offered)
    figure = evidence_queries.freeze(round, key)
    withdraw(one, mine)
    with pytest.raises(ValidationError, match="niet meer met u gedeeld"):
        evidence_queries.freeze(round, key)
    with pytest.raises(ValidationError, match="niet meer met u gedeeld"):
        claims.add_figure(by=mine, claim=claim, figure=figure, says="ja")


def test_after_withdrawal_the_claim_keeps_what_was_seen_and_says_so(
    world: World, mine: Person, round: Round, claim: Claim, client: Client
) -> None:
    one = shared(mine, world.core["own"], values=VALUES)
    pick(round, mine, claim)
    withdraw(one, mine)
    evidence = laid(claim, world["process_guide"])
    assert evidence.withdrawn
    assert evidence.told is not None
    assert evidence.told["value"] == CANARY
    client.force_login(world["process_guide"])
    page = client.get(reverse("rounds:claim", args=[round.slug, claim.pk])).content.decode()
    assert "heeft dit cijfer later ingetrokken" in page
    assert str(CANARY) in page


def outsider(world: World) -> Person:
    """Return somebody in the core group who no longer works for an organisation: what those share is not for them."""
    someone = world["process_guide"]
    someone.memberships.filter(role=Role.MEMBER).delete()
    return someone


def everything_of(client: Client, round: Round, claim: Claim) -> str:
    """Return all that the pages of the round say."""
    names: list[tuple[str, list[Any]]] = [
        ("rounds:claim", [round.slug, claim.pk]),
        ("rounds:picture", [round.slug]),
        ("plans:plan", [round.slug]),
    ]
    return "".join(client.get(reverse(name, args=args)).content.decode() for name, args in names)


@pytest.mark.slow
@pytest.mark.parametrize("moved", [False, True])
def test_who_sees_the_claim_but_not_the_delivery_gets_no_value(
    world: World, mine: Person, round: Round, claim: Claim, client: Client, moved: bool
) -> None:
    one = shared(mine, None, values=VALUES)
    evidence = pick(round, mine, claim)
    value = str(evidence.figure["value"])
    viewer = world["process_guide"] if moved else outsider(world)
    if moved:  # the supplier chose another circle since; a colleague in the core group still sees it as its own
        Delivery.objects.filter(pk=one.pk).update(for_all=False, circle=world.core["foreign"])
    seen = laid(claim, viewer)
    assert seen.told is not None
    assert (seen.told["value"], seen.told["absence"], seen.told["sentence"]) == (None, "not_shared", "")
    assert value not in str(chain.chain(round, viewer))
    client.force_login(viewer)
    page = everything_of(client, round, claim)
    assert claim.text in page
    assert value not in page
    assert laid(claim, mine).told == evidence.figure
    client.force_login(mine)
    assert value in everything_of(client, round, claim)


def test_evidence_that_nobody_asked_for_by_viewer_is_veiled(
    world: World, mine: Person, round: Round, claim: Claim
) -> None:
    shared(mine, world.core["own"], values=VALUES)
    told = Evidence.objects.get(pk=pick(round, mine, claim).pk).told
    assert told is not None
    assert told["value"] is None


def test_the_supplier_reads_what_came_of_it(
    world: World, mine: Person, round: Round, claim: Claim, client: Client
) -> None:
    one = shared(mine, world.core["own"], values=VALUES)
    page = reverse("datasets:delivery", args=[one.pk])
    client.force_login(mine)
    assert claim.text not in client.get(page).content.decode()
    pick(round, mine, claim)
    assert claim.text in client.get(page).content.decode()
    client.force_login(world["member"])
    assert claim.text not in client.get(page).content.decode()


def test_sharing_again_gives_the_same_figure_to_the_core_group(
    world: World, mine: Person, round: Round, claim: Claim
) -> None:
    one = shared(mine, world.core["own"], values=VALUES)
    one.refresh_from_db()
    datasets.share(by=mine, delivery=one, circle=None, version=one.version, **ANSWERS)
    assert pick(round, mine, claim).figure["step"] == 1


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_before_and_after_withdrawing_one_reads_what_stays(
    world: World, mine: Person, round: Round, claim: Claim, client: Client
) -> None:
    one = shared(mine, world.core["own"], values=VALUES)
    place = reverse("datasets:delivery", args=[one.pk])
    client.force_login(mine)
    assert "Na intrekken: Andere organisaties kunnen deze cijfers niet meer zien." in words(client.get(place))
    pick(round, mine, claim)
    stays = (
        "Andere organisaties kunnen deze cijfers niet meer kiezen. Bij 1 stelling blijft staan wat de kerngroep al zag."
    )
    assert f"Na intrekken: {stays}" in words(client.get(place))

    answer = client.post(reverse("datasets:withdraw", args=[one.pk]), {"version": one.version}, follow=True)

    assert f"Uw cijfers zijn ingetrokken. {stays}" in words(answer)
    assert "Na intrekken" not in words(answer)


def test_a_supplier_outside_the_round_reads_that_something_stays_and_not_how_much(
    world: World, mine: Person, round: Round, claim: Claim, client: Client
) -> None:
    one = shared(mine, world.core["own"], values=VALUES)
    pick(round, mine, claim)
    client.force_login(world["member"])  # a colleague outside the core group
    answer = client.post(reverse("datasets:withdraw", args=[one.pk]), {"version": one.version}, follow=True)
    assert (
        "Andere organisaties kunnen deze cijfers niet meer kiezen. Wat een kerngroep al zag, kan blijven staan."
        in words(answer)
    )
    assert "1 stelling" not in words(answer)


def test_what_was_never_shared_was_seen_by_nobody_else(mine: Person, client: Client) -> None:
    one = kept(mine)
    client.force_login(mine)
    answer = client.post(reverse("datasets:withdraw", args=[one.pk]), {"version": one.version}, follow=True)
    assert "Uw cijfers zijn ingetrokken. Geen enkele andere organisatie heeft deze cijfers gezien." in words(answer)


def test_a_result_that_began_with_a_shared_figure_is_looked_back_on_with_a_later_one(
    world: World, mine: Person, round: Round, claim: Claim, client: Client
) -> None:
    guide = world["process_guide"]
    shared(mine, world.core["own"], values=VALUES)
    pick(round, mine, claim)
    opened(guide, claim)
    claims.judge(by=guide, claim=claim, verdict="bevestigd", reason="Zo is het.", version=claim.version)
    baseline = laid(claim, guide).figure
    result = agree_result(
        by=mine,
        round=round,
        title="Minder hulp",
        per_what="",
        baseline=baseline,
        target_low=1,
        target_high=9,
        target_year=2027,
        claims=[claim],
    )
    upload = table({CODES[0]: 500, CODES[1]: 1_500})
    for row in upload.rows:
        row[1] = "2026"
    draft = datasets.start_draft(by=mine, upload=upload, title="Hulp bij schulden")
    newer = agreed(datasets.keep(by=mine, draft=draft), world.core["own"])
    assert later_figures(round, result) == []
    newer = datasets.share(by=mine, delivery=newer, circle=world.core["own"], version=newer.version, **ANSWERS)
    ((key, words),) = later_figures(round, result)
    assert words == "2026: hulp: 500 in BU03630001, 2026."
    other = evidence_queries.freeze(round, key) | {"source": "een ander"}
    said = {"outcome": "deels", "reason": "Er is minder vraag.", "next": "doorgaan", "next_text": "We gaan door."}
    with pytest.raises(ValidationError, match="hetzelfde cijfer"):
        evaluate(by=guide, result=result, now=other, **said)
    line = evaluate(by=guide, result=result, now=evidence_queries.freeze(round, key), **said)
    withdraw(newer, mine)
    client.force_login(guide)
    page = reverse("evaluation:edit", args=[round.slug, line.pk])
    given = client.get(page).context["form"].initial
    assert client.post(page, given | said | {"reason": "Beter gezegd.", "voice": ""}).status_code == 302
    line.refresh_from_db()
    assert (line.reason, line.now["value"]) == ("Beter gezegd.", 500)
    with pytest.raises(ValidationError, match="niet meer met u gedeeld"):
        edit_evaluation(by=guide, line=line, version=line.version, now=line.now | {"value": 501}, **said)
