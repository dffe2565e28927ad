"""Plans beside each other: people choose which one the advice follows, and it can be made again."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.placements.actions.advice import choose_plan
from buurtbalans.method.placements.actions.batches import close, erase_batches, import_batch, switch
from buurtbalans.method.placements.actions.deciding import decide
from buurtbalans.method.placements.models import APPEAL
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import bottlenecks, cache
from buurtbalans.method.placements.queries import plans as plans_queries
from buurtbalans.method.placements.queries import proposals as page_queries
from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.explain import Move, WhyNot
from buurtbalans.placing.frontier import plans
from tests.method.placings import FAR, HERE, Tables, tables
from tests.site.people_fixtures import World

WHY = "De buurt vroeg om rust."


def crowded(many: int = 6) -> Tables:
    """Return a batch in which all want to live where there is room for three and are four homes; more costs nothing."""
    sent = tables()
    sent["households"] = sent["households"][:1]
    sent["households"] += [
        (at, [f"H-{at}", "", "1", "3", "800", "0", "", "3", "40", "", HERE]) for at in range(2, 2 + many)
    ]
    sent["homes"] = sent["homes"][:1]
    where = [HERE] * 4 + [FAR] * 6
    sent["homes"] += [
        (at, [f"W-{at}", area, "woonstede", "2", "600", "0", ""]) for at, area in enumerate(where, start=2)
    ]
    sent["areas"][2][1][2] = "3"
    return sent | {"settings": [(1, ["name", "value"]), (2, ["spread.costs", "0;0;0;0"])]}


@pytest.fixture
def desk(world: World) -> SimpleNamespace:
    """A batch in which the best comes above what was agreed in one area."""
    switch(by=world["privacy_officer"], on=True, reason="De DPIA is klaar.")
    by = world["placing_officer"]
    return SimpleNamespace(batch=import_batch(by=by, title="Druk", tables=crowded()), by=by, world=world)


def here(desk: SimpleNamespace) -> int:
    homes = dict(cells[:2] for _line, cells in crowded()["homes"])
    return sum(homes[home] == HERE for _household, home in desk.batch.advices.first().proposals)


def test_plans_are_the_ones_of_the_engine_and_have_words(desk: SimpleNamespace) -> None:
    advice = desk.batch.advices.get()
    made = advice_queries.advised(desk.batch, advice)
    lines = {line.name: line for line in plans_queries.compared(made, advice_queries.plans_of(desk.batch, advice))}
    assert list(lines) == [plan.name for plan in plans(made)]
    assert set(lines) <= set(plans_queries.PLANS)
    best, spread = lines["best"], lines["lowest_overload"]
    assert (best.placed, best.moves, len(best.above), best.worst) == (6, 0, 1, "hooguit 33 procent erboven")
    assert (spread.placed, spread.moves, len(spread.above), spread.worst) == (6, 1, 0, "niet boven de plaatsingsruimte")


def test_the_advice_follows_the_plan_that_people_chose(desk: SimpleNamespace) -> None:
    assert here(desk) == 4
    made = choose_plan(by=desk.by, batch=desk.batch, plan="lowest_overload", reason=f" {WHY} ")
    assert (made.number, made.plan, made.reason, here(desk)) == (2, "lowest_overload", WHY, 3)
    row = AuditRow.objects.latest("sequence")
    assert (row.verb, row.detail) == ("placements.choose_plan", {"number": 2, "plan": "lowest_overload"})
    cache.forget()
    assert advice_queries.seal_of(advice_queries.again(desk.batch, made)) == made.seal
    choose_plan(by=desk.by, batch=desk.batch, plan="best", reason="Toch niet.")
    assert here(desk) == 4
    made = choose_plan(by=desk.by, batch=desk.batch, plan="lowest_overload", reason=WHY)
    household, home = made.proposals[0]
    decide(by=desk.by, batch=desk.batch, household=household, choice="geweigerd", proposed=home)
    after = desk.batch.advices.first()
    assert (after.number, after.plan, after.reason, here(desk)) == (5, "lowest_overload", WHY, 3)
    cache.forget()
    assert advice_queries.seal_of(advice_queries.again(desk.batch, after)) == after.seal


def test_what_is_no_choice_is_refused(desk: SimpleNamespace) -> None:
    for plan, reason, words in (
        ("best", WHY, "gebruikt deze variant al"),
        ("within_headroom", WHY, "niet beschikbaar"),
        ("luck", WHY, "niet beschikbaar"),
        ("lowest_overload", " ", "Schrijf op waarom"),
        ("lowest_overload", "Bel 06-12345678", "Haal dat weg"),
    ):
        with pytest.raises(ValidationError, match=words):
            choose_plan(by=desk.by, batch=desk.batch, plan=plan, reason=reason)
    with pytest.raises(PermissionDenied):
        choose_plan(by=desk.world["member"], batch=desk.batch, plan="lowest_overload", reason=WHY)
    closed = close(by=desk.by, batch=desk.batch)
    with pytest.raises(ValidationError, match="afgerond"):
        choose_plan(by=desk.by, batch=desk.batch, plan="lowest_overload", reason=WHY)
    erase_batches(by=None, now=closed.closed_at + APPEAL)
    assert set(desk.batch.advices.values_list("reason", flat=True)) == {""}


def test_why_not_is_told_from_the_plan_that_holds(desk: SimpleNamespace) -> None:
    homes = dict(cells[:2] for _line, cells in crowded()["homes"])
    advice = choose_plan(by=desk.by, batch=desk.batch, plan="lowest_overload", reason=WHY)
    made = advice_queries.advised(desk.batch, advice)
    away = next(household for household, home in advice.proposals if homes[home] == FAR)
    free = next(home for home in homes if homes[home] == HERE and home not in dict(advice.proposals).values())
    pair = made.case.households.ids.index(away), made.case.homes.ids.index(free)
    told = page_queries.why(made, advice_queries.explained(desk.batch, advice, made, *pair))
    assert told["reasons"] == []
    assert len(told["moves"]) == 1, "who would have to leave the area, so that it stays within what was agreed"
    assert not told["over"]


@pytest.mark.slow
def test_under_a_chosen_plan_the_page_says_that_it_is_made_anew(desk: SimpleNamespace, client: Client) -> None:
    homes = dict(cells[:2] for _line, cells in crowded()["homes"])
    client.force_login(desk.by)
    page = reverse("placements:batch", args=[desk.batch.pk])
    for plan, anew in (("best", False), ("lowest_overload", True)):
        if plan != "best":
            choose_plan(by=desk.by, batch=desk.batch, plan=plan, reason=WHY)
        proposed = dict(desk.batch.advices.first().proposals)
        away = next(household for household, home in proposed.items() if homes[home] == FAR)
        taken = next(home for home in proposed.values() if homes[home] == HERE)
        told = client.get(f"{page}?huishouden={away}&waarom={taken}").content.decode()
        assert " aan H-" in told
        assert ("Het advies wordt dan opnieuw berekend, met deze woning erin." in told) == anew


def test_of_many_who_would_move_five_are_named_and_who_loses_a_home_comes_first(desk: SimpleNamespace) -> None:
    batch = import_batch(by=desk.by, title="Drukker", tables=crowded(8))
    made = advice_queries.advised(batch, batch.advices.get())
    home, inside = made.outcome.home.tolist(), {area: [] for area in made.case.homes.area.tolist()}
    for at, area in enumerate(made.case.homes.area.tolist()):
        inside[area].append(at)
    moves = [Move(one, home[one], inside[int(made.case.homes.area[home[one]])][0]) for one in range(1, 7)]
    told = page_queries.why(made, WhyNot(0, home[7], (), (), price=1, moves=(*moves, Move(7, home[7], NO_INDEX))))
    assert (len(told["moves"]), told["others"]) == (5, 2)
    assert told["moves"][0][0] == made.case.households.ids[7]
    assert told["moves"][0][2] == ""
    words = render_to_string("placements/moves.html", {"moves": told["moves"], "others": told["others"]})
    assert words.count("krijgt dan een voorstel voor een andere woning in") == 4
    assert "krijgt dan een ander voorstel" not in words
    assert "Voor nog 2 huishoudens verandert het voorstel ook." in words


@pytest.mark.slow
def test_the_pages_compare_and_choose(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    page, path = (
        reverse("placements:compare", args=[desk.batch.pk]),
        reverse("placements:choose_plan", args=[desk.batch.pk, "lowest_overload"]),
    )
    told = client.get(page).content.decode()
    assert "6 van 6" in told
    assert path in told
    assert client.post(path, {"reason": ""}).status_code == 422
    done = client.post(path, {"reason": WHY}, follow=True).content.decode()
    assert "Het advies volgt nu deze variant. De besluiten die u al hebt genomen, blijven staan." in done
    told = [client.get(reverse("placements:batch", args=[desk.batch.pk])).content.decode() for _look in range(2)]
    assert [one.count("Het voorstel is gewijzigd voor H-") for one in (done, *told)] == [1, 1, 1]
    assert "Plaatsingsruimte eerst" in done
    assert WHY in client.get(page).content.decode()
    assert client.get(reverse("placements:choose_plan", args=[desk.batch.pk, "luck"])).status_code == 404


@pytest.mark.slow
def test_plans_that_give_the_same_advice_say_so(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    lines = plans_queries.compared(
        advice_queries.advised(desk.batch, desk.batch.advices.get()),
        advice_queries.plans_of(desk.batch, desk.batch.advices.get()),
    )
    assert [line.same for line in lines][:2] == ["", ""]
    calm = import_batch(by=desk.by, title="Rustig", tables=tables())
    told = plans_queries.compared(
        advice_queries.advised(calm, calm.advices.get()), advice_queries.plans_of(calm, calm.advices.get())
    )
    same = [line for line in told if not line.moves and line.name != "best"]
    assert same
    assert all(line.same == "Beste totaal" for line in same)
    page = client.get(reverse("placements:compare", args=[calm.pk])).content.decode()
    assert page.count("Deze variant geeft nu hetzelfde advies als “Beste totaal”.") == len(same)
    for line in told[1:]:
        path = reverse("placements:choose_plan", args=[calm.pk, line.name])
        assert (path in page) == (not line.same)


def agreed() -> Tables:
    """Return a batch with homes in one area only, more than its room, a share that needs them, and three groups."""
    sent = crowded()
    for at, (_line, cells) in enumerate(sent["households"][1:]):
        cells[1] = ["g1", "g2", ""][at % 3]
    for _line, cells in sent["homes"][1:]:
        cells[1] = HERE
    return sent | {
        "corporations": [(1, ["code", "minimum"]), (2, ["woonstede", "4"])],
        "groups": [(1, ["code", "minimum", "maximum", "load"]), (2, ["g1", "", "", ""]), (3, ["g2", "9", "", ""])],
    }


def test_all_that_is_agreed_counts_and_a_plan_says_what_it_misses_more(desk: SimpleNamespace, client: Client) -> None:
    batch = import_batch(by=desk.by, title="Afgesproken", tables=agreed())
    made, found = (
        advice_queries.advised(batch, batch.advices.get()),
        advice_queries.plans_of(batch, batch.advices.get()),
    )
    lines = {line.name: line for line in plans_queries.compared(made, found)}
    best, within = lines["best"], lines["within_headroom"]
    assert (best.placed, within.placed) == (4, 3)
    assert best.missed == len(bottlenecks.pinching(made)["slacks"]) == 1, "the group of nine"
    assert (best.misses, within.missed) == ([], 2)
    assert within.misses[-1] == (
        "Corporatie woonstede: 3 woningen, 1 onder het minimum van 4. Er zijn nog 7 woningen van deze corporatie vrij."
    )
    assert {line.least for line in lines.values()} <= {"g1", "g2", "zonder groep"}
    client.force_login(desk.by)
    page = client.get(reverse("placements:compare", args=[batch.pk])).content.decode()
    assert f"<small>{within.misses[-1]}</small>" in page
    assert f"<small>{best.least}</small>" in page


@pytest.mark.slow
def test_who_chose_the_plan_and_why_stands_at_the_advice_in_the_log_and_on_paper(
    desk: SimpleNamespace, client: Client
) -> None:
    client.force_login(desk.by)
    pages = [reverse(f"placements:{name}", args=[desk.batch.pk]) for name in ("batch", "compare", "log", "paper")]
    assert not any("heeft deze variant gekozen" in client.get(page).content.decode() for page in pages)
    choose_plan(by=desk.by, batch=desk.batch, plan="lowest_overload", reason=WHY)
    household, home = desk.batch.advices.first().proposals[0]
    decide(by=desk.by, batch=desk.batch, household=household, choice="geweigerd", proposed=home)
    assert [(one.number, title) for one, title in plans_queries.chosen_plans(desk.batch)] == [
        (2, "Plaatsingsruimte eerst")
    ]
    for page in pages:
        assert WHY in client.get(page).content.decode()
    assert "heeft “Plaatsingsruimte eerst” gekozen" in client.get(pages[2]).content.decode()
