"""Counting points: the product beside shapely's tree of areas, on a tessellation of 14,500 areas in RD."""

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

from bench.measure import TIMES, Unequal, once

AREAS, PIECES, SIDE, CORNER = 14_500, 16, 200_000.0, (40_000.0, 330_000.0)
MILLION = 1_000_000
FEW, SHARE = 100_000, 1_100_000  # the peer does these; its time for ten million follows from the difference
SIZES = (1, 10, 100)  # millions
MAP, SHAPES = "map.geojson", "shapes.parquet"
BY = ["month:created_at", "category"]
TEXT = """Ten million points into 14,500 areas of 96 vertices, by month × category, from Parquet; CPU seconds of
the whole process, median of {times}. The peer is shapely's STRtree with polars. It does {few:,} and {share:,} points,
and its time for ten million follows in proportion from the difference. Both give the same table for {share:,} points.
The map was built before: that takes {built:.1f} s once.

| 10 M points, 14,500 areas | product | memory | peer | its CPU | ratio |
|---|---|---|---|---|---|
| by month × category | {whole:.2f} s | {memory:.0f} MB | shapely STRtree | {peer:.1f} s | {ratio:.0f}× |
| the kernel alone, one thread | {kernel:.2f} s | | shapely STRtree | {tree:.1f} s | {alone:.0f}× |

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
    from buurtbalans.figures.counting import read_map
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
    for size in {FEW, SHARE, *(size * MILLION for size in SIZES[:-1])}:
        points(folder / f"{size}.parquet", size)
    ten = pl.scan_parquet(folder / f"{10 * MILLION}.parquet")
    pl.concat([ten] * (SIZES[-1] // 10)).sink_parquet(folder / f"{SIZES[-1] * MILLION}.parquet")
    begin = time.process_time()
    read_map(folder / MAP, metres=True, kept=folder / "kept")
    return f"{time.process_time() - begin}"


def answer(table: pl.DataFrame) -> str:
    """Return what both sides must agree on: every count above zero."""
    table = table.filter(pl.col("count") > 0).select(pl.all().cast(pl.String)).sort(pl.all())
    return f"{table.height} counts, {hashlib.sha256(table.write_csv().encode()).hexdigest()[:12]}"


def product(folder: Path, size: int) -> str:
    """Count as `buurtbalans count` does."""
    from buurtbalans.figures.counting import count

    found = count(folder / f"{size}.parquet", folder / MAP, by=BY, minimum=1, kept=folder / "kept")
    table = found.table.rename({"month:created_at": "month"}).drop("absence")
    return answer(table) if size <= SHARE else str(found.points)


def peer(folder: Path, size: int) -> str:
    """Count with shapely's tree and a group-by of polars; the borders come from binary, so it parses no text."""
    given = pl.read_parquet(folder / SHAPES)
    tree = shapely.STRtree(shapely.from_wkb(given["shape"].to_list()))
    frame = pl.read_parquet(folder / f"{size}.parquet")
    place, area = tree.query(shapely.points(frame["x"].to_numpy(), frame["y"].to_numpy()), predicate="intersects")
    month = pl.col("created_at").dt.strftime("%Y-%m").alias("month")
    found = frame.select(month, "category")[place].with_columns(area=given["code"].gather(area))
    return answer(found.group_by("area", "month", "category").len("count").select("area", "month", "category", "count"))


def kernel(folder: Path, size: int) -> str:
    """Return the CPU seconds of only finding the area of each point."""
    from buurtbalans.figures.counting import locate, read_map

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


def measured() -> str:
    """Return the part of the page about counting."""
    with tempfile.TemporaryDirectory() as folder:

        def cost(side: str, size: int, times: int = TIMES) -> tuple[float, float, str]:
            runs = [once("bench.counting", side, [folder, str(size)]) for _ in range(times)]
            return median(run.cpu for run in runs), max(run.megabytes for run in runs), runs[0].answer

        def said(side: str, size: int) -> float:
            return median(float(once("bench.counting", side, [folder, str(size)]).answer) for _ in range(TIMES))

        built = float(once("bench.counting", "prepared", [folder, "0"]).answer)
        theirs, ours = cost("peer", SHARE), cost("product", SHARE, 1)
        if theirs[2] != ours[2]:
            raise Unequal(f"counting: {theirs[2]} and {ours[2]}")
        few = cost("peer", FEW)[0]
        sizes = {size: cost("product", size * MILLION, TIMES if size <= 10 else 1) for size in SIZES}
        alone, beside = said("kernel", 10 * MILLION), said("tree", MILLION) * 10
    whole, memory, _ = sizes[10]
    scaled = few + (theirs[0] - few) / (SHARE - FEW) * (10 * MILLION - FEW)
    growing = "\n".join(f"| {size} M points | {cpu:.2f} s | {peak:.0f} MB |" for size, (cpu, peak, _) in sizes.items())
    return TEXT.format(
        times=TIMES, share=SHARE, few=FEW, built=built, whole=whole, memory=memory, peer=scaled, ratio=scaled / whole,
        kernel=alone, tree=beside, alone=beside / alone, growing=growing,
    )  # fmt: skip


if __name__ == "__main__":
    sides = {"product": product, "peer": peer, "kernel": kernel, "tree": tree}
    side, where, many = sys.argv[1:]
    print(prepared(Path(where)) if side == "prepared" else sides[side](Path(where), int(many)))
