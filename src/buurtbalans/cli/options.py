"""Options and arguments that mean the same in every command, and a dash for what comes from standard input."""

import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Final, TypeVar, overload

import typer

from buurtbalans.cli.console import exit_refused
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

STDIN: Final = Path("-")
HEAD: Final = 64  # bytes that say what kind of file comes in
Given = TypeVar("Given", Path, list[Path], None)


@overload
def read_stdin(ctx: typer.Context, given: Path) -> Path: ...
@overload
def read_stdin(ctx: typer.Context, given: list[Path]) -> list[Path]: ...
@overload
def read_stdin(ctx: typer.Context, given: None) -> None: ...
def read_stdin(ctx: typer.Context, given: Path | Sequence[Path] | None) -> Path | list[Path] | None:
    """Return the files to read; a dash becomes a file with what comes from standard input, until the command ends."""
    if given is None:
        return None
    return _file(ctx, given) if isinstance(given, Path) else [_file(ctx, each) for each in given]


def _file(ctx: typer.Context, given: Path) -> Path:
    if given != STDIN:
        return given
    if ctx.meta.setdefault("stdin", False):
        raise typer.BadParameter(_("Maar één bestand kan van standaardinvoer komen. Geef het andere bij naam."))
    ctx.meta["stdin"] = True
    folder = Path(tempfile.mkdtemp(prefix="buurtbalans-"))
    ctx.call_on_close(lambda: shutil.rmtree(folder, ignore_errors=True))
    head = sys.stdin.buffer.read(HEAD)
    file = folder / f"stdin{_ending(head)}"
    with file.open("wb") as target:
        target.write(head)
        shutil.copyfileobj(sys.stdin.buffer, target)
    return file


def _ending(head: bytes) -> str:
    """Return the ending that a file with these first bytes has."""
    if head.startswith(b"PAR1"):
        return ".parquet"
    if head.startswith(b"PK\x03\x04"):
        return ".xlsx"
    return ".json" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) else ".csv"


AsJson = Annotated[bool, typer.Option("--json", help=noop("Geef de uitkomst als JSON op standaarduitvoer"))]
OutFile = Annotated[
    Path,
    typer.Option("--out", metavar="FILE", help=noop("Waar de tabel komt: .csv, .parquet, .xlsx of .json")),
]
OutFolder = Annotated[Path, typer.Option("--out", metavar="DIR", help=noop("De map waar de uitkomst komt"))]
Period = Annotated[
    int | None,
    typer.Option("--period", metavar="YEAR", help=noop("Het jaar van de cijfers, als het bestand dat niet noemt")),
]
Mapping = Annotated[
    Path | None,
    typer.Option(
        "--mapping", metavar="FILE|-", callback=read_stdin, help=noop("Koppeling in TOML: welke kolom wat betekent")
    ),
]
Minimum = Annotated[int, typer.Option("--minimum", metavar="N", help=noop("Aantallen van 1 tot dit getal zijn klein"))]
Seed = Annotated[
    int,
    typer.Option("--seed", metavar="N", min=0, help=noop("Hetzelfde getal geeft dezelfde uitkomst")),
]
DataFolder = Annotated[
    Path,
    typer.Option(
        "--data",
        metavar="DIR",
        envvar="BUURTBALANS_DATA",
        help=noop("Map met de gegevens van de site; de cijfersets staan in releases/"),
    ),
]


def require_other_file(out: Path, inputs: Iterable[Path]) -> None:
    """Refuse an output that is also an input, before anything is read."""
    if any(out.resolve() == file.resolve() for file in inputs):
        sentence = _("De uitvoer is ook de invoer: %(file)s. Kies een andere naam voor de uitvoer.")
        exit_refused(sentence % {"file": out.name})
