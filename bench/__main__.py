"""Measures every section, or only those that are named, and writes them in docs/reference/benchmarks.md."""

import os
import platform
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from rich.console import Console

from bench import balancing, counting, large_map, papers, placing, placing_year
from bench.measure import Side, beside, once, shared
from bench.page import Unknown, asked, joined, sections
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
READING = """| what | product | memory | peer | its CPU | its memory | ratio | both answer |
|---|---|---|---|---|---|---|---|
{rows}

A peer only reads. The product also recognises the layout, gives each empty cell its reason, checks totals against
their parts and reports what stands out.
"""
PAGES = """Amsterdam, 518 buurten, in one process without a server in front; the size is that of the page after gzip.

| what | most queries | CPU a visit | visits per CPU second | size |
|---|---|---|---|---|
{rows}
"""
PROTECTING = """An invented country of buurten, wijken and gemeenten in one table; a count of 1 … 9 is small. The bar is
1 ms a cell. A small count alone in its family needs a second cell, so where few are small at most twice as many are
withheld.

| how many are small | cells | small | withheld | choosing, CPU a cell | with reading and writing | unsafe |
|---|---|---|---|---|---|---|
{rows}
"""


def row(what: str, product: Side, peer: Side) -> str:
    """Return one line of the table."""
    return (
        f"| {what} | {product.cpu:.2f} s | {product.megabytes:.0f} MB | {peer.name} | {peer.cpu:.2f} s | "
        f"{peer.megabytes:.0f} MB | {peer.cpu / product.cpu:.2f}× | {product.costs[0].answer} |"
    )


def reading() -> str:
    """Return the part about reading published files; a line whose data are missing says so."""
    rows = []
    for what, module, peer, name in LINES:
        file = shared(name)
        if file is None:
            rows.append(f"| {what} | not measured: no real data in `../shared/data` | | | | | | |")
        else:
            rows.append(row(what, *beside(module, ("product", peer), [str(file)])))
    return READING.format(rows="\n".join(rows))


def pages() -> str:
    """Return what pages cost, or say why that is missing."""
    figures, maps = shared(FIGURES), shared(MAPS)
    if figures is None or maps is None:
        return PAGES.format(rows="| not measured: no real data in `../shared/data` | | | | |")
    return PAGES.format(rows=once("bench.pages", str(figures), [str(maps)]).answer)


def protecting() -> str:
    """Return the part about protecting small counts."""
    return PROTECTING.format(rows=once("bench.protecting", "product", []).answer)


SECTIONS: dict[str, tuple[str, Callable[[], str]]] = {
    "reading": ("Reading published files", reading),
    "counting": ("Counting points", counting.measured),
    "balance": ("The index and its ranges", balancing.measured),
    "placing": ("Placing", placing.measured),
    "year": ("A year of placing, week after week", placing_year.measured),
    "pages": ("Pages on real figures", pages),
    "map": ("The large map", large_map.measured),
    "papers": ("Papers", papers.measured),
    "protecting": ("Protecting small counts", protecting),
}


def processor() -> str:
    """Return the name of the processor, as far as the machine tells."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text().splitlines() if listed.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def measured_on() -> str:
    """Return when and on what a section is measured."""
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {processor()}"
    return f"Measured on {date.today():%Y-%m-%d}: {machine}."


def main(only: str) -> int:
    """Measure the sections that are asked for, all when none is, and write each as soon as it is there."""
    console = Console(stderr=True)
    headings = {name: heading for name, (heading, _) in SECTIONS.items()}
    try:
        names = asked(only, headings)
    except Unknown as unknown:
        console.print(str(unknown))
        return 2
    found = sections(PAGE.read_text(encoding="utf-8"), headings) if PAGE.exists() else {}
    for name in names:
        heading, measure = SECTIONS[name]
        with console.status(heading):
            found[name] = f"{measured_on()}\n\n{measure()}"
        PAGE.write_text(joined(found, headings), encoding="utf-8")
        console.print(f"Written: {heading}")
    return 0


if __name__ == "__main__":
    sys.exit(main(os.environ.get("ONLY", "")))
