"""What every command prints with: the two consoles, exit codes, a refusal in words, and the progress of long work."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, NoReturn

import typer
from rich import box
from rich.console import Console
from rich.progress import Progress, ProgressColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

FAULT: Final = 1  # our fault or the machine's
REFUSED: Final = 2  # the call or the input is refused: an option, a file, a release or a record that cannot be
CONFIGURATION: Final = 4  # the settings, the database or the data folder are not ready for this command
PIPE_WIDTH = 2_000  # characters: wide enough that a row of a table stays on one line

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


@dataclass(slots=True)
class Volume:
    """How much a command says: when quiet only its result, and what is refused or goes wrong."""

    quiet: bool = False


volume = Volume()


def stdout_console() -> Console:
    """Return a console on standard output; in a pipe, each row of a table stays on one line."""
    return out if out.is_terminal else Console(highlight=False, width=PIPE_WIDTH)


def stderr_console() -> Console:
    """Return a console on standard error; in a pipe, each row of a table stays on one line."""
    console = Console(stderr=True, highlight=False)
    return console if console.is_terminal else Console(stderr=True, highlight=False, width=PIPE_WIDTH)


def say(sentence: str) -> None:
    """Print on standard error what was done; nothing with `--quiet`."""
    if not volume.quiet:
        err.print(sentence, markup=False, soft_wrap=True)


def print_json(data: object) -> None:
    """Print data on standard output as JSON, in the order it has."""
    out.print(json.dumps(data, ensure_ascii=False, indent=2, default=str), markup=False, soft_wrap=True)


def print_table(headings: Mapping[str, str], rows: Sequence[Mapping[str, Any]], when_empty: str, as_json: bool) -> None:
    """Print rows on standard output, as JSON or as a table with a heading for each name; say so when there are none."""
    if as_json:
        print_json(rows)
        return
    if not rows:
        say(when_empty)
        return
    console = stdout_console()
    table = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, pad_edge=False)
    for heading in headings.values():
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row[name])) for name in headings))
    console.print(table)


def _cell(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def exit_refused(message: str, code: int = REFUSED) -> NoReturn:
    """Print why nothing is done and exit; the code says whether the call, the data or the configuration is why."""
    err.print(message, style="bold", markup=False, soft_wrap=True)
    raise typer.Exit(code)


class StepReporter:
    """Shows the current step of a long command; call it with the step's description."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None)

    def __call__(self, description: str, completed: int | None = None, total: int | None = None) -> None:
        self._progress.update(self._task, description=description, completed=completed, total=total)


@contextmanager
def progress(*columns: ProgressColumn) -> Iterator[StepReporter]:
    """Show the progress of long work on a terminal, with the elapsed time unless other columns are given.

    Nothing is printed in a pipe, or with `--quiet`.
    """
    console = stderr_console()
    all_columns = (SpinnerColumn(), TextColumn("{task.description}"), *(columns or (TimeElapsedColumn(),)))
    silent = volume.quiet or not console.is_terminal
    with Progress(*all_columns, console=console, transient=True, disable=silent) as bar:
        yield StepReporter(bar)
