"""From what somebody sent to a case, and from a case to its advice: always through the engine, never around it."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from buurtbalans.figures.findings import Finding, Refused, Weight, refuse
from buurtbalans.placing import report
from buurtbalans.placing.case import Case, read_case
from buurtbalans.placing.columns import FILES
from buurtbalans.placing.pairs import Pair, Wishes
from buurtbalans.placing.people import is_forbidden
from buurtbalans.placing.solve import Advice, advise

from ..models import PlacingAdvice, PlacingBatch

MOST: Final = 2_500  # households or homes in one batch on the screen; the command takes more
SHEETS: Final = tuple(name for name in FILES if not name.startswith("expected_"))
Table = Sequence[tuple[int, list[str]]]
Files = Mapping[str, str]
_Texts = tuple[tuple[str, str], ...]


def files_of(tables: Mapping[str, Table]) -> tuple[dict[str, str], Case]:
    """Return the files of a case as they are kept, and the case, from the tables that somebody sent.

    Raises
    ------
    Refused
        With everything that is wrong, each with its table, row and column.
    """
    named = {f"{name.strip().lower().removesuffix('.csv')}.csv": rows for name, rows in tables.items() if rows}
    if strange := sorted(set(named) - set(SHEETS)):
        known = ", ".join(name.removesuffix(".csv") for name in SHEETS)
        raise Refused(
            Finding(
                Weight.REFUSE, f"Het blad “{name[:40].removesuffix('.csv')}” hoort hier niet.", f"Wij kennen: {known}."
            )
            for name in strange
        )
    sent = {name: _text(rows) for name, rows in named.items()}
    _read(tuple(sorted(sent.items())))
    kept = {name: _clean(text) for name, text in sent.items()}
    case = case_of(kept)
    if max(len(case.households.ids), len(case.homes.ids)) > MOST:
        raise refuse(f"Hierin staan meer dan {MOST} huishoudens of woningen.", "Verdeel ze over meer lijsten.")
    return kept, case


def _text(rows: Table) -> str:
    """Return a table as CSV in which every row keeps its line, so that a finding points to the right one."""
    said = io.StringIO()
    write = csv.writer(said, lineterminator="\n")
    width = len(rows[0][1])
    at = rows[0][0]
    for line, cells in rows:
        said.write("\n" * max(0, line - at - 1))
        write.writerow([cell.removesuffix(" 00:00:00") for cell in [*cells, *[""] * width][: max(width, len(cells))]])
        at = line
    return said.getvalue()


def _clean(text: str) -> str:
    """Return a file with its rows sorted, without the columns that nobody may be placed by."""
    head, *rows = [cells for cells in csv.reader(io.StringIO(text)) if any(cells)]
    places = [place for place, name in enumerate(head) if name.strip() and not is_forbidden(name)]
    said = io.StringIO()
    kept = sorted([cells[place].strip() for place in places] for cells in rows)
    csv.writer(said, lineterminator="\n").writerows([[head[place].strip() for place in places], *kept])
    return said.getvalue()


def case_of(files: Files) -> Case:
    """Return the case of a batch."""
    return _read(tuple(sorted(files.items())))


@lru_cache(maxsize=4)
def _read(texts: _Texts) -> Case:
    with TemporaryDirectory(prefix="buurtbalans-") as folder:  # only for this account (0700)
        for name, text in texts:
            (Path(folder) / name).write_text(text, encoding="utf-8")
        try:
            return read_case(Path(folder))
        except Refused as refused:
            raise Refused(_in_sheets(refused.findings)) from None


def _in_sheets(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings that name the sheet of a workbook and not a file that nobody sent."""
    return [replace(one, file=one.file.removesuffix(".csv") if one.file else one.file) for one in findings]


def advised(batch: PlacingBatch, advice: PlacingAdvice) -> Advice:
    """Return an advice of a batch, made again from what was kept."""
    return solved(batch.files, advice.locks, advice.rejections, advice.shown)


def solved(files: Files, locks: Sequence[str], rejections: Sequence[str], shown: Sequence[str]) -> Advice:
    """Return the advice on some files with what people decided."""
    return _advised(tuple(sorted(files.items())), tuple(locks), tuple(rejections), tuple(shown))


@lru_cache(maxsize=4)
def _advised(texts: _Texts, locks: tuple[str, ...], rejections: tuple[str, ...], shown: tuple[str, ...]) -> Advice:
    case = _read(texts)
    return advise(case, Wishes(_pairs(case, locks), _pairs(case, rejections), _pairs(case, shown)))


def _pairs(case: Case, said: Sequence[str]) -> frozenset[Pair]:
    households = {code: place for place, code in enumerate(case.households.ids)}
    homes = {code: place for place, code in enumerate(case.homes.ids)}
    split = [one.partition(":") for one in said]
    return frozenset((households[household], homes[home]) for household, _, home in split)


def forget() -> None:
    """Let go of every case and advice in memory."""
    _read.cache_clear()
    _advised.cache_clear()


def seal_of(advice: Advice) -> str:
    """Return the hash over all files of an advice: the same advice has the same bytes."""
    with TemporaryDirectory(prefix="buurtbalans-") as folder:
        report.write(advice, Path(folder))
        found = hashlib.sha256()
        for path in sorted(Path(folder).iterdir()):
            found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def template() -> bytes:
    """Return an empty workbook with every sheet and column of a case."""
    import xlsxwriter  # type: ignore[import-untyped]  # the library has no types

    said = io.BytesIO()
    with xlsxwriter.Workbook(said, {"in_memory": True}) as book:
        for name in SHEETS:
            sheet = book.add_worksheet(name.removesuffix(".csv"))
            sheet.write_row(0, 0, [column.name for column in FILES[name]])
    return said.getvalue()
