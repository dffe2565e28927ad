"""From what somebody sent to a case, and from a case to its advice: always through the engine, never around it."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from buurtbalans.figures.findings import Finding, Refused, Severity, refuse
from buurtbalans.method.placements.queries.help_sheet import HELP, help_rows
from buurtbalans.method.placements.queries.numbers import HEAD, SHEET, cell, numbers, toml_of
from buurtbalans.method.placements.queries.references import area_rows, with_codes
from buurtbalans.placing.case import EXPECTED, HOMES, HOUSEHOLDS, Case, read_case
from buurtbalans.placing.columns import FILES
from buurtbalans.placing.people import is_forbidden
from buurtbalans.placing.settings import NAME

MOST: Final = 2_500  # households or homes in one batch on the screen; the command takes more
BOTH: Final = (HOUSEHOLDS, HOMES)
_NAMED: Final = re.compile(rf"\b({'|'.join(name.removesuffix('.csv') for name in FILES)}|settings)\.(?:csv|toml)\b")
SHEETS: Final = tuple(FILES)
Table = Sequence[tuple[int, list[str]]]
Files = Mapping[str, str]
Texts = tuple[tuple[str, str], ...]


def files_of(tables: Mapping[str, Table]) -> tuple[dict[str, str], Case, list[Finding]]:
    """Return the files of a case as they are kept, the case, and what asks for a look in what somebody sent.

    Raises
    ------
    Refused
        With everything that is wrong, each with its table, row and column.
    """
    named = _by_file_name(tables)
    numbers_sent = named.pop(f"{SHEET}.csv", None)
    sent = {name: _text(rows) for name, rows in named.items() if name in SHEETS}
    settings, looks, wrong = dict[str, str](), list[Finding](), list(_strange(named))
    try:
        if numbers_sent and (own := toml_of(numbers_sent)):
            settings = {NAME: own}
    except Refused as refused:
        wrong += refused.findings
    try:
        looks = _in_sheets(coming_of({**sent, **settings}, BOTH).findings)
    except Refused as refused:
        wrong += with_codes(refused.findings, tables)
    if wrong:
        raise Refused(wrong)
    kept = {name: _clean(text) for name, text in sent.items()} | settings
    case = case_of(kept)
    _require_filled(case)
    if max(len(case.households.ids), len(case.homes.ids)) > MOST:
        raise refuse(f"Hierin staan meer dan {MOST} huishoudens of woningen.", "Verdeel ze over meer lijsten.")
    return kept, case, looks


def _by_file_name(tables: Mapping[str, Table]) -> dict[str, Table]:
    """Return the tables that are not empty by the name of their file, without the sheet of explanations."""
    named = {f"{name.strip().lower().removesuffix('.csv')}.csv": rows for name, rows in tables.items() if rows}
    named.pop(f"{HELP}.csv", None)
    return named


def _strange(named: Mapping[str, Table]) -> Iterator[Finding]:
    """Yield every sheet that no case has."""
    known = ", ".join([*(name.removesuffix(".csv") for name in SHEETS), SHEET])
    for name in sorted(set(named) - set(SHEETS)):
        what = f"Het blad “{name[:40].removesuffix('.csv')}” hoort hier niet."
        yield Finding(Severity.REFUSE, what, f"Wij kennen: {known}.")


def _require_filled(case: Case) -> None:
    """Refuse a list in which nobody, or no home, is there to place."""
    empty = {"households": not case.households.ids, "homes": not case.homes.ids}
    words = {"households": "huishouden", "homes": "woning"}
    if any(empty.values()):
        raise Refused(
            Finding(Severity.REFUSE, f"Er staat geen {words[sheet]} in het blad {sheet}.", "Vul dit blad in.", sheet)
            for sheet, is_empty in empty.items()
            if is_empty
        )


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
    """Read the files of a batch into a case, without the households and homes still to come (see `coming_of`)."""
    return read(tuple(sorted(files.items())))


def coming_of(files: Files, sides: Sequence[str] = (HOMES,)) -> Case:
    """Return the case of a batch with the homes that are to come, or with households too."""
    return read(tuple(sorted(files.items())), tuple(side for side in sides if EXPECTED[side] in files))


def lacking(files: Files) -> list[str]:
    """Return which sheets of what is to come are not there, or empty."""
    names = [EXPECTED[side] for side in BOTH]
    return [name.removesuffix(".csv") for name in names if not files.get(name, "").partition("\n")[2].strip()]


def looks_ahead(files: Files) -> bool:
    """Return whether a batch says anything of what is to come."""
    return len(lacking(files)) < len(BOTH)


@lru_cache(maxsize=4)
def read(texts: Texts, expected: tuple[str, ...] = ()) -> Case:
    """Return the case of some files."""
    with TemporaryDirectory(prefix="buurtbalans-") as folder:  # only for this account (0700)
        for name, text in texts:
            (Path(folder) / name).write_text(text, encoding="utf-8")
        try:
            return read_case(Path(folder), expected=expected)
        except Refused as refused:
            raise Refused(_in_sheets(refused.findings)) from None


def _in_sheets(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings that name the sheet of a workbook and not a file that nobody sent."""
    return [
        replace(finding, what=_sheet(finding.what), todo=_sheet(finding.todo), file=_sheet(finding.file))
        for finding in findings
    ]


def _sheet(words: str) -> str:
    """Return words about files as words about sheets."""
    return _NAMED.sub(r"\1", words).replace("Dit bestand", "Dit blad")


def template() -> bytes:
    """Return an empty workbook with every sheet and column of a case, its numbers, and what all of it means."""
    import xlsxwriter  # type: ignore[import-untyped]  # the library has no types

    said = io.BytesIO()
    sheets = {name.removesuffix(".csv"): [[column.name for column in FILES[name]]] for name in SHEETS}
    sheets[SHEET] = [HEAD, *([name, cell(value)] for name, value in numbers().items())]
    with xlsxwriter.Workbook(said, {"in_memory": True}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, len(rows[0]) - 1, 24 if name == SHEET else 16)
            sheet.set_row(0, None, bold)
            sheet.freeze_panes(1, 0)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
        sheet = book.add_worksheet(HELP)
        sheet.set_column(0, 1, 20)
        sheet.set_column(2, 3, 56, wrapped)
        for line, words in enumerate([*help_rows(SHEETS), *area_rows()]):
            sheet.write_row(line, 0, words)
    return said.getvalue()
