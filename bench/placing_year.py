"""A year of placing, week after week, for three invented years: beside first come, each week alone, and hindsight."""

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import once

if TYPE_CHECKING:
    from buurtbalans.placing.case import Case

SEEDS, EACH, WEEKS = (1, 2, 3), (32, 35), 52
SIZES = {"buurten": 240, "crowd": 1.5, "share": 0.8}
LIKELY, HALF = 50, 60  # added to the seed of a year: another year as likely, and one in which half as many come
WAYS = {
    "hindsight": "hindsight: all is known beforehand",
    "likely": "product, a likely year expected",
    "half": "product, half as many expected as come",
    "alone": "each week the best of that week",
    "first": "first come, first served",
}
TEXT = """Invented years of 52 weeks: at first ten weeks' worth of households waits, then {households} households and
{homes} homes come each week. The areas and what was agreed stay the same all year, and who is placed keeps the home.
The product expects another year, drawn as this one was; it never sees what truly comes. No way can be worth more than
hindsight. The objective is that of the whole year, less what waiting and empty homes cost. Most of it are points for
placing at all; `closed` is how much a way closes of the distance between each week alone and hindsight. Each way ran
once.

| {heads} |
|{lines}
{rows}
"""
HEADS = (
    "year",
    "way",
    "placed",
    "objective",
    "of hindsight",
    "fit",
    "spread",
    "waiting, empty",
    "worst overload",
    "closed",
    "CPU",
)


def year(seed: int, folder: Path, future: int = 0, part: int = 1) -> "Case":
    """Return a year in the areas of a seed, or one that was as likely; with `part` 2 half as many come."""
    from tests.placing.year import stream

    each = EACH[0] // part, EACH[1] // part
    return stream(folder, seed, seed + future, each, WEEKS, **SIZES)


def lived(way: str, seed: int) -> str:
    """Live through a year one way; return what it is worth in words of one line."""
    from buurtbalans.placing.load import room
    from tests.placing import year as years

    with tempfile.TemporaryDirectory(prefix="buurtbalans-bench-") as name:
        folder = Path(name)
        true = year(seed, folder)
        expected = {"likely": (LIKELY, 1), "half": (HALF, 2)}
        if way == "hindsight":
            found, _ = years.hindsight(true)
        elif way in expected:
            found = years.lived(true, years.looking_ahead(year(seed, folder, *expected[way])), WEEKS)
        else:
            found = years.lived(true, {"alone": years.alone, "first": years.by_turn}[way], WEEKS)
    parts = found.components
    worst = room(true).worst(found.load)
    return f"{found.placed} {found.objective} {parts['fit']} {parts['spread']} {parts['later']} {worst}"


def measured() -> str:
    """Return the part of the page about a year of placing."""
    rows: list[str] = []
    for seed in SEEDS:
        costs: dict[str, Any] = {way: once("bench.placing_year", way, [str(seed)]) for way in WAYS}
        told = {way: [float(one) for one in cost.answer.split()] for way, cost in costs.items()}
        best, alone = told["hindsight"][1], told["alone"][1]
        for way, name in WAYS.items():
            placed, objective, fit, spread, later, worst = told[way]
            closed = f"{(objective - alone) / (best - alone):.0%}" if objective >= alone else "–"
            cells = [
                str(seed),
                name,
                f"{placed:.0f}",
                f"{objective:.0f}",
                f"{objective / best:.4f}",
                f"{fit:.0f}",
                f"{spread:.0f}",
                f"{later:.0f}",
                f"{worst:.0%}",
                closed,
                f"{costs[way].cpu:.0f} s",
            ]
            rows.append(f"| {' | '.join(cells)} |")
    heads, lines = " | ".join(HEADS), "---|" * len(HEADS)
    return TEXT.format(households=EACH[0], homes=EACH[1], heads=heads, lines=lines, rows="\n".join(rows))


if __name__ == "__main__":
    print(lived(sys.argv[1], int(sys.argv[2])))
