"""Invented cases of any size, written as files, and the same question asked of HiGHS in a model of its own."""

import csv
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array

Table = list[dict[str, Any]]
GROUPS: Final = 5
HEADS: Final = {
    "households.csv": "id group rooms_min rooms_max rent_max step_free provider urgency weeks_waiting avoid near "
    "labels income_class",
    "homes.csv": "id area corporation rooms rent step_free let_by labels income_classes",
    "areas.csv": "code parent headroom",
    "groups.csv": "code load minimum maximum",
    "corporations.csv": "code minimum",
    "providers.csv": "code area capacity",
}


def invented(
    seed: int, households: int, homes: int, *, buurten: int = 12, crowd: float = 1.5, share: float = 0.7
) -> dict[str, Table]:
    """Return the tables of a case: buurten in wijken in gebieden in a city, some of them without headroom.

    With a higher `crowd` more homes stand in few buurten; `share` is the headroom of buurten for each home.
    """
    chance = np.random.default_rng(seed)

    def one(*values: Any) -> Any:
        return values[int(chance.integers(len(values)))]

    wijken, gebieden = max(1, buurten // 4), max(1, buurten // 12)
    areas = [{"code": "city", "parent": "", "headroom": ""}]
    areas += [{"code": f"g{n}", "parent": "city", "headroom": one("", homes // gebieden)} for n in range(gebieden)]
    areas += [
        {"code": f"w{n}", "parent": f"g{n % gebieden}", "headroom": one("", round(0.7 * share * homes / wijken, 1))}
        for n in range(wijken)
    ]
    mean = share * homes / buurten
    areas += [
        {"code": f"b{n}", "parent": f"w{n % wijken}", "headroom": round(float(chance.gamma(3, mean / 3)), 2)}
        for n in range(buurten)
    ]
    return {
        "households.csv": [_household(chance, one, n, buurten, wijken) for n in range(households)],
        "homes.csv": [_home(chance, one, n, buurten, crowd) for n in range(homes)],
        "areas.csv": areas,
        "groups.csv": [
            {
                "code": f"k{n}",
                "load": one("", 1),
                "minimum": one("", households // (2 * GROUPS)),
                "maximum": one("", households // GROUPS),
            }
            for n in range(GROUPS)
        ],
        "corporations.csv": [{"code": f"c{n}", "minimum": ""} for n in range(3)],
        "providers.csv": [{"code": "p1", "area": "g0", "capacity": households}],
    }


def _household(chance: np.random.Generator, one: Any, number: int, buurten: int, wijken: int) -> dict[str, Any]:
    rooms = one("", 1, 2, 2, 3)
    return {
        "id": f"H{number:05d}",
        "group": f"k{number % GROUPS}",
        "rooms_min": rooms,
        "rooms_max": one("", (rooms or 1) + one(1, 2)),
        "rent_max": one("", 600, "655.50", 800),
        "step_free": one("", 0, 0, 0, 1),
        "provider": one("", "", "p1"),
        "urgency": one("", 1, 2, 3),
        "weeks_waiting": int(chance.integers(0, 150)),
        "avoid": one("", "", f"b{chance.integers(buurten)}", f"w{chance.integers(wijken)}"),
        "near": one("", f"b{chance.integers(buurten)};w{chance.integers(wijken)}"),
        "labels": one("", "55+", "jong;zorg"),
        "income_class": one("", "1", "2"),
    }


def _home(chance: np.random.Generator, one: Any, number: int, buurten: int, crowd: float) -> dict[str, Any]:
    return {
        "id": f"J{number:05d}",
        "area": f"b{int(buurten * chance.random() ** crowd)}",
        "corporation": f"c{number % 3}",
        "rooms": one(1, 2, 3, 3, 4),
        "rent": one(550, 620, "640.25", 780),
        "step_free": one(0, 1),
        "let_by": one("", f"2026-0{chance.integers(1, 9)}-15"),
        "labels": one("", "", "", "55+", "zorg;jong"),
        "income_classes": one("", "", "", "1", "1;2"),
    }


def written(folder: Path, tables: dict[str, Table], settings: str = "", shuffle: int | None = None) -> Path:
    """Write a case; with `shuffle` its rows come in another order."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        order = np.random.default_rng(shuffle).permutation(len(rows)) if shuffle is not None else range(len(rows))
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADS[name].split() if not rows else list(rows[0]))
            writer.writeheader()
            writer.writerows(rows[at] for at in order)
    (folder / "settings.toml").write_text(settings)
    return folder


def agreed(tables: dict[str, Table], seed: int) -> dict[str, Table]:
    """Return a case with agreements that cut across: groups that weigh more or less, shares, and scarce guidance."""
    chance = np.random.default_rng(seed)
    many = len(tables["homes.csv"])
    for number, row in enumerate(tables["groups.csv"]):
        row["load"] = [1, "1.5", 2, "0.5", ""][number]
    for row in tables["corporations.csv"]:
        row["minimum"] = int(chance.integers(many // 6, many // 3 + 1))
    tables["providers.csv"] = [
        {"code": "p1", "area": area, "capacity": int(chance.integers(0, 4))} for area in ("w0", "b1")
    ]
    return tables


def beside_highs(
    tables: dict[str, Table],
    out: Path,
    spread: dict[str, Any],
    quota: dict[str, int],
    fast: Collection[tuple[str, str]] = (),
) -> int:
    """Return the best objective that HiGHS finds, from the written pairs and areas and the tables alone."""
    pairs = pl.read_csv(out / "pairs.csv", schema_overrides={"household": pl.String, "home": pl.String})
    model = _Model(pairs["value"].to_list())
    for side in (pairs["household"].to_list(), pairs["home"].to_list()):
        for name in sorted(set(side)):
            model.row([(at, 1) for at, one in enumerate(side) if one == name], most=1)
    for at, pair in enumerate(pairs.select("household", "home").iter_rows()):
        if pair in fast:
            model.row([(at, 1)], least=1)
    _groups(model, tables, pairs["household"].to_list(), quota)
    _across(model, tables, pairs, quota)
    group = {row["id"]: row["group"] for row in tables["households.csv"]}
    load = {row["code"]: float(row["load"] or 1) for row in tables["groups.csv"]}
    around = _around(tables, pairs["home"].to_list())
    for row in pl.read_csv(out / "areas.csv", schema_overrides={"code": pl.String}).iter_rows(named=True):
        if row["headroom"] is not None:
            there = [at for at, chain in enumerate(around) if row["code"] in chain]
            model.area([(at, load[group[pairs["household"][at]]]) for at in there], row["headroom"], spread)
    return model.best(len(pairs))


def _groups(model: "_Model", tables: dict[str, Table], households: list[str], quota: dict[str, int]) -> None:
    group = {row["id"]: row["group"] for row in tables["households.csv"]}
    for row in tables["groups.csv"]:
        own = [(at, 1) for at, one in enumerate(households) if group[one] == row["code"]]
        if row["minimum"] not in ("", None):
            model.row([*own, (model.column(-quota["below"]), 1)], least=int(row["minimum"]))
        if row["maximum"] not in ("", None):
            model.row([*own, (model.column(-quota["above"]), -1)], most=int(row["maximum"]))


def _across(model: "_Model", tables: dict[str, Table], pairs: pl.DataFrame, quota: dict[str, int]) -> None:
    owner = {row["id"]: row["corporation"] for row in tables["homes.csv"]}
    guide = {row["id"]: row["provider"] for row in tables["households.csv"]}
    around = _around(tables, pairs["home"].to_list())
    for row in tables["corporations.csv"]:
        own = [(at, 1) for at, one in enumerate(pairs["home"]) if owner[one] == row["code"]]
        model.row([*own, (model.column(-quota["share"]), 1)], least=int(row["minimum"] or 0))
    for row in tables["providers.csv"]:
        guided = [at for at, one in enumerate(pairs["household"]) if guide[one] == row["code"]]
        own = [(at, 1) for at in guided if row["area"] in around[at]]
        model.row([*own, (model.column(-quota["capacity"]), -1)], most=int(row["capacity"]))


def _around(tables: dict[str, Table], homes: list[str]) -> list[list[str]]:
    """Return the areas around some homes, from low to high."""
    area = {row["id"]: row["area"] for row in tables["homes.csv"]}
    parent = {row["code"]: row["parent"] for row in tables["areas.csv"]}
    return [_chain(area[home], parent) for home in homes]


def _chain(area: str, parent: dict[str, str]) -> list[str]:
    return [area, *_chain(parent[area], parent)] if area else []


class _Model:
    """A whole-number model: columns with a gain and a limit, rows with a least and a most."""

    def __init__(self, gains: list[int]) -> None:
        self.gains, self.limits = list(gains), [1.0] * len(gains)
        self.cells: list[tuple[int, int, float]] = []
        self.rows: list[tuple[float, float]] = []

    def column(self, gain: int, limit: float = np.inf) -> int:
        self.gains.append(gain)
        self.limits.append(limit)
        return len(self.gains) - 1

    def row(self, cells: list[tuple[int, float]], least: float = -np.inf, most: float = np.inf) -> None:
        self.cells += [(len(self.rows), column, value) for column, value in cells]
        self.rows.append((least, most))

    def area(self, inside: list[tuple[int, float]], headroom: float, spread: dict[str, Any]) -> None:
        ends = [int(np.floor(part * max(1.0, headroom) + 1e-9)) for part in spread["bounds"]]
        ends[-1] = max(1, ends[-1])
        steps = zip([0, *ends], ends, spread["costs"], strict=False)
        columns = [self.column(-cost, high - low) for low, high, cost in steps]
        self.row([*inside, *((at, -1) for at in columns)], most=0)

    def best(self, pairs: int) -> int:
        if not self.gains:
            return 0
        row, column, value = zip(*self.cells, strict=True)
        shape = len(self.rows), len(self.gains)
        low, high = zip(*self.rows, strict=True)
        rows = LinearConstraint(coo_array((value, (row, column)), shape=shape).tocsr(), low, high)
        bounds, whole = (0, np.array(self.limits)), np.arange(len(self.gains)) < pairs
        found = milp(
            -np.array(self.gains, dtype=float),
            constraints=rows,
            bounds=bounds,
            integrality=whole,
            options={"mip_rel_gap": 0},
        )
        assert found.status == 0, found.message
        return int(np.floor(-found.fun + 1e-4))


def summary(out: Path) -> dict[str, Any]:
    """Return the summary of an advice."""
    return dict(json.loads((out / "summary.json").read_text(encoding="utf-8")))
