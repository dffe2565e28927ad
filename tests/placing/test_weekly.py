"""`--mode weekly`: with the true future as good as hindsight, with a likely one better than each week alone."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from buurtbalans.placing.case import NO_INDEX, Case, read_case
from buurtbalans.placing.pairs import Wishes, find_pairs
from buurtbalans.placing.weekly import LATER, Week, advise_week, if_given
from buurtbalans.placing.weekly_report import why
from tests.placing.cases import HEADS, Table, agreed, invented, summary, written
from tests.placing.test_place import every_byte, place
from tests.placing.year import alone, by_turn, hindsight, lived, looking_ahead, stream

FILES = ("expected_homes.csv", "expected_households.csv")


def expecting(folder: Path, tables: dict[str, Table], shuffle: int | None = None) -> Path:
    """Write a case of which two in three households and homes are expected, in the coming weeks."""
    made = dict(tables)
    for name in ("households.csv", "homes.csv"):
        made[name] = tables[name][::3]
        made[f"expected_{name}"] = [{**row, "week": 1 + at % 12} for at, row in enumerate(tables[name]) if at % 3]
        HEADS[f"expected_{name}"] = f"{HEADS[name]} week"
    return written(folder, made, shuffle=shuffle)


def week_of(folder: Path) -> Week:
    """Return the advice of a week."""
    return advise_week(read_case(folder, expected=("households.csv", "homes.csv")))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_week_is_a_part_of_the_best_of_all_that_comes(tmp_path: Path, seed: int) -> None:
    folder = expecting(tmp_path / "case", invented(seed, 60, 45, share=0.8))
    week, (result, out) = week_of(folder), place(folder, "--mode", "weekly", "--pairs")
    assert result.exit_code == 0, result.stderr
    ahead, weeks = week.ahead, week.ahead.case.weeks
    assert weeks
    assert ahead.outcome.objective == ahead.bound == sum(ahead.outcome.components.values())
    for household, home in enumerate(week.now.outcome.home.tolist()):
        whole = int(ahead.outcome.home[week.households[household]])
        assert (int(week.homes[home]) if home != NO_INDEX else NO_INDEX) == (whole if whole in week.homes else NO_INDEX)
    settings, cost = ahead.case.settings.weekly, 0
    for household, home in enumerate(ahead.outcome.home.tolist()):
        if home != NO_INDEX:
            later = int(weeks.homes[home] - weeks.households[household])
            assert later >= -settings["hold"]
            cost += later * settings["wait"] if later > 0 else -later * settings["empty"]
    assert ahead.outcome.components[LATER] == -cost < 0
    told = summary(out)
    assert told["objective"] <= told["bound"] == told["beside"]["alone"]["objective"]
    assert told["placed"] == week.now.outcome.placed == len(pl.read_csv(out / "proposals.csv")) > 0
    assert told["ahead"]["objective"] == ahead.outcome.objective
    assert told["ahead"]["households"] + told["households"] == 60
    assert set(told["inputs"]) > set(FILES)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_giving_all_now_is_never_better_than_looking_ahead_and_keeps_what_was_given(tmp_path: Path, seed: int) -> None:
    week = week_of(expecting(tmp_path / "case", invented(seed, 60, 45, share=0.8)))
    given = if_given(week)
    assert given.outcome.objective == given.bound < week.ahead.outcome.objective
    assert given.outcome.components["above_ceiling"] == 0
    for household, home in enumerate(week.alone.outcome.home.tolist()):
        if home != NO_INDEX:
            assert given.outcome.home[week.households[household]] == week.homes[home]
    assert given.outcome.placed > week.alone.outcome.placed, "who comes later is placed along"


@pytest.mark.slow
def test_who_waits_and_what_is_kept_is_said_and_rows_may_come_in_any_order(tmp_path: Path) -> None:
    tables, made = invented(2, 60, 45, share=0.8), []
    for shuffle in range(3):
        folder = expecting(tmp_path / f"case{shuffle}", tables, shuffle)
        result, out = place(folder, "--mode", "weekly", out=f"o{shuffle}")
        assert result.exit_code == 0, result.stderr
        made.append(every_byte(out))
    assert made[0] == made[1] == made[2]
    week = week_of(folder)
    reasons = pl.read_csv(out / "unplaced.csv")["reason"].to_list()
    waits = sum(int(home) not in week.homes for home in week.ahead.outcome.home[week.households] if home != NO_INDEX)
    assert sum(one.startswith("later: ") for one in reasons) == waits > 0
    kept = pl.read_csv(out / "kept.csv")
    used = set(week.now.outcome.home.tolist())
    taken = set(week.ahead.outcome.home.tolist()) & set(week.homes.tolist())
    assert set(kept["home"]) == {
        week.now.case.homes.ids[at] for at, home in enumerate(week.homes.tolist()) if home in taken and at not in used
    }
    assert len(kept)
    assert kept["weeks"].max() <= week.ahead.case.settings.weekly["hold"]
    assert (kept["price"] >= 0).all()


@pytest.mark.slow
def test_the_price_of_giving_a_home_now_counts_what_is_expected(tmp_path: Path) -> None:
    """A home in two buurten: the household that comes next week fits nowhere else, so it is kept."""
    tables = invented(1, 3, 2, buurten=2)
    blank: dict[str, Any] = dict.fromkeys(tables["households.csv"][0], "")
    home = tables["homes.csv"][0] | {"rent": 500, "labels": "", "income_classes": "", "let_by": "", "step_free": 0}
    tables["areas.csv"] = [{"code": code, "parent": "", "headroom": 5} for code in ("b0", "b1")]
    tables["groups.csv"] = tables["providers.csv"] = []
    tables["households.csv"] = [{**blank, "id": "H1"}]
    tables["homes.csv"] = [{**home, "id": "J1", "area": "b0", "rooms": 3}]
    expected = {
        "expected_households.csv": [{**blank, "id": "H2", "rooms_min": 3, "week": 1}],
        "expected_homes.csv": [{**home, "id": "J2", "area": "b1", "rooms": 2, "week": 2}],
    }
    folder = written(tmp_path / "case", tables | expected)
    week = week_of(folder)
    assert week.now.outcome.placed == 0 < week.alone.outcome.placed
    lines = list(why(week, (0, 0)))
    settings = week.ahead.case.settings
    price = week.ahead.outcome.objective - week.alone.outcome.objective
    assert any(f"{price} punten" in line for line in lines)
    assert price > settings.worth["place"] - settings.weekly["wait"] * 2 - settings.weekly["empty"] - 1_000
    result, out = place(folder, "--mode", "weekly", "--why", "H1:J1")
    assert result.exit_code == 0, result.stderr
    assert f"{price} punten" in result.stdout
    assert pl.read_csv(out / "unplaced.csv")["reason"][0].startswith("later: Een woning in gebied b1")
    assert pl.read_csv(out / "kept.csv").rows()[0][:2] == ("J1", 1)
    patience = "[weekly]\nhold = 0"
    assert week_of(written(tmp_path / "case", tables | expected, patience)).now.outcome.placed == 1
    assert place(folder, "--mode", "weekly", "--why", "H1:J2")[0].exit_code == 2
    assert place(folder, "--mode", "weekly", "--variants")[0].exit_code == 2


@pytest.mark.slow
def test_agreements_that_cut_across_count_along(tmp_path: Path) -> None:
    folder = expecting(tmp_path / "case", agreed(invented(3, 45, 36), 3))
    week = week_of(folder)
    assert week.ahead.full
    assert week.ahead.outcome.objective <= week.ahead.bound
    result, out = place(folder, "--mode", "weekly")
    assert result.exit_code == 0, result.stderr
    assert json.loads((out / "summary.json").read_text())["ahead"]["gap"] >= 0


@pytest.mark.slow
def test_nothing_expected_gives_the_advice_of_the_homes_on_offer(tmp_path: Path) -> None:
    tables = invented(4, 40, 30)
    folder = expecting(tmp_path / "case", tables | {"households.csv": [], "homes.csv": []})
    written(tmp_path / "case", tables)
    _, out = place(folder, "--mode", "weekly")
    _, match = place(folder, out="match")
    for name in ("proposals.csv", "unplaced.csv", "areas.csv"):
        assert (out / name).read_bytes() == (match / name).read_bytes()
    assert len(pl.read_csv(out / "kept.csv")) == 0
    assert summary(out)["gap"] == 0


@pytest.mark.slow
def test_what_lies_fast_lies_fast_also_for_who_comes_later_than_a_home_is_kept(tmp_path: Path) -> None:
    folder = expecting(tmp_path / "case", invented(2, 60, 45, share=2.0))
    week = week_of(folder)
    case, weeks = week.ahead.case, week.ahead.case.weeks
    assert weeks
    pairs = find_pairs(case, Wishes())
    for household in np.flatnonzero(weeks.households > case.settings.weekly["hold"]).tolist():
        own = pairs.home[pairs.of(household)]
        homes = own[np.isin(own, week.homes)].tolist()
        if homes:
            break
    lock = f"{case.households.ids[household]}:{case.homes.ids[homes[0]]}"
    result, out = place(folder, "--mode", "weekly", "--lock", lock)
    assert result.exit_code == 0, result.stderr
    kept = dict(pl.read_csv(out / "kept.csv").select("home", "weeks").iter_rows())
    assert kept[case.homes.ids[homes[0]]] == weeks.households[household]


def test_both_lists_of_what_is_expected_are_needed(tmp_path: Path) -> None:
    folder = expecting(tmp_path / "case", invented(9, 9, 9))
    (folder / "expected_households.csv").unlink()
    result, out = place(folder, "--mode", "weekly")
    assert result.exit_code == 2
    assert "expected_households.csv" in result.stderr
    assert not out.exists()


def a_year(folder: Path, seed: int) -> tuple[Case, Case]:
    """Return a short year, and another that was as likely."""
    first, second = (stream(folder, seed, one, (5, 4), 20, buurten=16, share=0.8) for one in (seed, seed + 50))
    return first, second


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_looking_ahead_is_worth_more_than_each_week_alone_and_never_more_than_hindsight(
    tmp_path: Path, seed: int
) -> None:
    year, likely = a_year(tmp_path, seed)
    best, bound = hindsight(year)
    assert best.objective == bound
    ways = {"first": by_turn, "alone": alone, "likely": looking_ahead(likely), "true": looking_ahead(year)}
    found = {name: lived(year, way, 20) for name, way in ways.items()}
    values = {name: one.objective for name, one in found.items()}
    assert max(values.values()) <= best.objective
    assert values["first"] < values["alone"] < values["likely"] <= values["true"]
    assert values["likely"] >= 0.93 * best.objective
    assert np.count_nonzero(found["likely"].home != NO_INDEX) == found["likely"].placed
