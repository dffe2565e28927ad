"""An index from a long table, and rank ranges: the product beside pandas, polars and numpy, on invented figures."""

import hashlib
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import polars as pl

from bench.measure import TIMES, Side, Unequal, once, peers

AREAS, INDICATORS, YEARS = 14_500, 100, 15
DRAWS, SCALINGS, AT_ONCE = 10_000, 3, 500
MANY, FEW, LESS = 100_000, 40, 1_000  # areas, indicators and draws of the line about memory
PANDAS, POLARS = Path(__file__).with_name("pandas_peer.py"), "bench.balancing"
TABLE, SPEC = "figures.parquet", "index.toml"
TEXT = """An index of {indicators} indicators in ten groups (from lowest to highest, weighted means of what is there)
for {areas} areas in {years} years, from a long Parquet table of {rows:.2f} million rows with gaps; CPU seconds of the
whole process, the median of {times}; pandas one run. All give the same index to ten digits.

| index from a long table | CPU | memory | product is |
|---|---|---|---|
{index}

Rank ranges over {draws} draws of weights × {scalings} scalings for {areas} areas: of every area the rank at 5 and 95 %.
The product makes them from the scaled figures; beside it stand only the two things that cannot be left out, and a loop
that asks scipy for every rank. The order is exact.

| rank ranges | CPU | memory | product ÷ it |
|---|---|---|---|
{ranks}

The index of {many:,} areas from {few} indicators in five groups, with the range of every rank over {less:,} draws:
{large}.
"""


def prepared(folder: Path) -> None:
    """Write the table and its definition."""
    chance = np.random.default_rng(11)
    size = AREAS * INDICATORS * YEARS
    value = chance.normal(size=size) + np.repeat(chance.normal(size=INDICATORS * YEARS), AREAS)
    value[chance.random(size) < 0.02] = np.nan
    codes = pl.Series([f"BU{number:08d}" for number in range(AREAS)])
    names = pl.Series([f"cijfer_{number:02d}" for number in range(INDICATORS)])
    cells = INDICATORS * AREAS
    frame = pl.DataFrame(
        {
            "area": codes.gather(np.tile(np.arange(AREAS), INDICATORS * YEARS)),
            "indicator": names.gather(np.tile(np.repeat(np.arange(INDICATORS), AREAS), YEARS)),
            "period": np.repeat(np.arange(2010, 2010 + YEARS, dtype=np.int32), cells),
            "value": value,
        }
    )
    frame.with_columns(pl.col("value").fill_nan(None)).write_parquet(folder / TABLE, row_group_size=1_000_000)
    lines = ['id = "proef"']
    for number in range(INDICATORS):
        lines.append(
            f'[[indicator]]\ncode = "cijfer_{number:02d}"\ngroup = "g{number % 10}"\nweight = {1 + number % 3}'
        )
        lines.append('scale = [{ step = "minmax" }]')
    lines += [f'[[group]]\ncode = "g{number}"\ngroup = "top"' for number in range(10)]
    lines.append('[[group]]\ncode = "top"')
    (folder / SPEC).write_text("\n".join(lines))


def answer(top: np.ndarray) -> str:
    """Return what all must agree on: the index of every area and year, to ten digits."""
    digits = np.round(top, 10) + 0.0
    return hashlib.sha256(digits.tobytes()).hexdigest()[:12]


def product(folder: Path) -> str:
    """Make the index as `buurtbalans index` does."""
    from buurtbalans.figures.balance.definition import read_definition
    from buurtbalans.figures.balance.outcome import compute_outcome
    from buurtbalans.figures.balance.table import read_table

    definition = read_definition(folder / SPEC)
    found = compute_outcome(definition, read_table(folder / TABLE, definition))
    return answer(found.scored["top"].value)


def polars(folder: Path) -> str:
    """Make the same with polars alone, streaming."""
    number = pl.col("indicator").str.slice(7).cast(pl.Int32)
    lazy = pl.scan_parquet(folder / TABLE).with_columns(number=number)
    ends = lazy.group_by("indicator", "period").agg(low=pl.col("value").min(), high=pl.col("value").max())
    scaled = lazy.join(ends, on=["indicator", "period"]).with_columns(
        scaled=(pl.col("value") - pl.col("low")) / (pl.col("high") - pl.col("low")),
        weight=(1 + pl.col("number") % 3).cast(pl.Float64),
        group=pl.col("number") % 10,
    )
    there = scaled.filter(pl.col("scaled").is_not_null())
    groups = there.group_by("area", "period", "group").agg(
        mean=(pl.col("scaled") * pl.col("weight")).sum() / pl.col("weight").sum()
    )
    top = groups.group_by("area", "period").agg(top=pl.col("mean").mean())
    found = top.sort("period", "area").collect(engine="streaming")
    return answer(found["top"].to_numpy().reshape(YEARS, AREAS))


def leaves() -> tuple[np.ndarray, list[np.ndarray]]:
    """Return invented figures of one year, scaled in three ways, and the weights of every draw."""
    chance = np.random.default_rng(5)
    figures = chance.normal(size=(AREAS, INDICATORS))
    order = figures.argsort(axis=0).argsort(axis=0) / (AREAS - 1)
    low, high = figures.min(axis=0), figures.max(axis=0)
    ways = [(figures - low) / (high - low), (figures - figures.mean(axis=0)) / figures.std(axis=0, ddof=1), order]
    weights = chance.uniform(0.5, 1.5, (DRAWS, INDICATORS))
    return weights / weights.sum(axis=1, keepdims=True), ways


def ranges() -> str:
    """Give the ranges as the product does."""
    from buurtbalans.figures.balance.ranks import RankTails, rank_rows

    weights, ways = leaves()
    tails = RankTails(AREAS, DRAWS * len(ways))
    begin = time.process_time()
    for way in ways:
        for start in range(0, DRAWS, AT_ONCE):
            tails.add(rank_rows(weights[start : start + AT_ONCE] @ way.T))
    low, high = tails.ends()
    assert (low <= high).all()
    return f"{time.process_time() - begin}"


def large() -> str:
    """Make an index with ranges of very many areas."""
    from buurtbalans.figures.balance.definition import parse_definition
    from buurtbalans.figures.balance.outcome import compute_outcome
    from buurtbalans.figures.balance.table import Table

    chance = np.random.default_rng(7)
    codes = [f"cijfer_{number:02d}" for number in range(FEW)]
    cube = {code: chance.normal(size=(1, MANY)) for code in codes}
    for values in cube.values():
        values[chance.random(values.shape) < 0.02] = np.nan
    steps = [{"step": "minmax"}]
    leaves = [{"code": code, "group": f"g{int(code[-2:]) % 4}", "scale": steps} for code in codes]
    groups = [*({"code": f"g{number}", "group": "top"} for number in range(4)), {"code": "top"}]
    areas = tuple(f"BU{number:08d}" for number in range(MANY))
    definition = parse_definition({"id": "proef", "indicator": leaves, "group": groups})
    ends = compute_outcome(definition, Table(areas, (None,), cube), draws=LESS).ends["top"]
    return f"{int((ends.high - ends.low).sum())}"


def floor(sort: str) -> str:
    """Give what cannot be left out: the products, and a sort of each (of places, or only of the scores)."""
    weights, ways = leaves()
    begin = time.process_time()
    for way in ways:
        for start in range(0, DRAWS, AT_ONCE):
            scores = weights[start : start + AT_ONCE] @ way.T
            scores.argsort(axis=1) if sort == "places" else scores.sort(axis=1)
    return f"{time.process_time() - begin}"


def loop() -> str:
    """Give every rank with scipy, for a twentieth of the draws, told for all of them."""
    from scipy.stats import rankdata  # type: ignore[import-untyped]

    weights, ways = leaves()
    begin = time.process_time()
    for way in ways:
        for draw in range(DRAWS // 20):
            rankdata(-(way @ weights[draw]), method="min")
    return f"{(time.process_time() - begin) * 20}"


def measured() -> str:
    """Return the part of the page about the index and its ranges."""
    with tempfile.TemporaryDirectory() as made:
        once(POLARS, "prepared", [made])  # apart: what this process holds would count as memory of all it starts
        sides = [Side("product"), Side("polars, streaming"), Side("pandas, tuned")]
        for _ in range(TIMES):
            for side, asked in zip(sides, ("product", "polars"), strict=False):
                side.costs.append(once(POLARS, asked, [made]))
        if (python := peers()) is not None:
            sides[2].costs.append(once(str(PANDAS), made, [], python))
        sides = [side for side in sides if side.costs]
        if len(told := {cost.answer for side in sides for cost in side.costs}) != 1:
            raise Unequal(f"bench.balancing: {sorted(told)}")
    rows = [f"| {s.name} | {s.cpu:.2f} s | {s.megabytes:.0f} MB | {s.cpu / sides[0].cpu:.1f}× faster |" for s in sides]
    return TEXT.format(
        indicators=INDICATORS,
        areas=AREAS,
        years=YEARS,
        rows=AREAS * INDICATORS * YEARS / 1e6,
        times=TIMES,
        index="\n".join(rows),
        draws=DRAWS,
        scalings=SCALINGS,
        ranks="\n".join(_ranks()),
        many=MANY,
        few=FEW,
        less=LESS,
        large=_large(),
    )


def _large() -> str:
    cost = once(POLARS, "large", [])
    return f"{cost.cpu:.0f} s, {cost.megabytes:.0f} MB"


def _ranks() -> list[str]:
    ours = [once(POLARS, "ranges", []) for _ in range(3)]
    cpu = median(float(cost.answer) for cost in ours)
    lines = [f"| product | {cpu:.1f} s | {max(cost.megabytes for cost in ours):.0f} MB | |"]
    peer = {"places": "product and argsort", "scores": "product and sort of the scores", "loop": "scipy in a loop"}
    for asked, name in peer.items():
        costs = [once(POLARS, asked, []) for _ in range(1 if asked == "loop" else 3)]
        theirs = median(float(cost.answer) for cost in costs)
        most = max(cost.megabytes for cost in costs)
        lines.append(f"| {name} | {theirs:.1f} s | {most:.0f} MB | {cpu / theirs:.2f} |")
    return lines


if __name__ == "__main__":
    asked, *folder = sys.argv[1:]
    sides = {
        "prepared": lambda: prepared(Path(folder[0])),
        "product": lambda: product(Path(folder[0])),
        "polars": lambda: polars(Path(folder[0])),
        "ranges": ranges,
        "large": large,
        "loop": loop,
        "places": lambda: floor("places"),
        "scores": lambda: floor("scores"),
    }
    print(sides[asked]())
