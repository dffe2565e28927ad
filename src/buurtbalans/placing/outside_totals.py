"""The files of an audit from outside: lines that go out, properties that stay there, totals that come back."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from buurtbalans.figures.findings import Finding, Refused, Severity, refuse
from buurtbalans.placing.case import Case
from buurtbalans.placing.fairness import FEWEST, MINIMUM, AuditLine, AuditTotal, Spread, line_of
from buurtbalans.placing.people import leads_to

LINES: Final = ("household", "placed", "fit", "weeks_waiting", "urgency", "like")
TOTALS: Final = (
    "property",
    "class",
    "like",
    "households",
    "placed",
    "fit",
    "fit_sd",
    "weeks",
    "weeks_sd",
    "urgency",
    "urgency_sd",
)
NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/+-]{0,38}[A-Za-z0-9+])?")
WHOLE: Final = re.compile(r"\d{1,7}")
NUMBER: Final = re.compile(r"\d{1,7}(?:\.\d{1,6})?")
MOST: Final = 5_000  # rows of totals
Row = tuple[int, Mapping[str, str]]


def write_lines(lines: Iterable[AuditLine]) -> str:
    """Return lines as CSV, in the order of the working numbers."""
    rows = sorted(
        (line.household, int(line.placed), "" if line.fit is None else line.fit, line.weeks, line.urgency, line.like)
        for line in lines
    )
    return _csv(LINES, rows)


def write_totals(audit_totals: Iterable[AuditTotal]) -> str:
    """Return totals as CSV."""
    rows = (
        (
            audit_total.name,
            audit_total.klass,
            audit_total.like,
            audit_total.households,
            "" if audit_total.placed is None else audit_total.placed,
            *(("", "") if audit_total.fit is None else (audit_total.fit.mean, audit_total.fit.sd)),
            audit_total.weeks.mean,
            audit_total.weeks.sd,
            audit_total.urgency.mean,
            audit_total.urgency.sd,
        )
        for audit_total in audit_totals
    )
    return _csv(TOTALS, rows)


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    said = io.StringIO()
    write = csv.writer(said, lineterminator="\n")
    write.writerow(head)
    write.writerows(rows)
    return said.getvalue()


def lines_of_advice(case: Case, proposals: Path) -> list[AuditLine]:
    """Return the lines of an advice that was written before, from its case and its `proposals.csv`.

    Raises
    ------
    Refused
        When the proposals are not of this case.
    """
    fits: dict[str, int] = {}
    for line, row in _rows(proposals, ("household", "home", "fit")):
        if not WHOLE.fullmatch(row["fit"]) or row["household"] not in case.households.ids:
            what = "Dit voorstel hoort niet bij deze case."
            raise refuse(what, "Geef de map van het advies op deze case.", file=proposals.name, row=line)
        fits[row["household"]] = int(row["fit"])
    return [line_of(case, at, fits.get(id)) for at, id in enumerate(case.households.ids)]


def read_lines(path: Path) -> list[AuditLine]:
    """Return lines that went outside before."""
    audit_lines = []
    for at, row in _rows(path, LINES):
        numbers = [row["weeks_waiting"], row["urgency"], *([row["fit"]] if row["fit"] else [])]
        if row["placed"] not in ("0", "1") or not all(map(WHOLE.fullmatch, numbers)):
            raise refuse("Deze regel klopt niet.", "Neem het bestand zoals het is gemaakt.", file=path.name, row=at)
        fit = int(row["fit"]) if row["fit"] else None
        audit_lines.append(
            AuditLine(row["household"], row["placed"] == "1", fit, int(numbers[0]), int(numbers[1]), row["like"])
        )
    return audit_lines


def read_properties(path: Path) -> dict[str, dict[str, str]]:
    """Return per column of a table its class for each working number; this table never leaves who made it."""
    rows = list(_rows(path, ("household",)))
    names = [name for name in (rows[0][1] if rows else {}) if name != "household"]
    if not names:
        raise refuse("Hier staat geen eigenschap in.", "Zet naast household een kolom per eigenschap.", file=path.name)
    return {name: {row["household"]: row[name] for _line, row in rows} for name in names}


def read_totals(rows: Iterable[Row], file: str) -> list[AuditTotal]:
    """Return totals that an office outside made, checked: no names, no few, nothing twice.

    Raises
    ------
    Refused
        With everything that is wrong.
    """
    audit_totals, wrong, seen = list[AuditTotal](), list[Finding](), set[tuple[str, str, str]]()
    for line, row in rows:
        faults = list(_faults(row)) or ([_TWICE] if _key(row) in seen else [])
        wrong += [Finding(Severity.REFUSE, what, todo, file, line, column) for column, what, todo in faults]
        if not faults:
            seen.add(_key(row))
            audit_totals.append(_total(row))
    if len(audit_totals) > MOST:
        raise refuse(f"Hier staan meer dan {MOST} regels in.", "Geef minder eigenschappen per keer.", file=file)
    if not audit_totals and not wrong:
        raise refuse("Hier staan geen totalen in.", "Maak ze met: buurtbalans place-audit totals.", file=file)
    if wrong:
        raise Refused(wrong[:20])
    return audit_totals


_TWICE: Final = ("class", "Deze klasse staat er twee keer.", "Laat er één staan.")


def _key(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["property"], row["class"], row["like"]


Fault = tuple[str, str, str]  # the column, what is wrong, what to do


def _faults(row: Mapping[str, str]) -> list[Fault]:
    """Return what is wrong in a row of totals; few are only told of where the numbers can be read."""
    wrong = [*_unnamed(row), *_unread(row)]
    placed = int(row["placed"]) if row["placed"].isdigit() else 0
    return wrong or list(_few(int(row["households"]), placed))


def _unnamed(row: Mapping[str, str]) -> Iterator[Fault]:
    for column in ("property", "class", "like"):
        if not NAME.fullmatch(row[column]):
            yield column, "Dit is geen korte naam.", "Gebruik letters, cijfers en - . _ / +."
        elif clue := leads_to(row[column]):
            yield column, f"Dit lijkt op {clue}.", "Totalen gaan over groepen, nooit over één mens."


def _unread(row: Mapping[str, str]) -> Iterator[Fault]:
    for column in TOTALS[3:]:
        whole = column in ("households", "placed")
        without = column in ("placed", "fit", "fit_sd") and row["placed"] in ("", "0") and not row[column]
        if not without and not (WHOLE if whole else NUMBER).fullmatch(row[column]):
            yield column, "Dit is geen getal.", "Hier hoort een heel getal." if whole else "Schrijf een getal zo: 12.5."


def _few(many: int, placed: int) -> Iterator[Fault]:
    if many < MINIMUM:
        yield "households", f"Dit zijn minder dan {MINIMUM} huishoudens.", "Voeg klassen samen, of laat deze weg."
    elif placed > many:
        yield "placed", "Hier staan meer woningen dan huishoudens.", "Kijk de aantallen na."
    elif 0 < placed < FEWEST or 0 < many - placed < FEWEST:
        yield "placed", f"Dit vertelt van minder dan {FEWEST} huishoudens.", "Voeg klassen samen, of laat deze weg."


def _total(row: Mapping[str, str]) -> AuditTotal:
    def spread(name: str) -> Spread:
        return Spread(float(row[name]), float(row[f"{name}_sd"]))

    return AuditTotal(
        row["property"],
        row["class"],
        row["like"],
        int(row["households"]),
        int(row["placed"]) if row["placed"] else None,
        spread("fit") if row["fit"] else None,
        spread("weeks"),
        spread("urgency"),
    )


def rows_of_totals(path: Path) -> list[Row]:
    """Return the rows of a file of totals."""
    return list(_rows(path, TOTALS))


def as_rows(table: Sequence[tuple[int, list[str]]], columns: Sequence[str], file: str) -> Iterator[Row]:
    """Yield the rows of a table with its columns by name; refuse one that lacks columns."""
    head = [name.strip() for name in table[0][1]] if table else []
    if lacks := [name for name in columns if name not in head]:
        raise refuse(f"Hier ontbreekt: {', '.join(lacks)}.", f"De kolommen zijn: {', '.join(columns)}.", file=file)
    for line, cells in table[1:]:
        full = [cell.strip() for cell in [*cells, *[""] * (len(head) - len(cells))]]
        yield line, dict(zip(head, full, strict=False))


def _rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a CSV file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise refuse(f"“{path.name}” is niet te lezen.", "Geef een CSV-bestand in UTF-8.", file=path.name) from None
    table = [(line, cells) for line, cells in enumerate(csv.reader(io.StringIO(text)), start=1) if any(cells)]
    yield from as_rows(table, columns, path.name)
