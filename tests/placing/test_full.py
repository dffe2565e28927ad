"""Agreements that cut across: the advice lies within its bound of what HiGHS finds, and says what was not met."""

import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from buurtbalans.placing import full_model
from buurtbalans.placing.case import NO_INDEX, read_case
from buurtbalans.placing.explain import why_not
from buurtbalans.placing.pairs import Wishes
from buurtbalans.placing.solve import advise
from tests.placing.cases import agreed, beside_highs, invented, summary, written
from tests.placing.test_place import OURS, every_byte, place


@pytest.mark.slow
@pytest.mark.parametrize(("households", "homes"), [(0, 2), (4, 3), (20, 25), (26, 20)])
@pytest.mark.parametrize("seed", range(3))
def test_the_objective_is_that_of_highs(tmp_path: Path, households: int, homes: int, seed: int) -> None:
    tables = agreed(invented(seed, households, homes), seed)
    result, out = place(written(tmp_path / "case", tables), "--pairs")
    assert result.exit_code == 0, result.stderr
    told = summary(out)
    best = beside_highs(tables, out, OURS["spread"], OURS["quota"])
    assert told["objective"] == sum(told["components"].values())
    assert told["objective"] <= best <= told["bound"]
    assert told["bound"] - told["objective"] <= max(2, 2e-5 * told["bound"])
    for other in told["beside"].values():
        assert other["objective"] <= told["objective"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["weights", "shares", "capacity"])
def test_the_bound_holds_when_only_a_part_of_the_pairs_is_looked_at(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_model, "ALL", 0)
    monkeypatch.setattr(full_model, "LISTED", 4)
    for seed in range(2):
        tables = invented(seed, 26, 20)
        more = agreed(invented(seed, 26, 20), seed)
        name = {"weights": "groups.csv", "shares": "corporations.csv", "capacity": "providers.csv"}[kind]
        tables[name] = more[name]
        _, out = place(written(tmp_path / f"case{seed}", tables), "--pairs", out=f"o{seed}")
        told, best = summary(out), beside_highs(tables, out, OURS["spread"], OURS["quota"])
        assert told["objective"] <= best <= told["bound"]
        assert told["gap"] <= 0.06, "so small a case may lie a whole placement below its bound"


@pytest.mark.slow
def test_no_ceiling_is_passed_by_heavy_groups_and_rows_may_come_in_any_order(tmp_path: Path) -> None:
    tables = agreed(invented(1, 30, 24), 1)
    made = []
    for shuffle in range(3):
        _, out = place(written(tmp_path / f"case{shuffle}", tables, shuffle=shuffle), "--pairs", out=f"o{shuffle}")
        made.append(every_byte(out))
    assert made[0] == made[1] == made[2]
    areas = list(pl.read_csv(out / "areas.csv").iter_rows(named=True))
    for row in areas:
        assert row["headroom"] is None or row["load"] <= row["ceiling"]
        assert 0 <= row["price_low"] <= row["price_high"]
    assert any(row["price_low"] for row in areas), "somewhere a place more would give something"


@pytest.mark.slow
def test_what_is_not_met_is_said(tmp_path: Path) -> None:
    tables = invented(2, 10, 30)
    tables["corporations.csv"][0]["minimum"] = 9
    tables["providers.csv"] = [{"code": "p1", "area": "city", "capacity": 0}]
    told = summary(place(written(tmp_path / "case", tables))[1])
    assert any("Corporatie c0:" in one and "onder het minimum van 9" in one for one in told["slacks"])
    assert any("Aanbieder p1 in gebied city:" in one and "meer dan de 0" in one for one in told["slacks"])
    assert not any("1 huishoudens" in one or "1 woningen" in one for one in told["slacks"])


@pytest.mark.slow
def test_a_share_says_why_it_is_not_met_where_that_is_plain(tmp_path: Path) -> None:
    tables = invented(2, 10, 30)
    own = sum(home["corporation"] == "c0" for home in tables["homes.csv"])
    said = []
    for least in (own, own + 5):
        tables["corporations.csv"][0]["minimum"] = least
        case = written(tmp_path / f"case{least}", tables)
        (one,) = (one for one in summary(place(case, out=f"o{least}")[1])["slacks"] if one.startswith("Corporatie c0:"))
        said.append(one)
    assert re.search(r"Er (is|zijn) nog \d+ woning(en)? van deze corporatie vrij\.$", said[0])
    assert said[1].endswith(f"Er zijn maar {own} woningen van deze corporatie in de plaatsingsronde.")


@pytest.mark.slow
def test_locks_and_why_not_hold_here_too(tmp_path: Path) -> None:
    case = read_case(written(tmp_path / "case", agreed(invented(3, 14, 12), 3)))
    advice = advise(case)
    for at in range(0, len(advice.pairs.home), 9):
        household, home = int(advice.pairs.household[at]), int(advice.pairs.home[at])
        locked = advise(case, Wishes(locks=frozenset([(household, home)])))
        assert locked.outcome.home[household] == home
        assert np.count_nonzero(locked.outcome.home == home) == 1
        assert locked.outcome.objective <= locked.bound
        why = why_not(advice, household, home)
        if why.price is not None and advice.outcome.home[household] != home:
            assert why.at_least is not None
            assert why.at_least <= why.price
            assert min(move.after for move in why.moves) >= NO_INDEX


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "which"), [(3, 18), (9, 0)])
def test_what_lies_fast_is_counted_with_before_the_rest_is_settled(
    tmp_path: Path, seed: int, which: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_model, "ALL", 0)  # else all pairs are looked at, as in no large case
    tables = agreed(invented(seed, 60, 54, buurten=14, crowd=1, share=1.0), seed)
    advice = advise(read_case(written(tmp_path / "case", tables)))
    household = int(np.flatnonzero(advice.outcome.home != NO_INDEX)[which])
    own = advice.pairs.home[advice.pairs.of(household)]
    fast = advise(advice.case, Wishes(locks=frozenset([(household, int(own[len(own) // 2]))])))
    assert fast.gap < 0.01, "the rest filled the area in which it lies, and no placements were found but one by one"
