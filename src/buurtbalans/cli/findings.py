"""Findings on the command line: a table on standard error, and the exit code of a refusal."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from buurtbalans.cli.console import FAULT, REFUSED, stderr_console, volume
from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

_WORDS: Final = {
    Severity.REFUSE: (noop("geweigerd"), "bold red"),
    Severity.WARN: (noop("let op"), "yellow"),
    Severity.NOTE: (noop("ter info"), "dim"),
}
_ORDER: Final = list(Severity)


def print_findings(findings: Iterable[Finding]) -> None:
    """Print findings as a table, the heaviest first; nothing when there are none, with `--quiet` only refusals."""
    ordered = sorted(findings, key=lambda finding: _ORDER.index(finding.weight))
    loud = [finding for finding in ordered if finding.weight is Severity.REFUSE or not volume.quiet]
    if not loud:
        return
    console = stderr_console()
    console.print(terminal_table(loud) if console.is_terminal else pipe_table(loud))


def findings_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as data for JSON, the heaviest first."""
    return [
        {
            "severity": str(finding.weight),
            "what": finding.what,
            "todo": finding.todo,
            "file": finding.file,
            "row": finding.row,
            "column": finding.column,
            "times": finding.times,
        }
        for finding in sorted(findings, key=lambda finding: _ORDER.index(finding.weight))
    ]


def terminal_table(findings: Iterable[Finding]) -> Table:
    """Return a table for people: the place in one cell, and what to do below what is wrong."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("", _("waar"), _("wat, en wat te doen")):
        table.add_column(name, overflow="fold")
    for finding in findings:
        word, style = _WORDS[finding.weight]
        row = _("regel %(number)s") % {"number": finding.row} if finding.row else ""
        place = "\n".join(part for part in (finding.file, row, finding.column) if part)
        times = _(" (%(number)s keer)") % {"number": finding.times} if finding.times > 1 else ""
        what = Text.assemble(_printable(finding.what), times, "\n" if finding.todo else "", _printable(finding.todo))
        table.add_row(Text(_(word), style), _printable(place), what)
    return table


def pipe_table(findings: Iterable[Finding]) -> Table:
    """Return a table for a pipe: a line per finding, a column per fact."""
    table = Table(box=None, pad_edge=False)
    for name in ("", _("bestand")):
        table.add_column(name)
    table.add_column(_("regel"), justify="right")
    for name in (_("kolom"), _("wat"), _("wat te doen")):
        table.add_column(name)
    table.add_column(_("aantal"), justify="right")
    for finding in findings:
        cells = (finding.file, str(finding.row or ""), finding.column or "", finding.what, finding.todo)
        times = str(finding.times) if finding.times > 1 else ""
        table.add_row(_(_WORDS[finding.weight][0]), *(_printable(" ".join(cell.split())) for cell in cells), times)
    return table


@contextmanager
def exit_on_refusal() -> Iterator[None]:
    """Turn a refusal into its findings on standard error and the exit code of what is refused."""
    try:
        yield
    except Refused as refused:
        print_findings(refused.findings)
        raise typer.Exit(REFUSED) from None


@contextmanager
def exit_on_refusal_or_disk_error() -> Iterator[None]:
    """Turn a refusal into its exit code and a disk error into that of a fault, both with what to do."""
    with exit_on_refusal():
        try:
            yield
        except OSError as error:
            what = _("De schijf doet niet mee: %(why)s.") % {"why": error.strerror or error}
            file = str(error.filename or "")
            print_findings([Finding(Severity.REFUSE, what, _("Maak ruimte of kijk de rechten na."), file=file)])
            raise typer.Exit(FAULT) from None


def _printable(text: str) -> Text:
    """Return the text without control characters, so that a file cannot steer the terminal."""
    return Text("".join(char if char.isprintable() or char == "\n" else " " for char in text))
