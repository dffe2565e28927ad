"""The plans beside the advice: each as good at its own goal as HiGHS finds, and never worth more than the advice."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.optimize import LinearConstraint, milp

from buurtbalans.placing.advice import Advice
from buurtbalans.placing.case import NO_INDEX, read_case
from buurtbalans.placing.frontier import Plan, plans
from buurtbalans.placing.load import under, weights
from buurtbalans.placing.pairs import Wishes
from buurtbalans.placing.solve import advise
from tests.placing.cases import Table, agreed, invented, summary, written
from tests.placing.test_place import place

SIZES = [(1, 1), (0, 3), (5, 2), (30, 30), (60, 25), (25, 60), (90, 80)]


def made(folder: Path, tables: dict[str, Table], wishes: Wishes | None = None) -> tuple[Advice, dict[str, Plan]]:
    """Return the advice on a case and the plans by name."""
    advice = advise(read_case(written(folder / "case", tables)), wishes)
    return advice, {plan.name: plan for plan in plans(advice)}


def beside_highs(advice: Advice, goal: str) -> float:
    """Return the lowest worst overload, or the highest lowest mean of a group, of a model of its own."""
    case, pairs, households = advice.case, advice.pairs, np.asarray(advice.pairs.household)
    many, placed = len(pairs.home), np.flatnonzero(advice.outcome.home != NO_INDEX)
    weight = weights(case) / advice.room.scale
    rows: list[tuple[Any, float, float]] = []  # cells of the pairs and of the goal, lowest, highest

    def row(cells: Any, of_goal: float, low: float, high: float) -> None:
        rows.append((np.append(np.asarray(cells, dtype=float), of_goal), low, high))

    for home in range(len(case.homes.ids)):
        row(pairs.home == home, 0, 0, 1)
    for household in range(len(case.households.ids)):
        row(households == household, 0, goal == "group" and household in placed, 1)
    for area in np.flatnonzero(advice.room.bounded):
        inside = under(case.areas)[area][case.homes.area[pairs.home]] * weight[households]
        row(inside, 0, 0, float(advice.room.ceiling[area]) / advice.room.scale)
        if goal == "overload":
            row(inside, -advice.room.headroom[area], -np.inf, float(advice.room.headroom[area]))
    if goal == "overload":
        row(np.ones(many), 0, len(placed), np.inf)
    else:
        group = case.households.group
        for code in np.unique(group[placed]):
            own = group[households] == code
            row(own * pairs.fit, -float((group[placed] == code).sum()), 0, np.inf)
        row(np.isin(households, placed), 0, len(placed), len(placed))
        row(np.ones(many), 0, len(placed), len(placed))
    cells, low, high = zip(*rows, strict=True)
    aim = np.append(np.zeros(many), 1.0 if goal == "overload" else -1.0)
    found = milp(
        aim,
        integrality=np.append(np.ones(many), 0),
        bounds=(0, np.append(np.ones(many), np.inf)),
        constraints=LinearConstraint(np.array(cells), low, high),
        options={"mip_rel_gap": 0},
    )
    assert found.status == 0, found.message
    return abs(float(found.fun))


@pytest.mark.slow
@pytest.mark.parametrize(("households", "homes"), SIZES)
@pytest.mark.parametrize("share", [0.8, 2.0])
def test_each_plan_reaches_its_goal_as_highs_does(tmp_path: Path, households: int, homes: int, share: float) -> None:
    advice, found = made(tmp_path, invented(7, households, homes, buurten=max(2, homes // 5), share=share))
    best = found["best"]
    assert (best.value, best.bound) == (advice.outcome.objective, advice.bound)
    spread = found["lowest_overload"]
    assert spread.outcome.placed >= best.outcome.placed
    assert spread.value == spread.bound == pytest.approx(beside_highs(advice, "overload"), abs=1e-7)
    fair = found["worst_group_fit"]
    assert set(np.flatnonzero(fair.outcome.home != NO_INDEX)) == set(np.flatnonzero(best.outcome.home != NO_INDEX))
    highest = beside_highs(advice, "group") if best.outcome.placed else 0.0
    assert fair.value <= highest + 1e-6 <= fair.bound + 2e-6
    assert fair.value >= 0.99 * highest
    for plan in found.values():
        assert plan.outcome.objective <= best.outcome.objective
        assert (plan.outcome.load <= advice.room.ceiling)[advice.room.bounded].all()


@pytest.mark.slow
def test_a_plan_within_headroom_is_the_best_with_that_as_ceiling(tmp_path: Path) -> None:
    tables = invented(3, 60, 50, share=0.7)
    advice, found = made(tmp_path, tables)
    plan = found["within_headroom"]
    assert plan.value == 0 < found["lowest_overload"].value
    lower = "[spread]\nbounds = [0.6, 0.9, 0.95, 1.0]\ncosts = [0, 50, 50, 50]\n"
    tight = advise(read_case(written(tmp_path / "tight", tables, lower)))
    assert plan.outcome.placed == tight.outcome.placed < advice.outcome.placed
    assert plan.components["moves"] == int((plan.outcome.home != advice.outcome.home).sum()) > 0


@pytest.mark.slow
def test_an_overload_that_can_be_lower_with_as_many_placed_becomes_lower(tmp_path: Path) -> None:
    """Two homes in a buurt with room for one, and a home elsewhere that fits worse: the advice takes both."""
    tables = invented(1, 2, 3, buurten=2)
    blank = dict.fromkeys(tables["households.csv"][0], "")
    tables["areas.csv"] = [{"code": code, "parent": "", "headroom": room} for code, room in (("b0", 2), ("b1", 2))]
    tables["households.csv"] = [{**blank, "id": f"H0000{n}", "near": "b0"} for n in range(3)]
    home = tables["homes.csv"][0] | {"rent": 500, "labels": "", "income_classes": "", "let_by": "", "step_free": 0}
    tables["homes.csv"] = [{**home, "id": f"J0000{n}", "area": ["b0", "b0", "b0", "b1"][n]} for n in range(4)]
    tables["groups.csv"], tables["providers.csv"] = [], []
    advice = advise(read_case(written(tmp_path / "case", tables, "[spread]\ncosts = [0, 50, 60, 70]\n")))
    best, spread, *_ = plans(advice)
    assert (best.components["worst_overload"], spread.value, spread.bound) == (0.5, 0, 0)
    assert spread.outcome.placed == best.outcome.placed == 3
    assert best.outcome.objective > spread.outcome.objective


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_plans_hold_where_agreements_cut_across_and_say_how_far_they_may_be(tmp_path: Path, seed: int) -> None:
    advice, found = made(tmp_path, agreed(invented(seed, 26, 20, share=0.8), seed))
    assert advice.full
    spread, lowest = found["lowest_overload"], beside_highs(advice, "overload")
    assert spread.bound - 1e-6 <= lowest <= spread.value + 1e-6
    assert spread.value <= advice.room.worst(advice.outcome.load)
    assert spread.outcome.placed >= advice.outcome.placed
    fair, highest = found["worst_group_fit"], beside_highs(advice, "group")
    assert found["best"].components["worst_group_fit"] - 1e-5 <= fair.value <= highest + 1e-6 <= fair.bound + 2e-6
    assert fair.value >= 0.95 * highest
    assert fair.components["worst_group_fit"] == pytest.approx(fair.value, abs=1e-5)


@pytest.mark.slow
def test_what_lies_fast_lies_fast_in_every_plan(tmp_path: Path) -> None:
    tables = invented(5, 30, 24)
    advice, _ = made(tmp_path, tables)
    at = len(advice.pairs.home) // 2
    lock = int(advice.pairs.household[at]), int(advice.pairs.home[at])
    _, found = made(tmp_path, tables, Wishes(locks=frozenset([lock])))
    assert len(found) > 2
    assert {int(plan.outcome.home[lock[0]]) for plan in found.values()} == {lock[1]}


@pytest.mark.slow
def test_the_command_writes_the_plans_and_the_same_bytes_for_shuffled_rows(tmp_path: Path) -> None:
    tables, told = invented(4, 50, 40), []
    for shuffle in range(2):
        case = written(tmp_path / f"case{shuffle}", tables, shuffle=shuffle)
        result, out = place(case, "--variants", out=f"o{shuffle}")
        assert result.exit_code == 0, result.stderr
        told.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert told[0] == told[1]
    rows = {row["plan"]: row for row in pl.read_csv(out / "plans.csv").iter_rows(named=True)}
    assert rows["best"]["objective"] == summary(out)["objective"]
    for name, row in rows.items():
        assert len(pl.read_csv(out / f"plan_{name}.csv")) == row["placed"]
    best, advised = pl.read_csv(out / "plan_best.csv"), pl.read_csv(out / "proposals.csv")
    assert best.equals(advised.select("household", "home"))
