"""Random cases of every size: as good as HiGHS finds from the exported pairs, all rules kept, the same bytes."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.placing.cases import Table, agreed, beside_highs, invented, summary, written
from tests.placing.test_place import OURS, chain, every_byte, fits, place, placed
from tests.placing.test_weekly import expecting

FEW, MANY = 12, 150
TOLD = {"placed", "objective", "components", "worst_overload", "quota_misses", "worst_group_fit", "moves"}
ONE, MORE = "1", "4"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "MKL_NUM_THREADS")


def drawn(seed: int) -> tuple[dict[str, Table], bool]:
    """Return a case of a random size and crowd, every third with agreements that cut across."""
    chance, across = np.random.default_rng(seed), seed % 3 == 2
    most = 30 if across else 130
    households, homes = (int(chance.integers(0, 1 + int(chance.integers(1, most)))) for _ in range(2))
    tables = invented(
        seed,
        households,
        homes,
        buurten=int(chance.integers(2, 16)),
        crowd=float(chance.uniform(0.7, 2.5)),
        share=float(chance.uniform(0.3, 2.5)),
    )
    return (agreed(tables, seed) if across else tables), across


def holds(seed: int, folder: Path) -> None:
    """Make an advice on a random case and hold everything about it against models and rules of its own."""
    tables, across = drawn(seed)
    result, out = place(written(folder / "case", tables), "--pairs")
    assert result.exit_code == 0, result.stderr
    told = summary(out)
    best = beside_highs(tables, out, OURS["spread"], OURS["quota"])
    assert told["objective"] == sum(told["components"].values())
    assert told["objective"] <= best <= told["bound"]
    if not across:
        assert told["objective"] == best == told["bound"]
        assert told["gap"] == 0
    for other in told["beside"].values():
        assert other["objective"] <= told["objective"]
        assert set(other) == TOLD <= set(told)
        assert set(other["components"]) == set(told["components"])
    kept_to_the_rules(tables, out)
    again, same = place(written(folder / "again", tables, shuffle=seed), "--pairs", out="same")
    assert again.exit_code == 0, again.stderr
    assert every_byte(same) == every_byte(out)


def kept_to_the_rules(tables: dict[str, Table], out: Path) -> None:
    """Hold the proposals against the hard rules and the ceilings, from the tables alone."""
    parent = {row["code"]: row["parent"] for row in tables["areas.csv"]}
    homes = {row["id"]: row for row in tables["homes.csv"]}
    households = {row["id"]: row for row in tables["households.csv"]}
    load = {row["code"]: float(row["load"] or 1) for row in tables["groups.csv"]}
    given, loads = placed(out), dict.fromkeys(parent, 0.0)
    for household, home in given:
        around = chain(homes[home]["area"], parent)
        assert fits(households[household], homes[home], around)
        for area in around:
            loads[area] += load[households[household]["group"]]
    assert all(len(set(side)) == len(given) for side in zip(*given, strict=True))
    for row in pl.read_csv(out / "areas.csv", schema_overrides={"code": pl.String}).iter_rows(named=True):
        assert row["load"] == pytest.approx(loads[row["code"]])
        assert row["headroom"] is None or row["load"] <= row["ceiling"] + 1e-9


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(FEW))
def test_a_random_case_is_as_good_as_highs_finds_and_keeps_all_rules(tmp_path: Path, seed: int) -> None:
    holds(seed, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(FEW, MANY))
def test_many_random_cases_are_as_good_as_highs_finds_and_keep_all_rules(tmp_path: Path, seed: int) -> None:
    holds(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_what_people_decided_before_leaves_the_rest_as_good_as_highs_finds(tmp_path: Path, seed: int) -> None:
    tables = invented(seed, 50, 40, share=1.5)
    _, first = place(written(tmp_path / "case", tables), "--pairs")
    pairs = list(pl.read_csv(first / "pairs.csv").select("household", "home").iter_rows())
    (one, home), away = pairs[17 * seed + 3], placed(first)[:3]
    wishes = ["--lock", f"{one}:{home}", *(word for pair in away for word in ("--reject", ":".join(pair)))]
    if (one, home) in away:
        wishes = wishes[2:]
    result, out = place(tmp_path / "case", *wishes, "--pairs", out="later")
    assert result.exit_code == 0, result.stderr
    told, fast = summary(out), {(one, home)} & set(placed(out))
    assert told["components"]["above_ceiling"] == 0
    assert told["objective"] == beside_highs(tables, out, OURS["spread"], OURS["quota"], fast) == told["bound"]
    for other in told["beside"].values():
        assert other["objective"] <= told["objective"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["core", "full", "weekly"])
def test_the_same_bytes_whatever_the_number_of_threads(tmp_path: Path, kind: str) -> None:
    tables = invented(11, 90, 75, buurten=10, share=0.8)
    if kind == "full":
        tables = agreed(invented(11, 24, 20, buurten=4, share=0.8), 11)
    folder = expecting(tmp_path / "case", tables) if kind == "weekly" else written(tmp_path / "case", tables)
    more = {"core": ["--variants", "--pairs"], "full": ["--variants", "--pairs"], "weekly": ["--mode", "weekly"]}[kind]
    made = []
    for threads in (ONE, MORE):
        out = tmp_path / f"t{threads}"
        environment: dict[str, Any] = {**os.environ, **dict.fromkeys(THREADS, threads)}
        one_core = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n" if threads == ONE else ""
        code = f"{one_core}from buurtbalans.cli.app import app; app()"
        subprocess.run(
            [sys.executable, "-c", code, "place", str(folder), "--out", str(out), *more],
            env=environment,
            check=True,
            capture_output=True,
        )
        made.append(every_byte(out))
    assert len(made[0]) >= 4
    assert made[0] == made[1]
