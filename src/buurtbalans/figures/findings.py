"""Findings: what is wrong with a delivered file, in plain words, with the place in the file and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How serious a finding is: `refuse` stops the file, `warn` asks for a look, `note` informs."""

    REFUSE = "refuse"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stands out in a file.

    `what` and `todo` are Dutch sentences in plain language; `row` counts lines of the file from 1, header included;
    `column` is the column's own name; `times` says how often the same thing occurs when rows are taken together.
    """

    weight: Severity
    what: str
    todo: str = ""
    file: str = ""
    row: int | None = None
    column: str | None = None
    times: int = 1


class Refused(Exception):
    """The input or the call is refused and nothing was written; the command line turns this into exit code 2."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.what for finding in self.findings))


def refuse(what: str, todo: str = "", *, file: str = "", row: int | None = None, column: str | None = None) -> Refused:
    """Return a refusal with one finding, ready to raise."""
    return Refused([Finding(Severity.REFUSE, what, todo, file, row, column)])


def unopened(path: object, error: OSError) -> Refused:
    """Return the refusal of a file that is not there, or that this machine does not let us open.

    Examples
    --------
    >>> unopened("weg.csv", FileNotFoundError()).findings[0].what
    'Dit bestand is er niet.'
    """
    if isinstance(error, FileNotFoundError):
        return refuse("Dit bestand is er niet.", "Kijk de naam en de map na.", file=str(path))
    return refuse(f"Dit bestand is niet te openen ({error.strerror}).", "Kijk de rechten na.", file=str(path))
