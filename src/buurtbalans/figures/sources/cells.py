"""Cells: what a publisher wrote in a column becomes numbers, and a reason where there is no number."""

from dataclasses import dataclass

import polars as pl

from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.observation import ABSENCES, Absence
from buurtbalans.figures.sources.sheet import Sheet, per_row


@dataclass(frozen=True, slots=True)
class Figures:
    """The values of one column and the reasons where there is none; both None when the column holds text."""

    value: pl.Series | None
    absence: pl.Series | None
    findings: list[Finding]


def figures(sheet: Sheet, place: str, *, known: bool, whole: bool) -> Figures:
    """Return a column of a sheet as values and absences.

    Parameters
    ----------
    sheet, place
        The file and the column in its frame.
    known
        Whether the catalogue has this column: then every cell must be a number. A column that nobody knows
        and that is mostly text is no figure; it is left out with a note.
    whole
        Whether the file has a row for a municipality or the country. There, a column without any value is a column
        that was not measured; in a loose handful of neighbourhoods it may be secret in all of them.

    Examples
    --------
    >>> from buurtbalans.figures.sources.sheet import Column
    >>> frame = pl.DataFrame({"0": ["2,5", ".", ""]})
    >>> sheet = Sheet("x.csv", [Column("km", ("km",))], frame, [2, 3, 4], Absence.NOT_APPLICABLE)
    >>> found = figures(sheet, "0", known=True, whole=True)
    >>> found.value.to_list(), found.absence.to_list()
    ([2.5, None, None], [None, 'withheld_at_source', 'not_applicable'])
    """
    written = sheet.frame[place]
    if written.dtype.is_numeric():
        value = written.cast(pl.Float64).fill_nan(None)
        return Figures(value, _reasons(value, None, sheet, whole), [])
    cells = written.cast(pl.String).str.strip_chars(" \t\xa0")
    empty = cells.is_null() | (cells == "")
    missing = empty | cells.is_in(list(sheet.missing)).fill_null(False)
    number = cells.str.contains(sheet.number).fill_null(False)
    value = cells.str.replace(",", ".", literal=True).set(~number, None).cast(pl.Float64)
    strange = ~missing & ~(number & value.is_finite().fill_null(False))
    if strange.any():
        if not known and strange.sum() * 2 >= (~missing).sum():
            what = "Deze kolom bevat tekst, geen cijfers. Wij nemen haar niet mee."
            return Figures(None, None, [Finding(Severity.NOTE, what, "", sheet.file, None, sheet.name(place))])
        return Figures(None, None, _no_numbers(sheet, place, cells, strange))
    return Figures(value, _reasons(value, empty, sheet, whole), [])


def _reasons(value: pl.Series, empty: pl.Series | None, sheet: Sheet, whole: bool) -> pl.Series:
    """Return the absence per row; `empty` None means that the file lost the difference between empty and unknown."""
    absent = value.is_null()
    blank = absent if empty is None else empty
    if absent.all() and (whole or blank.all()):
        reason = pl.repeat(Absence.NOT_MEASURED.value, len(value), eager=True)
    else:
        withheld = pl.lit(Absence.WITHHELD_AT_SOURCE.value)
        reason = pl.select(
            pl.when(~absent).then(None).when(blank).then(pl.lit(sheet.blank.value)).otherwise(withheld)
        ).to_series()
    return reason.cast(ABSENCES)


def _no_numbers(sheet: Sheet, place: str, cells: pl.Series, strange: pl.Series) -> list[Finding]:
    """Name each cell that should be a number, taking equal ones together."""
    rows = pl.DataFrame({"cell": cells, "line": sheet.lines}).filter(strange)
    todo = "Zet hier een getal, met een komma voor decimalen. Onbekend? Zet dan een punt."
    findings: list[Finding] = []
    for (cell,), group in rows.group_by("cell", maintain_order=True):
        what = f"“{str(cell)[:40]}” is geen getal."
        findings += per_row(what, todo, file=sheet.file, lines=group["line"], column=sheet.name(place))
    return findings
