"""What protecting costs on a country full of buurten, and how many more cells than the small ones it withholds."""

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

CELLS = 160_000
MINIMUM = 10
SPREADS = {"many small": (2.0, 1.2), "like buurten": (3.0, 1.3), "few small": (4.5, 1.0)}


def country(spread: tuple[float, float], cells: int) -> Iterator[tuple[str, str, int]]:
    """Yield the rows of an invented country: gemeenten of wijken of buurten, from one seed."""
    chance = random.Random(1)
    parents, counts = {"NL00": ""}, {"NL00": 0}
    while len(parents) < cells:
        municipality = f"GM{len(parents):06d}"
        for wijk in (f"{municipality}{number:02d}" for number in range(chance.randint(3, 12))):
            for buurt in (f"{wijk}{number:02d}" for number in range(chance.randint(2, 12))):
                count = int(chance.lognormvariate(*spread))
                for area, parent in ((buurt, wijk), (wijk, municipality), (municipality, "NL00"), ("NL00", "")):
                    parents[area] = parent
                    counts[area] = counts.get(area, 0) + count
    return ((area, parent, counts[area]) for area, parent in parents.items())


def written(spread: tuple[float, float], path: Path) -> None:
    """Write a country as the command reads it."""
    with path.open("w", encoding="utf-8") as out:
        out.write("area,parent,count\n")
        out.writelines(f"{area},{parent},{count}\n" for area, parent, count in country(spread, CELLS))


def main() -> None:
    """Print the rows of the table."""
    from buurtbalans.figures import output
    from buurtbalans.figures.protection import published
    from buurtbalans.figures.protection.protect import audit, protect
    from buurtbalans.figures.protection.reading import read_counts

    with tempfile.TemporaryDirectory(prefix="buurtbalans-bench-") as folder:
        for words, spread in SPREADS.items():
            path = Path(folder) / "counts.csv"
            written(spread, path)
            began = time.process_time()
            table, _ = published.with_earlier(read_counts(path), [])
            read = time.process_time()
            found = protect(table, minimum=MINIMUM)
            chosen = time.process_time()
            output.write_table(published.frame(found), Path(folder) / "out.csv")
            done = time.process_time()
            small = sum(1 for count in table.counts if 0 < count < MINIMUM)
            kept = sum(1 for cell in found.cells if cell.value is None)
            unsafe = len(audit(table, found.cells, MINIMUM, tight=frozenset(found.tight)))
            size = len(table.counts)
            costs = f"{(chosen - read) / size * 1000:.3f} ms | {(done - began) / size * 1000:.3f} ms"
            print(f"| {words} | {size} | {small} | {kept / small:.2f} × | {costs} | {unsafe} |")


if __name__ == "__main__":
    main()
