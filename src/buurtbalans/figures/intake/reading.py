"""Bytes that somebody sent become a table of text, or a refusal in words; the file itself is gone afterwards."""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from buurtbalans.figures.findings import Refused, refuse

BYTES: Final = 10 * 1024**2
_CHILD: Final = Path(__file__).with_name("child.py")
_SECONDS: Final = 20  # on the clock; the child itself gets ten seconds of work
_AGAIN: Final = "Bewaar het in Excel opnieuw als .xlsx of als CSV (UTF-8)."
_WORDS: Final = {
    "empty": ("Dit bestand is leeg.", "Kies een bestand met een kop en rijen."),
    "wide": ("Dit bestand is opgeslagen als UTF-16.", "Bewaar het als CSV (UTF-8)."),
    "other": ("Dit is geen tabel die wij kunnen lezen.", "Kies een bestand van Excel (.xlsx) of een CSV."),
    "damaged": ("Dit bestand is beschadigd of afgebroken.", _AGAIN),
    "bomb": ("Dit bestand wordt bij het openen veel te groot.", _AGAIN),
    "slip": ("Dit bestand bevat onderdelen die er niet horen.", _AGAIN),
    "program": ("In dit bestand zit een programma (macro).", "Bewaar het als .xlsx, zonder macro’s."),
    "locked": ("Dit bestand heeft een wachtwoord.", "Haal het wachtwoord weg en bewaar het opnieuw."),
    "entities": ("Dit bestand verwijst naar dingen erbuiten.", _AGAIN),
    "columns": ("Dit bestand heeft meer dan 60 kolommen.", "Laat alleen de kolommen staan die u wilt delen."),
    "rows": ("Dit bestand is te lang voor een tabel met aantallen.", "Lever hooguit 20.000 rijen aan."),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A table as somebody sent it: every cell is text, and a row keeps the line where it stood."""

    file: str
    sha256: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    exact: bool

    def column(self, place: int) -> list[str]:
        """Return the cells of a column."""
        return [cells[place] for cells in self.rows]


def letter(place: int) -> str:
    """Return the letter of a column as Excel writes it.

    Examples
    --------
    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def read_upload(data: bytes, file: str) -> Upload:
    """Return the table in a file that somebody sent.

    The bytes stand in a folder of their own for as long as the child reads, and are erased before this returns.

    Raises
    ------
    Refused
        When it is no table, is damaged, or asks more than a table of counts may.
    """
    told = _told(data, file)
    return _shaped(file, hashlib.sha256(data).hexdigest(), told["rows"], told["exact"])


def read_tables(data: bytes, file: str) -> dict[str, list[tuple[int, list[str]]]]:
    """Return every table in a workbook, or in a zip of CSV files, by name: its rows with the line where they stand.

    Raises
    ------
    Refused
        When it is neither, is damaged, or asks more than such tables may.
    """
    tables: dict[str, list[tuple[int, list[str]]]] = _told(data, file, "--together")["tables"]
    return tables


def _told(data: bytes, file: str, *options: str) -> dict[str, Any]:
    if len(data) > BYTES:
        raise refuse("Dit bestand is groter dan 10 MB.", "Laat weg wat u niet wilt delen.", file=file)
    told = _child(data, *options)
    if told is None:
        what = "Dit bestand is beschadigd, of vraagt te veel geheugen of tijd."
        raise refuse(what, _AGAIN, file=file)
    if "stop" in told:
        raise refuse(*_WORDS[told["stop"]], file=file)
    return told


def _child(data: bytes, *options: str) -> dict[str, Any] | None:
    """Run the child; its own words about a damaged file are for nobody."""
    with tempfile.TemporaryDirectory(prefix="buurtbalans-") as folder:  # only for this account (0700)
        path, out = Path(folder) / "upload", Path(folder) / "rows.json"
        path.write_bytes(data)
        command = [sys.executable, "-I", str(_CHILD), str(out), str(path), *options]
        quiet = subprocess.DEVNULL
        try:
            done = subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return None
        if done.returncode or not out.is_file():
            return None
        told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return told


def _require_unique_names(header: list[str], file: str, line: int) -> None:
    """Refuse a header that has one name twice."""
    if doubled := [name for name, times in Counter(header).items() if times > 1]:
        what = f"De kop heeft twee keer dezelfde naam: {', '.join(doubled[:5])}."
        raise refuse(what, "Geef elke kolom een eigen naam.", file=file, row=line)


def _require_even_rows(body: list[tuple[int, list[str]]], width: int, file: str) -> None:
    """Refuse rows that have another number of cells than the header."""
    if uneven := [line for line, cells in body if len(cells) != width]:
        raise Refused(
            refuse("Deze rij heeft een ander aantal kolommen dan de kop.", _AGAIN, file=file, row=line).findings[0]
            for line in uneven[:20]
        )


def _shaped(file: str, seal: str, rows: list[tuple[int, list[str]]], exact: bool) -> Upload:
    if len(rows) < 2:
        raise refuse("Onder de kop staat geen enkele rij.", "Kies een bestand met een kop en rijen.", file=file)
    width = max(place + 1 for _, cells in rows for place, cell in enumerate(cells) if cell)
    top = [*rows[0][1], *[""] * width][:width]
    header = [name or f"kolom {letter(place)}" for place, name in enumerate(top)]
    _require_unique_names(header, file, rows[0][0])
    body = rows[1:]
    if not exact:
        _require_even_rows(body, len(rows[0][1]), file)
    return Upload(
        file, seal, header, [[*cells, *[""] * width][:width] for _, cells in body], [line for line, _ in body], exact
    )
