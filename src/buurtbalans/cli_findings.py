"""Findings on the command line: a table on standard error, and the exit code of a refusal."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from buurtbalans.figures.findings import Finding, Refused, Weight

REFUSED = 2
_WORDS = {Weight.REFUSE: ("geweigerd", "bold red"), Weight.WARN: ("let op", "yellow"), Weight.NOTE: ("ter info", "dim")}
_ORDER = list(Weight)
_WIDE = 2_000


def console() -> Console:
    """Return the console on standard error; in a pipe a row of a table stays one line."""
    found = Console(stderr=True)
    return found if found.is_terminal else Console(stderr=True, width=_WIDE)


def show(findings: Iterable[Finding]) -> None:
    """Print findings as a table, the heaviest first; print nothing when there are none."""
    found = sorted(findings, key=lambda finding: _ORDER.index(finding.weight))
    if not found:
        return
    screen = console()
    screen.print(_narrow(found) if screen.is_terminal else _wide(found))


def _narrow(findings: Iterable[Finding]) -> Table:
    """Return a table for people: where it is in one cell, what to do under what is wrong."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("", "waar", "wat, en wat te doen"):
        table.add_column(name, overflow="fold")
    for finding in findings:
        word, style = _WORDS[finding.weight]
        row = f"regel {finding.row}" if finding.row else ""
        where = "\n".join(part for part in (finding.file, row, finding.column) if part)
        times = f" ({finding.times} keer)" if finding.times > 1 else ""
        what = Text.assemble(_plain(finding.what), times, "\n" if finding.todo else "", _plain(finding.todo))
        table.add_row(Text(word, style), _plain(where), what)
    return table


def _wide(findings: Iterable[Finding]) -> Table:
    """Return a table for a pipe: a line per finding, a column per fact."""
    table = Table(box=None, pad_edge=False)
    for name in ("", "bestand", "regel", "kolom", "wat", "wat te doen", "aantal"):
        table.add_column(name, justify="right" if name in {"regel", "aantal"} else "left")
    for finding in findings:
        cells = (finding.file, str(finding.row or ""), finding.column or "", finding.what, finding.todo)
        times = str(finding.times) if finding.times > 1 else ""
        table.add_row(_WORDS[finding.weight][0], *map(_one_line, cells), times)
    return table


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a refusal into its findings on standard error and exit code 2."""
    try:
        yield
    except Refused as refused:
        show(refused.findings)
        raise typer.Exit(REFUSED) from None


def _plain(text: str) -> Text:
    """Return text as it is, control characters taken out: a file must not steer the terminal."""
    return Text("".join(char if char.isprintable() or char == "\n" else " " for char in text))


def _one_line(text: str) -> Text:
    return _plain(" ".join(text.split()))
