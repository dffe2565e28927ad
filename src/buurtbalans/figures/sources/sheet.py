"""A sheet: one delivered file as a table with its cells still as the publisher wrote them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.observation import Absence

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its own name, and the plain names it may be known by, the most precise first."""

    name: str
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file, read whole.

    `frame` has a column per entry of `columns`, named "0", "1", …; `lines` gives the line of the file where each row
    begins; `blank` is what an empty cell means in this layout; `missing` are other words for "no figure";
    `number` is the pattern of a written number; `year` is the year the file itself names.
    """

    file: str
    columns: list[Column]
    frame: pl.DataFrame
    lines: Sequence[int]
    blank: Absence
    number: str = r"^-?\d+(,\d+)?$"
    missing: tuple[str, ...] = (".",)
    year: int | None = None
    title: str = ""
    url: str = ""
    files: tuple[tuple[str, str], ...] = ()
    findings: list[Finding] = field(default_factory=list)

    def find_column(self, *names: str) -> str | None:
        """Return the frame column that is known by one of these plain names, or None."""
        for position, column in enumerate(self.columns):
            if any(name in column.plain for name in names):
                return str(position)
        return None

    def name(self, place: str) -> str:
        """Return the publisher's name of a frame column."""
        return self.columns[int(place)].name


def per_row(
    what: str,
    todo: str,
    *,
    file: str,
    lines: Iterable[int],
    column: str | None = None,
    weight: Severity = Severity.REFUSE,
) -> list[Finding]:
    """Return a finding per line, the first ten by themselves and the rest taken together."""
    every = list(lines)
    findings = [Finding(weight, what, todo, file, line, column) for line in every[:SHOWN]]
    rest = every[SHOWN:]
    if rest:
        findings.append(Finding(weight, f"{what} (en verder)", todo, file, rest[0], column, len(rest)))
    return findings
