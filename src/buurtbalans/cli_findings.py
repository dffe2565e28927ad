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
    table = Table(box=box.SIMPLE_HEAD if screen.is_terminal else None, pad_edge=False)
    for name in ("", "bestand", "regel", "kolom", "wat", "wat te doen", "aantal"):
        table.add_column(name, justify="right" if name in {"regel", "aantal"} else "left", overflow="fold")
    for finding in found:
        word, style = _WORDS[finding.weight]
        cells = (finding.file, str(finding.row or ""), finding.column or "", finding.what, finding.todo)
        times = str(finding.times) if finding.times > 1 else ""
        table.add_row(Text(word, style), *map(_plain, cells), times)
    screen.print(table)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a refusal into its findings on standard error and exit code 2."""
    try:
        yield
    except Refused as refused:
        show(refused.findings)
        raise typer.Exit(REFUSED) from None


def _plain(text: str) -> Text:
    """Return text as it is, control characters made visible: a file must not steer the terminal."""
    return Text("".join(char if char.isprintable() else " " for char in text))
