"""Reads one sheet of a workbook in a process of its own, with limits: run by `workbook`."""

import json
import resource
import sys
import zipfile
from pathlib import Path

import python_calamine

MEMORY = 4 * 1024**3
SECONDS = 60
BYTES = 1024**3
DAMAGED = 3


def limit() -> None:
    """Keep a file that lies about its size from taking the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def whole(path: Path) -> None:
    """Refuse a zip of which a part is damaged or that swells beyond reason, also where the reader would not look."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as parts:
        if sum(part.file_size for part in parts.infolist()) > BYTES or parts.testzip() is not None:
            sys.exit(DAMAGED)


def written(cell: object) -> str:
    """Return a cell as text: a whole number without a point, a date as the standard writes it."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return str(cell)


def main(out: Path, path: Path, sheet: str | None) -> None:
    """Write the sheet as JSON: its name, the names of all sheets, and the rows with their numbers."""
    whole(path)
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    name = sheet if sheet is not None else next(iter(book.sheet_names), "")
    exists = name in book.sheet_names
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False) if exists else []
    texts = [(line, [written(cell) for cell in cells]) for line, cells in enumerate(rows, start=1)]
    told = {
        "sheet": name if exists else None,
        "sheets": book.sheet_names,
        "rows": [row for row in texts if any(row[1])],
    }
    out.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    limit()
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
    except Exception:  # whatever a damaged file does to a reader, it is damaged
        sys.exit(DAMAGED)
