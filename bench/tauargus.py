"""How many cells `pytauargus` (Tau-Argus with HiGHS) withholds on twenty trees, beside `protect`, and who is found.

Not a part of `make bench`: `pip install pytauargus` in an environment that also holds this product, then
`python -m bench.tauargus`.
"""

import tempfile
import time
from pathlib import Path
from typing import Any

from buurtbalans.figures.protection.protect import protect
from tests.figures.attacker import Attacker, Cell
from tests.figures.hierarchies import Counts, Parents, as_table, hierarchy, leaves_of

MINIMUM = 10
TREES = 20


def lines_of(parents: Parents, area: str, depth: int = 0) -> list[str]:
    """Return the hierarchy below an area as Tau-Argus reads it."""
    found = []
    for child in [each for each, above in parents.items() if above == area]:
        found += ["@" * depth + child, *lines_of(parents, child, depth + 1)]
    return found


def argus(parents: Parents, counts: Counts, folder: Path) -> set[str]:
    """Return the areas that Tau-Argus withholds: everybody is one row, a cell of fewer than the minimum is unsafe."""
    from pytauargus import protect as run  # type: ignore[import-not-found]

    top = next(area for area, above in parents.items() if not above)
    tree = folder / "areas.hrc"
    tree.write_text("\n".join(lines_of(parents, top)) + "\n")
    people = [leaf for leaf in leaves_of(parents) for _ in range(counts[leaf])]
    rows = {"area": people, "one": [1] * len(people)}
    found: Any = run(
        rows,
        ["area"],
        response="one",
        safety_rules=f"FREQ({MINIMUM},100)",
        suppress="OPT(1)",
        hrc={"area": str(tree)},
        workdir=str(folder),
        decimals=0,
    )
    hidden = [str(row["area"]).strip() for row in found.tables[0].rows if row["status"] not in ("S", "Z", "E")]
    return {top if area == "Total" else area for area in hidden}


def main() -> None:
    """Print the rows of the table."""
    small = mine = theirs = mine_open = theirs_open = tried = 0
    spent = [0.0, 0.0]
    for seed in range(200):
        parents, counts = hierarchy(seed)
        if tried == TREES:
            break
        if not any(0 < count < MINIMUM for count in counts.values()) or counts["A"] < MINIMUM:
            continue
        with tempfile.TemporaryDirectory(prefix="buurtbalans-bench-") as folder:
            began = time.perf_counter()
            try:
                hidden = argus(parents, counts, Path(folder))
            except Exception as error:  # some trees it cannot read, such as areas with one child
                print(f"hierarchy {seed} skipped: {str(error)[:60]}")
                continue
            between = time.perf_counter()
        found = protect(as_table(parents, counts))
        spent = [spent[0] + between - began, spent[1] + time.perf_counter() - between]
        own = {area: cell.value is None for area, cell in zip(found.table.areas, found.cells, strict=True)}
        reasons = {area: str(cell.absence or "") for area, cell in zip(found.table.areas, found.cells, strict=True)}
        tried += 1
        small += sum(0 < count < MINIMUM for count in counts.values())
        mine, theirs = mine + sum(own.values()), theirs + len(hidden)
        for which, withheld in enumerate((own, {area: area in hidden for area in parents})):
            why = reasons if not which else dict.fromkeys(parents, "protects_another")
            seen = {area: Cell(None, why[area]) if withheld[area] else Cell(counts[area]) for area in parents}
            hits = len(Attacker(parents, [seen], [], MINIMUM, "contract").found([counts]))
            mine_open, theirs_open = mine_open + hits * (not which), theirs_open + hits * which
    print(f"{tried} hierarchies, {small} small counts")
    print(f"protect: {mine} withheld ({mine / small:.2f} x), {mine_open} found, {spent[1] / tried * 1000:.1f} ms each")
    print(f"pytauargus: {theirs} withheld ({theirs / small:.2f} x), {theirs_open} found, {spent[0] / tried:.2f} s each")


if __name__ == "__main__":
    main()
