"""`buurtbalans protect`: a table of counts becomes one from which no small count can be derived."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from buurtbalans.cli.console import progress, stderr_console
from buurtbalans.cli.findings import exit_on_refusal, print_findings

if TYPE_CHECKING:
    from buurtbalans.figures.protection.protect import Protected


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
    from buurtbalans.figures.protection import protect as protection
    from buurtbalans.figures.protection import published
    from buurtbalans.figures.protection.reading import read_counts

    with exit_on_refusal():
        protection.check_minimum(minimum)
        output.require_writable(out)
        earlier_files = [_split_pair(text) for text in earlier or []]
        inputs = {file.resolve() for pair in earlier_files for file in pair} | {counts.resolve()}
        if out.resolve() in inputs:
            raise refuse("De uitvoer is ook de invoer.", "Kies een andere naam voor de uitvoer.", file=out.name)
        with progress() as say:
            say("De aantallen worden gelezen")
            before = [(read_counts(file, by=by or []), release) for file, release in earlier_files]
            table, releases = published.with_earlier(read_counts(counts, by=by or []), before)
            say("De kleine aantallen worden afgeschermd")
            protected = protection.protect(table, minimum=minimum, earlier=releases)
            say("De uitgave wordt geschreven")
            output.write_table(published.frame(protected), out)
        print_findings(protected.findings)
    stderr_console().print(_summary(protected, minimum, out.name))


def _split_pair(text: str) -> tuple[Path, Path]:
    """Split `COUNTS=OUT` into two existing files; a file name may itself hold an `=`."""
    from buurtbalans.figures.findings import refuse

    parts = text.split("=")
    options = [(Path("=".join(parts[:cut])), Path("=".join(parts[cut:]))) for cut in range(1, len(parts))]
    pairs = [pair for pair in options if all(file.is_file() for file in pair)]
    if len(pairs) != 1:
        todo = "Geef --earlier als AANTALLEN=UITGAVE, met twee bestanden die er zijn."
        raise refuse(f"“{text}” zijn geen twee bestanden.", todo)
    return pairs[0]


def _summary(protected: "Protected", minimum: int, name: str) -> str:
    """Return how many counts the release holds, how many are small, withheld or of an earlier release."""
    counts = [protected.table.counts[cell] for cell in protected.table.rows]
    cells = [protected.cells[cell] for cell in protected.table.rows]
    small = sum(1 for count in counts if 0 < count < minimum)
    withheld = sum(1 for cell in cells if cell.value is None)
    older = sum(1 for cell in cells if cell.as_of)
    summary = f"{len(cells)} aantallen in {name}: {small} klein, {withheld} niet getoond."
    return f"{summary} {older} uit een eerdere uitgave." if older else summary
