"""What every command prints with: the two consoles, a refusal in words, and the progress of long work."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import Progress, ProgressColumn, SpinnerColumn, TextColumn, TimeElapsedColumn

REFUSED = 2  # exit code: the input or the call is refused, and nothing has been written
PIPE_WIDTH = 2_000  # characters: wide enough that a row of a table stays on one line

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def stdout_console() -> Console:
    """Return a console on standard output; in a pipe, each row of a table stays on one line."""
    return out if out.is_terminal else Console(highlight=False, width=PIPE_WIDTH)


def stderr_console() -> Console:
    """Return a console on standard error; in a pipe, each row of a table stays on one line."""
    console = Console(stderr=True)
    return console if console.is_terminal else Console(stderr=True, width=PIPE_WIDTH)


def exit_refused(message: str) -> NoReturn:
    """Print why the call is refused and exit with code 2."""
    err.print(message, style="bold", soft_wrap=True)
    raise typer.Exit(REFUSED)


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

    Nothing is printed in a pipe.
    """
    console = stderr_console()
    all_columns = (SpinnerColumn(), TextColumn("{task.description}"), *(columns or (TimeElapsedColumn(),)))
    with Progress(*all_columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield StepReporter(bar)
