"""`buurtbalans protect`: a table of counts becomes one in which no small count can be found."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from buurtbalans.cli_findings import console, refusals, show

if TYPE_CHECKING:
    from buurtbalans.figures.protection.protect import Protected


def register(app: typer.Typer) -> None:
    """Add `protect` to the command."""
    app.command("protect")(protect)


def protect(
    counts: Annotated[Path, typer.Argument(metavar="COUNTS", help="De echte aantallen: area, parent, count.")],
    out: Annotated[Path, typer.Option(help="Waar de uitgave komt: .csv, .parquet, .xlsx of .json.")],
    minimum: Annotated[int, typer.Option(help="Aantallen van 1 tot dit getal zijn klein; minstens 6.")] = 10,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Kolom met categorieën; leeg in de rij van het totaal. Mag vaker."),
    ] = None,
    earlier: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COUNTS=OUT",
            help="Eerdere aantallen en hun uitgave, van dezelfde periode; de oudste eerst. Mag vaker.",
        ),
    ] = None,
) -> None:
    """Scherm kleine aantallen af, zodat niemand ze uit de rest kan afleiden."""
    from buurtbalans.figures import output
    from buurtbalans.figures.findings import refuse
    from buurtbalans.figures.protection import published
    from buurtbalans.figures.protection.protect import check_minimum
    from buurtbalans.figures.protection.protect import protect as protected
    from buurtbalans.figures.protection.reading import read_counts

    screen = console()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with refusals():
        check_minimum(minimum)
        output.check_out(out)
        pairs = [_pair(each) for each in earlier or []]
        files = {file.resolve() for pair in pairs for file in pair} | {counts.resolve()}
        if out.resolve() in files:
            raise refuse("De uitvoer is ook de invoer.", "Kies een andere naam voor de uitvoer.", file=out.name)
        with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
            step = progress.add_task("De aantallen worden gelezen")
            before = [(read_counts(file, by=by or []), kept) for file, kept in pairs]
            table, releases = published.with_earlier(read_counts(counts, by=by or []), before)
            progress.update(step, description="De kleine aantallen worden afgeschermd")
            found = protected(table, minimum=minimum, earlier=releases)
            progress.update(step, description="De uitgave wordt geschreven")
            output.write(published.frame(found), out)
        show(found.findings)
    screen.print(_summary(found, minimum, out.name))


def _pair(each: str) -> tuple[Path, Path]:
    """Split `COUNTS=OUT`; a name may hold an `=` of its own."""
    from buurtbalans.figures.findings import refuse

    parts = each.split("=")
    options = [(Path("=".join(parts[:cut])), Path("=".join(parts[cut:]))) for cut in range(1, len(parts))]
    found = [pair for pair in options if all(file.is_file() for file in pair)]
    if len(found) != 1:
        todo = "Geef --earlier als AANTALLEN=UITGAVE, met twee bestanden die er zijn."
        raise refuse(f"“{each}” zijn geen twee bestanden.", todo)
    return found[0]


def _summary(found: "Protected", minimum: int, name: str) -> str:
    counts: Sequence[int] = [found.table.counts[cell] for cell in found.table.rows]
    cells = [found.cells[cell] for cell in found.table.rows]
    small = sum(1 for count in counts if 0 < count < minimum)
    kept = sum(1 for cell in cells if cell.value is None)
    older = sum(1 for cell in cells if cell.as_of)
    words = f"{len(cells)} aantallen in {name}: {small} klein, {kept} niet getoond."
    return f"{words} {older} uit een eerdere uitgave." if older else words
