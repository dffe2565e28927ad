"""Workbooks of Excel and OpenDocument: read in a limited process of its own, whole or not at all."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from buurtbalans.figures.findings import refuse
from buurtbalans.figures.sources import text

_CHILD: Final = Path(__file__).with_name("workbook_child.py")
_SECONDS: Final = 90
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN: Final = "Open het in Excel, bewaar het opnieuw, of bewaar het als CSV (UTF-8)."


def is_workbook(data: bytes) -> bool:
    """Tell whether bytes begin as a workbook (.xlsx, .ods, .xls) does.

    Examples
    --------
    >>> is_workbook(b"PK\\x03\\x04..."), is_workbook(b"jaar;waarde")
    (True, False)
    """
    return data.startswith((_ZIP, _OLE))


def rows(path: Path, sheet: str | None = None) -> list[tuple[int, list[str]]]:
    """Return the rows of a sheet that hold something, with their number in the sheet.

    Raises
    ------
    Refused
        When the file is damaged, has no such sheet, or asks for more memory or time than a table may.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "rows.json"
        command = [sys.executable, "-I", str(_CHILD), str(out), str(path.resolve()), *([sheet] if sheet else [])]
        quiet = subprocess.DEVNULL
        try:
            done = subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            raise refuse("Het lezen van dit bestand duurt te lang.", _AGAIN, file=path.name) from None
        told = json.loads(out.read_text(encoding="utf-8")) if done.returncode == 0 and out.is_file() else None
    if told is None:
        what = "Dit bestand is beschadigd of afgebroken. Het is niet te lezen als Excel."
        raise refuse(what, text.FETCH, file=path.name)
    if told["sheet"] is None:
        what = f"Dit bestand heeft geen blad “{sheet}”."
        raise refuse(what, f"Er zijn: {', '.join(told['sheets'])}.", file=path.name)
    return [(line, cells) for line, cells in told["rows"]]
