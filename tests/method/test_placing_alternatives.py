"""Another home is chosen from those that can be, the best fit first; of the rest it says how many cannot and why."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.method.placements.actions.batches import import_batch
from buurtbalans.method.placements.queries import advice
from buurtbalans.method.placements.queries import choosing as choosing_queries
from buurtbalans.placing.explain import why_not
from tests.method.placings import FAR, HERE, decided, now, seated, tables
from tests.site.people_fixtures import World


@pytest.fixture
def desk(world: World) -> SimpleNamespace:
    """A batch with its first advice, who placed it, and a second person."""
    return seated(world)


def choosing(desk: SimpleNamespace, household: str) -> choosing_queries.Choosing:
    return choosing_queries.choosing(advice.advised(desk.batch, desk.batch.advices.first()), household)


def test_only_homes_that_can_be_the_best_fit_first_and_the_rest_by_reason(desk: SimpleNamespace) -> None:
    assert now(desk) == {"H-1": "W-2", "H-2": "W-3"}
    told = choosing(desk, "H-2")
    assert dict(told.homes) == {
        "W-1": f"{HERE}: past heel goed · nog vrij, maar het gebied heeft geen plaatsingsruimte meer · "
        "Woonstede · 2 kamers · €\xa0600 (W-1)",
        "W-2": f"{HERE}: past heel goed · voorgesteld aan een ander huishouden · Haven-Wonen · 2 kamers · €\xa0610 (W-2)",
    }  # what is proposed is no choice
    assert told.homes[0][0] == "W-1"
    assert told.cannot == (("te veel kamers", 1),)
    assert told.moving
    alone = dict(choosing(desk, "H-1").homes)
    assert "nog vrij · Woonstede" in alone["W-1"], "who lives there in the advice makes its own room"
    assert "voorgesteld aan een ander huishouden" in alone["W-3"]
    none = choosing(desk, "H-3")
    assert not none.moving
    assert (none.homes, none.cannot, none.out) == ((), (("te weinig kamers", 4),), 4)


def test_what_lies_fast_for_another_cannot_be_and_what_was_rejected_still_can(desk: SimpleNamespace) -> None:
    decided(desk, "H-1", "vastleggen")
    decided(desk, "H-2", "afwijzen")
    told = choosing(desk, "H-2")
    assert "W-3" in dict(told.homes)
    assert "W-2" not in dict(told.homes)
    assert told.cannot == (("te veel kamers", 1), ("de toewijzing van deze woning of dit huishouden staat al vast", 1))


def test_each_home_stands_once_as_the_engine_says_it(desk: SimpleNamespace) -> None:
    sent = tables()
    sent["households"][2][1][4] = "605"
    sent["households"][2][1][9] = FAR
    batch = import_batch(by=desk.by, title="Krap", tables=sent)
    made = advice.advised(batch, batch.advices.get())
    for one, household in enumerate(made.case.households.ids):
        told, mine = choosing_queries.choosing(made, household), dict(batch.advices.get().proposals).get(household)
        out = [home for at, home in enumerate(made.case.homes.ids) if why_not(made, one, at).reasons]
        assert set(dict(told.homes)) == set(made.case.homes.ids) - set(out) - {mine}
        assert told.out == len(out)


@pytest.mark.slow
def test_the_page_chooses_from_them_and_refuses_another(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    path = reverse("placements:decide", args=[desk.batch.pk, "H-2", "anders"])
    page = client.get(path, {"woning": "W-2"}).content.decode()
    assert '<option value="W-2" selected>' in page
    assert 'value="W-4"' not in page
    assert "1 woning is niet mogelijk" in page
    assert "Te veel kamers: 1" in page
    assert "Een ander huishouden kan een ander voorstel krijgen." in page
    assert f"{reverse('placements:batch', args=[desk.batch.pk])}?huishouden=H-2#voorstel" in page
    for home in ("W-4", "W-3", "W-9"):
        answer = client.post(path, {"proposed": "W-3", "home": home, "reason": "Dicht bij school."})
        assert answer.status_code == 422
        assert "Deze woning is niet mogelijk of is al voorgesteld aan dit huishouden." in answer.content.decode()
    assert not desk.batch.decisions.exists()
    client.post(path, {"proposed": "W-3", "home": "W-1", "reason": "Dicht bij school."})
    assert desk.batch.decisions.get().home == "W-1"
    none = client.get(reverse("placements:decide", args=[desk.batch.pk, "H-3", "anders"])).content.decode()
    assert "Voor dit huishouden is geen andere woning mogelijk." in none
    assert "4 woningen zijn niet mogelijk" in none
