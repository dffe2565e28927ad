"""Why not this home: the price is what a locked solve says, the moves are its moves, and what helps does help."""

import json
from pathlib import Path

import numpy as np
import pytest

from buurtbalans.placing import explainer
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.case import NO_INDEX, Case, read_case
from buurtbalans.placing.explain import Move, apart_from_shown, group_prices, said, what_helps, why_not
from buurtbalans.placing.explainer import Explainer
from buurtbalans.placing.pairs import Reason, Wishes
from buurtbalans.placing.report import prices
from buurtbalans.placing.solve import advise
from tests.placing.cases import invented, written
from tests.placing.test_place import place


def case_of(folder: Path, seed: int, households: int, homes: int) -> Case:
    """Return an invented case, read from its files."""
    return read_case(written(folder / "case", invented(seed, households, homes)))


def possible(advice: Advice) -> list[tuple[int, int]]:
    """Return all pairs that are possible and not advised."""
    pairs = zip(advice.pairs.household.tolist(), advice.pairs.home.tolist(), strict=True)
    return [(household, home) for household, home in pairs if advice.outcome.home[household] != home]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_the_price_and_the_moves_are_those_of_a_locked_solve(tmp_path: Path, seed: int) -> None:
    case = case_of(tmp_path, seed, 40, [30, 50][seed % 2])
    advice = advise(case)
    chance = np.random.default_rng(seed)
    asked = possible(advice)
    for at in chance.choice(len(asked), 25, replace=False):
        pair = asked[at]
        locked = advise(case, Wishes(locks=frozenset([pair])))
        why = why_not(advice, *pair)
        if locked.outcome.components["above_ceiling"]:
            assert why.price is None
            continue
        assert why.at_least is not None
        assert why.price == advice.outcome.objective - locked.outcome.objective
        assert 0 <= why.at_least <= why.price
        before, after = advice.outcome.home, locked.outcome.home
        assert why.moves == tuple(
            Move(one, int(before[one]), int(after[one])) for one in np.flatnonzero(before != after).tolist()
        )


@pytest.mark.slow
def test_a_pair_that_cannot_be_says_all_its_reasons(tmp_path: Path) -> None:
    tables = invented(3, 8, 8)
    tables["households.csv"][0] |= {"rooms_min": 9, "rooms_max": "", "rent_max": 1}
    case = read_case(written(tmp_path / "case", tables))
    advice = advise(case)
    why = why_not(advice, 0, 0)
    assert {Reason.ROOMS_FEW, Reason.RENT} <= set(why.reasons)
    assert "te weinig kamers; de huur is te hoog" in next(said(advice, why))
    rejected = advise(case, Wishes(rejections=frozenset([possible(advice)[0]])))
    assert why_not(rejected, *possible(advice)[0]).reasons == (Reason.REJECTED,)


@pytest.mark.slow
def test_the_points_of_a_home_add_up_to_those_that_were_counted(tmp_path: Path) -> None:
    advice = advise(case_of(tmp_path, 5, 30, 30))
    assert len(advice.pairs.home) > 100
    for at in range(0, len(advice.pairs.home), 7):
        why = why_not(advice, int(advice.pairs.household[at]), int(advice.pairs.home[at]))
        assert sum(part.points for part in why.parts) == advice.pairs.fit[at] <= 1_000
        assert all(part.why for part in why.parts)


@pytest.mark.slow
def test_what_helps_opens_as_many_homes_as_it_says(tmp_path: Path) -> None:
    tables = invented(7, 6, 30)
    tables["households.csv"][0] |= dict.fromkeys(tables["households.csv"][0], "") | {"id": "H00000", "rent_max": 500}
    advice = advise(read_case(written(tmp_path / "case", tables)))
    told = [str(one) for one in what_helps(advice, 0)]
    cheapest = min(float(home["rent"]) for home in tables["homes.csv"] if not home["income_classes"] + home["labels"])
    many = sum(not home["income_classes"] + home["labels"] for home in tables["homes.csv"])
    assert told == [f"meer huur kunnen betalen ({many} woningen, vanaf {cheapest - 500:.0f} euro erbij)"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_price_of_a_home_is_what_its_loss_costs(tmp_path: Path, seed: int) -> None:
    """One home in an area of its own: what it costs when it goes is the price of that home."""
    tables = invented(seed, 40, 30)
    tables["areas.csv"].append({"code": "los", "parent": "", "headroom": 50})
    tables["homes.csv"] = [*tables["homes.csv"], {**tables["homes.csv"][3], "id": "J90000", "area": "los"}]
    advice = advise(read_case(written(tmp_path / "case", tables)))
    without = dict(tables, **{"homes.csv": tables["homes.csv"][:-1]})
    less = advise(read_case(written(tmp_path / "less", without)))
    at = advice.case.homes.ids.index("J90000")
    home = advice.solved.nodes.homes + at
    low, high = -advice.solved.prices.there[home], advice.solved.prices.back[home]
    assert int(advice.points(high)) == advice.outcome.objective - less.outcome.objective
    assert low <= high
    lows, highs = prices(advice)
    assert (lows <= highs).all()


@pytest.mark.slow
def test_a_quota_has_a_price(tmp_path: Path) -> None:
    tables = invented(2, 40, 20)
    for row in tables["groups.csv"]:
        row |= {"minimum": "", "maximum": ""}
    free = advise(read_case(written(tmp_path / "case", tables)))
    tables["groups.csv"][1]["minimum"] = advised = int(free.outcome.group[1]) + 1
    tight = advise(read_case(written(tmp_path / "tight", tables)))
    code, low, high = group_prices(tight)[1]
    assert (code, tight.outcome.group[1]) == ("k1", advised)
    assert low is not None
    assert high is not None
    assert free.outcome.objective - tight.outcome.objective == low > 0
    assert low <= high


@pytest.mark.slow
def test_a_group_of_which_nobody_can_be_placed_has_no_price(tmp_path: Path) -> None:
    tables = invented(2, 40, 20)
    for row in tables["households.csv"]:
        if row["group"] == "k1":
            row |= {"rooms_min": 9, "rooms_max": ""}
    result, out = place(written(tmp_path / "case", tables))
    assert result.exit_code == 0, result.stderr
    prices = json.loads((out / "summary.json").read_text(encoding="utf-8"))["group_prices"]
    assert prices["k1"][1] is None
    assert all(one is None or one < 10**7 for price in prices.values() for one in price)


def test_the_command_says_why(tmp_path: Path) -> None:
    folder = written(tmp_path / "case", invented(6, 12, 10))
    advice = advise(read_case(folder))
    household, home = possible(advice)[0]
    asked = f"{advice.case.households.ids[household]}:{advice.case.homes.ids[home]}"
    result, _ = place(folder, "--why", asked)
    assert result.exit_code == 0
    assert "van 1000 punten" in result.stdout
    result, out = place(folder, "--why", "x:y", out="leeg")
    assert result.exit_code == 2
    assert not out.exists()


@pytest.mark.slow
def test_what_was_shown_before_stays_unless_another_home_is_worth_more(tmp_path: Path) -> None:
    case = case_of(tmp_path, 8, 40, 30)
    before = advise(case)
    shown = frozenset((one, int(home)) for one, home in enumerate(before.outcome.home) if home != NO_INDEX)
    away = frozenset([min(shown)])
    free, kept = (advise(case, Wishes(rejections=away, shown=known)) for known in (frozenset(), shown))
    moved = [sum(found.outcome.home[one] != home for one, home in shown) for found in (free, kept)]
    assert moved[1] <= moved[0]
    stayed = len(shown) - moved[1]
    assert kept.outcome.components["kept"] == stayed * case.settings.worth["kept"]
    assert kept.outcome.objective >= free.outcome.objective + (len(shown) - moved[0]) * case.settings.worth["kept"]


def one_home(folder: Path, *, homes: int = 1, **asked: object) -> Case:
    """Return a case of two equal households and some equal homes, each for 700 euro with a room too many."""
    household = {"rooms_min": 1, "rent_max": 720, "urgency": 1, "weeks_waiting": 5} | asked
    tables = invented(1, 2, homes)
    tables["households.csv"] = [
        dict.fromkeys(row, "") | {"id": f"H{at}", "step_free": 0} | household
        for at, row in enumerate(tables["households.csv"])
    ]
    tables["homes.csv"] = [
        dict.fromkeys(row, "") | {"id": f"J{at}", "area": "b0", "rooms": 2, "rent": 700, "step_free": 1}
        for at, row in enumerate(tables["homes.csv"])
    ]
    for row in tables["areas.csv"]:
        row["headroom"] = 100
    for row in tables["groups.csv"]:
        row |= {"minimum": "", "maximum": ""}
    return read_case(written(folder, tables))


def test_points_that_are_lost_are_said_as_what_is_less(tmp_path: Path) -> None:
    case = one_home(tmp_path / "case", near="b5")
    why = why_not(advise(case), 0, 0)
    lost = {part.name: str(part.why) for part in why.parts if part.points < part.most}
    assert lost["rooms"] == "heeft meer kamers dan nodig"
    assert lost["rent"] == "is minder ruim betaalbaar"
    assert lost["step_free"] == "is gelijkvloers en dat is niet gevraagd"
    assert lost["near"].startswith(("is ver van", "is niet precies"))


def test_of_two_that_are_equally_good_it_says_that_the_draw_decided(tmp_path: Path) -> None:
    case = one_home(tmp_path / "case")
    advice = advise(case)
    left = int(np.flatnonzero(advice.outcome.home == NO_INDEX)[0])
    why = why_not(advice, left, 0)
    assert (why.price, why.tie) == (0, True)
    assert "De loting besliste." in " ".join(said(advice, why))
    sure = advise(case, Wishes(shown=frozenset([(left, 0)])))
    other = 1 - left
    assert sure.outcome.home[left] == 0
    assert not why_not(sure, other, 0).tie, "what was shown before weighs, so this is no tie"


def test_who_has_no_home_reads_what_people_decided(tmp_path: Path) -> None:
    case = one_home(tmp_path / "case")
    locked = Explainer(advise(case, Wishes(locks=frozenset([(0, 0)]))))
    assert str(locked.why_none(1)) == "decided: J0 is passend, maar is al toegewezen aan een ander huishouden."
    rejected = Explainer(advise(case, Wishes(rejections=frozenset([(0, 0)]))))
    assert str(rejected.why_none(0)) == "decided: J0 is passend, maar is eerder afgewezen."
    two = one_home(tmp_path / "two", homes=2)
    both = Explainer(advise(two, Wishes(rejections=frozenset([(0, 0), (0, 1)]))))
    assert str(both.why_none(0)) == "decided: J0, J1 zijn passend, maar zijn eerder afgewezen."
    taken = Explainer(advise(two, Wishes(locks=frozenset([(1, 1)]), rejections=frozenset([(0, 0)]))))
    fast, away = (
        "J1 is passend, maar is al toegewezen aan een ander huishouden.",
        "J0 is passend, maar is eerder afgewezen.",
    )
    assert str(taken.why_none(0)) == f"decided: {fast} {away}"
    few = Explainer(advise(one_home(tmp_path / "few", rooms_min=3)))
    assert "te weinig kamers (1 woning)." in str(few.why_none(0))


@pytest.mark.parametrize("seed", range(3))
def test_the_price_apart_from_what_was_shown_is_that_of_the_homes_alone(tmp_path: Path, seed: int) -> None:
    case = case_of(tmp_path, seed, 40, 40)
    first = advise(case)
    placed = np.flatnonzero(first.outcome.home != NO_INDEX).tolist()
    shown = frozenset((household, int(first.outcome.home[household])) for household in placed)
    advice, dearer = advise(case, Wishes(shown=shown)), 0
    for pair in possible(advice)[::17]:
        told = why_not(advice, *pair)
        if told.price is None:
            continue
        locked = advise(case, Wishes(locks=frozenset([pair]), shown=shown))
        worth = [one.outcome.objective - one.outcome.components["kept"] for one in (advice, locked)]
        alone = apart_from_shown(advice, told).price
        assert alone == max(0, worth[0] - worth[1])
        dearer += told.price > alone
    assert dearer


def test_no_more_than_five_homes_or_areas_are_named() -> None:
    assert str(explainer._first(list("abcdef"))) == "a, b, c, d, e en nog 1"
    assert explainer._first(["a", "b"]) == "a, b"
