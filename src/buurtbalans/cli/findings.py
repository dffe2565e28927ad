"""Findings on the command line: a table on standard error, and the exit code of a refusal."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from buurtbalans.cli.console import REFUSED, stderr_console
from buurtbalans.figures.findings import Finding, Refused, Severity

_WORDS = {
    Severity.REFUSE: ("geweigerd", "bold red"),
    Severity.WARN: ("let op", "yellow"),
    Severity.NOTE: ("ter info", "dim"),
}
_ORDER = list(Severity)


def print_findings(findings: Iterable[Finding]) -> None:
    """Print findings as a table, the heaviest first; print nothing when there are none."""
    ordered = sorted(findings, key=lambda finding: _ORDER.index(finding.weight))
    if not ordered:
        return
    console = stderr_console()
    console.print(terminal_table(ordered) if console.is_terminal else pipe_table(ordered))


def terminal_table(findings: Iterable[Finding]) -> Table:
    """Return a table for people: the place in one cell, and what to do below what is wrong."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("", "waar", "wat, en wat te doen"):
        table.add_column(name, overflow="fold")
    for finding in findings:
        word, style = _WORDS[finding.weight]
        row = f"regel {finding.row}" if finding.row else ""
        place = "\n".join(part for part in (finding.file, row, finding.column) if part)
        times = f" ({finding.times} keer)" if finding.times > 1 else ""
        what = Text.assemble(_printable(finding.what), times, "\n" if finding.todo else "", _printable(finding.todo))
        table.add_row(Text(word, style), _printable(place), what)
    return table


def pipe_table(findings: Iterable[Finding]) -> Table:
    """Return a table for a pipe: a line per finding, a column per fact."""
    table = Table(box=None, pad_edge=False)
    for name in ("", "bestand", "regel", "kolom", "wat", "wat te doen", "aantal"):
        table.add_column(name, justify="right" if name in {"regel", "aantal"} else "left")
    for finding in findings:
        cells = (finding.file, str(finding.row or ""), finding.column or "", finding.what, finding.todo)
        times = str(finding.times) if finding.times > 1 else ""
        table.add_row(_WORDS[finding.weight][0], *(_printable(" ".join(cell.split())) for cell in cells), times)
    return table


@contextmanager
def exit_on_refusal() -> Iterator[None]:
    """Turn a refusal into its findings on standard error and exit code 2."""
    try:
        yield
    except Refused as refused:
        print_findings(refused.findings)
        raise typer.Exit(REFUSED) from None


@contextmanager
def exit_on_refusal_or_disk_error() -> Iterator[None]:
    """Turn a refusal into exit code 2 and a disk error into exit code 1, both with what to do."""
    with exit_on_refusal():
        try:
            yield
        except OSError as error:
            what = f"De schijf doet niet mee: {error.strerror or error}."
            file = str(error.filename or "")
            print_findings([Finding(Severity.REFUSE, what, "Maak ruimte of kijk de rechten na.", file=file)])
            raise typer.Exit(1) from None


def _printable(text: str) -> Text:
    """Return the text without control characters, so that a file cannot steer the terminal."""
    return Text("".join(char if char.isprintable() or char == "\n" else " " for char in text))
