"""Counting points: the product beside geopandas, on a tessellation of 14,500 areas in RD."""

import hashlib
import json
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import median

import numpy as np
import polars as pl
import shapely

from bench.measure import TIMES, Cost, Unequal, once, peers

AREAS, PIECES, SIDE, CORNER = 14_500, 16, 200_000.0, (40_000.0, 330_000.0)
MILLION = 1_000_000
SIZES = (1, 10, 50, 100)  # millions
LONG = 50  # millions; from here on, and for the peer, one run
PEER = Path(__file__).with_name("geopandas_peer.py")
MAP, SHAPES = "map.geojson", "shapes.parquet"
BY = ["month:created_at", "category"]
TEXT = """Ten million points into 14,500 areas of 96 vertices, by month × category, from Parquet; CPU seconds of
the whole process. The product is the median of {times}, the peer ({versions}) one run of all ten million, because that
takes a minute. Both give the same table, every count of it. The map was built before: that takes {built:.1f} s once;
the peer gets its borders ready as binary. The kernel alone stands beside shapely's tree built before, for a million
points times ten.

| 10 M points, 14,500 areas | product | memory | peer | its CPU | its memory | ratio |
|---|---|---|---|---|---|---|
{whole}
| the kernel alone, one thread | {kernel:.2f} s | | shapely STRtree | {tree:.1f} s | | {alone:.0f}× |

| growing | CPU | memory |
|---|---|---|
{growing}
"""


def points(path: Path, size: int, seed: int = 3) -> None:
    """Write random points with a time and a category."""
    chance = np.random.default_rng(seed)
    x, y = chance.random((2, size)) * SIDE
    moment = pl.Series(chance.integers(0, 365 * 86_400_000_000, size)).cast(pl.Duration("us")) + datetime(2025, 1, 1)
    kind = pl.Series([f"soort {number}" for number in range(20)]).gather(chance.integers(0, 20, size))
    columns = {"x": x + CORNER[0], "y": y + CORNER[1], "created_at": moment, "category": kind}
    pl.DataFrame(columns).write_parquet(path)


def prepared(folder: Path) -> str:
    """Write the map and the points, and build the map once; return what that took."""
    from buurtbalans.figures.counting.areas import read_map
    from tests.figures.count_samples import tessellation

    shapes = shapely.transform(tessellation(AREAS, pieces=PIECES, side=SIDE), lambda xy: xy + np.array(CORNER))
    codes = [f"BU{number:08d}" for number in range(len(shapes))]
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": shapely.geometry.mapping(shape)}
        for code, shape in zip(codes, shapes, strict=True)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    (folder / MAP).write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}))
    pl.DataFrame({"code": codes, "shape": shapely.to_wkb(shapes).tolist()}).write_parquet(folder / SHAPES)
    for size in (MILLION, 10 * MILLION):
        points(folder / f"{size}.parquet", size)
    ten = pl.scan_parquet(folder / f"{10 * MILLION}.parquet")
    for size in SIZES[2:]:
        pl.concat([ten] * (size // 10)).sink_parquet(folder / f"{size * MILLION}.parquet")
    begin = time.process_time()
    read_map(folder / MAP, metres=True, kept=folder / "kept")
    return f"{time.process_time() - begin}"


def answer(table: pl.DataFrame) -> str:
    """Return what both sides must agree on: every count above zero."""
    table = table.filter(pl.col("count") > 0).select(pl.all().cast(pl.String)).sort(pl.all())
    return f"{table.height} counts, {hashlib.sha256(table.write_csv().encode()).hexdigest()[:12]}"


def product(folder: Path, size: int) -> str:
    """Count as `buurtbalans count` does."""
    from buurtbalans.figures.counting.local import count

    found = count(folder / f"{size}.parquet", folder / MAP, by=BY, minimum=1, kept=folder / "kept")
    return str(found.points)


def whole(folder: Path, size: int) -> str:
    """Return every count above zero, to compare; its time does not count."""
    from buurtbalans.figures.counting.local import count

    found = count(folder / f"{size}.parquet", folder / MAP, by=BY, minimum=1, kept=folder / "kept")
    return answer(found.table.rename({"month:created_at": "month"}).drop("absence"))


def kernel(folder: Path, size: int) -> str:
    """Return the CPU seconds of only finding the area of each point."""
    from buurtbalans.figures.counting.areas import read_map
    from buurtbalans.figures.counting.kernel import locate

    grid = read_map(folder / MAP, metres=True, kept=folder / "kept").grid
    x, y = (pl.read_parquet(folder / f"{size}.parquet")[name].to_numpy() for name in "xy")
    begin = time.process_time()
    locate(grid, x, y)
    return f"{time.process_time() - begin}"


def tree(folder: Path, size: int) -> str:
    """Return the CPU seconds of the same with shapely's tree, built before; making the points belongs to it."""
    found = shapely.STRtree(shapely.from_wkb(pl.read_parquet(folder / SHAPES)["shape"].to_list()))
    x, y = (pl.read_parquet(folder / f"{size}.parquet")[name].to_numpy() for name in "xy")
    begin = time.process_time()
    found.query(shapely.points(x, y), predicate="intersects")
    return f"{time.process_time() - begin}"


def peer(folder: Path) -> tuple[Cost, str] | None:
    """Return what geopandas costs on ten million points, and its version; None where it is not installed."""
    python = peers()
    if python is None:
        return None
    out = folder / "peer.parquet"
    cost = once(str(PEER), str(folder), [str(10 * MILLION), str(out)], python)
    return Cost(answer(pl.read_parquet(out)), cost.cpu, cost.megabytes), cost.answer


def beside(folder: Path, cpu: float, memory: float) -> tuple[str, str]:
    """Return the row of the whole process beside the peer, and what the peer is."""
    ours = f"| by month × category | {cpu:.2f} s | {memory:.0f} MB |"
    found = peer(folder)
    if found is None:
        return f"{ours} not measured: geopandas is not installed in .venv/peers | | | |", "geopandas, absent"
    theirs, versions = found
    same = once("bench.counting", "whole", [str(folder), str(10 * MILLION)]).answer
    if same != theirs.answer:
        raise Unequal(f"counting: {same} and {theirs.answer}")
    row = f"{ours} geopandas.sjoin and groupby | {theirs.cpu:.1f} s | {theirs.megabytes:.0f} MB |"
    return f"{row} {theirs.cpu / cpu:.1f}× |", versions


def measured() -> str:
    """Return the part of the page about counting."""
    with tempfile.TemporaryDirectory() as folder:

        def cost(size: int) -> tuple[float, float]:
            times = TIMES if size < LONG else 1
            runs = [once("bench.counting", "product", [folder, str(size * MILLION)]) for _ in range(times)]
            return median(run.cpu for run in runs), max(run.megabytes for run in runs)

        def said(side: str, size: int) -> float:
            return median(float(once("bench.counting", side, [folder, str(size)]).answer) for _ in range(TIMES))

        built = float(once("bench.counting", "prepared", [folder, "0"]).answer)
        sizes = {size: cost(size) for size in SIZES}
        row, versions = beside(Path(folder), *sizes[10])
        alone, trees = said("kernel", 10 * MILLION), said("tree", MILLION) * 10
    growing = "\n".join(f"| {size} M points | {cpu:.2f} s | {peak:.0f} MB |" for size, (cpu, peak) in sizes.items())
    return TEXT.format(
        times=TIMES,
        built=built,
        whole=row,
        versions=versions,
        kernel=alone,
        tree=trees,
        alone=trees / alone,
        growing=growing,
    )


if __name__ == "__main__":
    sides = {"product": product, "whole": whole, "kernel": kernel, "tree": tree}
    side, where, many = sys.argv[1:]
    print(prepared(Path(where)) if side == "prepared" else sides[side](Path(where), int(many)))
