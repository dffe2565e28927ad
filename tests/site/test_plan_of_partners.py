"""A partner's figure as the baseline of a result: chosen in the form, and veiled for who may not see it, everywhere."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.evaluation.actions import evaluate
from buurtbalans.method.evaluation.queries import method_chain
from buurtbalans.method.people.models import Person
from buurtbalans.method.places.models import Neighbourhood, NeighbourhoodPart
from buurtbalans.method.plans.actions.versions import agree_plan
from buurtbalans.method.plans.models import Result
from buurtbalans.method.rounds.actions import claims
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.queries import evidence
from tests.method.deliveries import shared
from tests.site.people_fixtures import World

pytestmark = pytest.mark.slow

CANARY = 654_321


@pytest.fixture
def values(waterdam: Release) -> dict[str, int]:
    """What a partner counted in four buurten of the town."""
    buurten = [area.code for area in waterdam.division(2025).of_level(AreaLevel.BUURT)]
    return dict(zip(buurten, (CANARY, 1_500, 4_000, 3), strict=False))


@pytest.fixture
def mine(world: World) -> Person:
    return world["core_member"]


@pytest.fixture
def round(world: World, mine: Person, waterdam: Release, values: dict[str, int]) -> Round:
    city = next(iter(waterdam.division(2025).of_level(AreaLevel.GEMEENTE))).code
    place = Neighbourhood.objects.create(slug="b", name="Buurt", municipality=city, division=2025)
    NeighbourhoodPart.objects.create(neighbourhood=place, code=next(iter(values)))
    return Round.objects.create(
        slug="r",
        neighbourhood=place,
        occasion="x",
        question="x",
        release=waterdam.id,
        core=world.core["own"],
        ring=world.ring["own"],
        started_by=world["process_guide"],
        edited_by=mine,
    )


@pytest.fixture
def claim(round: Round, mine: Person) -> Claim:
    return claims.create_claim(by=mine, round=round, text="Er is meer hulp nodig")


def answered(client: Client, round: Round, claim: Claim, figure: str, year: int = 2027) -> Any:
    """Fill in the form of a new result that is measured with a figure."""
    given = {
        "title": "Minder schulden",
        "figure": figure,
        "per_what": "mensen",
        "target_low": 1,
        "target_high": 2,
        "target_year": year,
        "claims": claim.pk,
    }
    return client.post(reverse("plans:new_result", args=[round.slug]), given)


def begun(client: Client, round: Round, claim: Claim, by: Person) -> Result:
    """Agree a result that is measured with the figure that was shared, a plan and an evaluation with it."""
    (offered,) = evidence.offered(round)
    client.force_login(by)
    assert answered(client, round, claim, evidence.shared_figure_key(offered)).status_code == 302
    result: Result = Result.objects.get()
    agree_plan(by=round.started_by, round=round)
    evaluate(
        by=by,
        result=result,
        outcome="onbekend",
        now=result.baseline,
        reason="Te vroeg.",
        next="doorgaan",
        next_text="Wacht.",
    )
    return result


def pages(client: Client, round: Round, viewer: Person) -> str:
    """Return all that the pages of a plan and its evaluation say to somebody."""
    client.force_login(viewer)
    found = ["plans:plan", "plans:version", "evaluation:lines"]
    addresses = [reverse(name, args=[round.slug, *([1] if name == "plans:version" else [])]) for name in found]
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * 3
    return "".join(answer.content.decode() for answer in answers)


def test_a_result_is_measured_with_what_a_partner_shared(
    world: World, mine: Person, round: Round, claim: Claim, client: Client, values: dict[str, int]
) -> None:
    one = shared(mine, world.core["own"], values=values)
    (offered,) = evidence.offered(round)
    client.force_login(mine)
    early = answered(client, round, claim, evidence.shared_figure_key(offered), year=2025)
    assert early.status_code == 422
    assert "kies een later jaar" in early.content.decode()

    result = begun(client, round, claim, mine)

    assert (result.baseline["delivery"], result.baseline["value"]) == (one.pk, CANARY)
    assert str(CANARY) in pages(client, round, mine)


def test_what_was_taken_back_is_no_baseline(
    world: World, mine: Person, round: Round, claim: Claim, client: Client, values: dict[str, int]
) -> None:
    one = shared(mine, world.core["own"], values=values)
    (offered,) = evidence.offered(round)
    Delivery.objects.filter(pk=one.pk).update(state="ingetrokken")
    client.force_login(mine)

    assert answered(client, round, claim, evidence.shared_figure_key(offered)).status_code == 422
    assert not Result.objects.exists()


def test_the_ring_sees_no_plan_at_all(
    world: World, mine: Person, round: Round, claim: Claim, client: Client, values: dict[str, int]
) -> None:
    shared(mine, world.ring["own"], values=values)
    begun(client, round, claim, mine)
    for who in ("ring_member", "reader"):
        client.force_login(world[who])
        for name in ("plans:plan", "evaluation:lines"):
            said = client.get(reverse(name, args=[round.slug])).content.decode()
            assert "Minder schulden" not in said
            assert str(CANARY)[:5] not in said
        assert "654" not in str(method_chain(round, world[who])["results"])


@pytest.mark.parametrize("how", ["ended", "moved"])
def test_who_is_in_the_core_group_but_may_not_see_the_delivery_reads_no_value(
    world: World, mine: Person, round: Round, claim: Claim, client: Client, values: dict[str, int], how: str
) -> None:
    one = shared(mine, world.core["own"], values=values)
    begun(client, round, claim, mine)
    viewer = world["process_guide"]
    assert str(CANARY) in pages(client, round, viewer)
    if how == "ended":  # the agreement of the round no longer holds
        one.terms.all().delete()
    else:  # the supplier chose another circle since
        Delivery.objects.filter(pk=one.pk).update(circle=world.core["foreign"])

    said = pages(client, round, viewer)

    assert "Minder schulden" in said
    assert "omdat de eigenaar het niet met u deelt" in said
    assert str(CANARY) not in said
    assert str(CANARY) not in str(method_chain(round, viewer))
    client.force_login(viewer)
    edit = reverse("evaluation:edit", args=[round.slug, Result.objects.get().evaluation.pk])
    assert str(CANARY) not in client.get(edit).content.decode()
    assert str(CANARY) in pages(client, round, mine)
