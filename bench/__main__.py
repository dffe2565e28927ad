"""Runs every line whose part exists and writes docs/reference/benchmarks.md."""

import os
import platform
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rich.console import Console

from bench import balancing, counting, large_map, papers, placing
from bench.measure import TIMES, Side, beside, once, shared
from bench.pages import FIGURES, MAPS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "benchmarks.md"
# what, module, the product's side, the peer's side, the file of real data it needs
LINES = [
    (
        "national Kerncijfers 2024, 18,310 regions, from CSV",
        *("bench.reading", "csv module", "cbs/kwb-2024-statline-export.csv"),
    ),
    (
        "national Kerncijfers 2020, 17,341 × 118, from OData",
        *("bench.reading", "polars alone", "cbs/84799NED-kwb-2020-odata3"),
    ),
]
TEXT = """# Benchmarks

Written by `make bench` on {today}, Python {python}, {cores} cores, {processor}. Each line runs the
product and its peer in turn, {times} times each, every run a process of its own. CPU seconds are of the whole process,
the median; memory is the highest peak. Both sides must give the same answer before a time counts. Machines are noisy:
only the ratio (peer ÷ product, more is better) says something.

| what | product | memory | peer | its CPU | its memory | ratio | both answer |
|---|---|---|---|---|---|---|---|
{rows}

A peer only reads. The product also recognises the layout, gives each empty cell its reason, checks totals against
their parts and reports what stands out.

## Counting points
{counting}
## The index and its ranges
{balancing}
## Placing
{placing}
## Pages on real figures
Amsterdam, 518 buurten, in one process without a server in front; the size is that of the page after gzip.

| what | most queries | CPU a visit | visits per CPU second | size |
|---|---|---|---|---|
{pages}

## The large map
{large_map}
## Papers
{papers}
## Protecting small counts
An invented country of buurten, wijken and gemeenten in one table; a count of 1 … 9 is small. The bar is 1 ms a cell. A
small count alone in its family needs a second cell, so where few are small at most twice as many are withheld.

| how many are small | cells | small | withheld | choosing, CPU a cell | with reading and writing | unsafe |
|---|---|---|---|---|---|---|
{protecting}
"""


def row(what: str, product: Side, peer: Side) -> str:
    """Return one line of the table."""
    return (
        f"| {what} | {product.cpu:.2f} s | {product.megabytes:.0f} MB | {peer.name} | {peer.cpu:.2f} s | "
        f"{peer.megabytes:.0f} MB | {peer.cpu / product.cpu:.2f}× | {product.costs[0].answer} |"
    )


def measured(console: Console) -> Iterator[str]:
    """Yield the rows of the table; a line whose data are missing says so."""
    for what, module, peer, name in LINES:
        file = shared(name)
        if file is None:
            yield f"| {what} | not measured: no real data in `../shared/data` | | | | | | |"
            continue
        with console.status(what):
            yield row(what, *beside(module, ("product", peer), [str(file)]))


def pages() -> str:
    """Return the rows of what pages cost, or say why they are missing."""
    figures, maps = shared(FIGURES), shared(MAPS)
    if figures is None or maps is None:
        return "| not measured: no real data in `../shared/data` | | | | |"
    return once("bench.pages", str(figures), [str(maps)]).answer


def processor() -> str:
    """Return the name of the processor, as far as the machine tells."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text().splitlines() if listed.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def main() -> int:
    """Write the page."""
    console = Console(stderr=True)
    words = {
        "today": f"{date.today():%Y-%m-%d}",
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "processor": processor(),
        "times": TIMES,
        "rows": "\n".join(measured(console)),
        "counting": counting.measured(),
        "balancing": balancing.measured(),
        "placing": placing.measured(),
        "pages": pages(),
        "large_map": large_map.measured(),
        "papers": papers.measured(),
        "protecting": once("bench.protecting", "product", []).answer,
    }
    PAGE.write_text(TEXT.format(**words), encoding="utf-8")
    console.print(f"Written: {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
