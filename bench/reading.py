"""Reading a national file: the product, with all its checks, beside the least that gives the same numbers."""

import csv
import sys
from pathlib import Path

import polars as pl

FIRST_FIGURE = 4  # columns before it name the region


def answer(values: int, areas: int, total: float) -> str:
    """Return what both sides must agree on."""
    return f"{values} values, {areas} areas, sum {total:.0f}"


def product(path: Path) -> str:
    """Read as `buurtbalans read` does: recognised, checked, absences with their reason."""
    from buurtbalans.figures.sources import read_files

    found = read_files([path]).observations.filter(pl.col("value").is_not_null())
    return answer(found.height, found["area"].n_unique(), float(found["value"].sum()))


def peer(path: Path) -> str:
    """Read with the csv module of Python: every number a row, nothing checked."""
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, delimiter=";")
        header = next(reader)
        for cells in reader:
            for name, cell in zip(header[FIRST_FIGURE:], cells[FIRST_FIGURE:], strict=True):
                if cell.strip() not in {"", "."}:
                    rows.append((cells[3].strip(), name, float(cell)))
    return answer(len(rows), len({area for area, _, _ in rows}), sum(value for _, _, value in rows))


def tuned(folder: Path) -> str:
    """Read the typed table with polars alone: numbers below each other, nothing checked, no reasons for absence."""
    [table] = folder.glob("*TypedDataSet.parquet")
    figures = pl.read_parquet(table).drop("ID", "Gemeentenaam_1", "SoortRegio_2", "Codering_3")
    numbers = pl.exclude("WijkenEnBuurten").cast(pl.String).str.strip_chars().cast(pl.Float64, strict=False)
    found = figures.select("WijkenEnBuurten", numbers).unpivot(index="WijkenEnBuurten").drop_nulls("value")
    return answer(found.height, found["WijkenEnBuurten"].n_unique(), float(found["value"].sum()))


if __name__ == "__main__":
    print({"product": product, "csv module": peer, "polars alone": tuned}[sys.argv[1]](Path(sys.argv[2])))
