"""`buurtbalans read`: files of a publisher become one table of observations."""

from pathlib import Path
from typing import Annotated

import typer

from buurtbalans.cli.console import progress, stderr_console
from buurtbalans.cli.findings import exit_on_refusal, print_findings


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Bestanden, of de map van een OData-tabel.")],
    out: Annotated[Path, typer.Option(help="Waar de tabel komt: .csv, .parquet, .xlsx of .json.")],
    source: Annotated[str | None, typer.Option(help="De bron, als u die zelf wilt noemen, zoals cbs-kwb.")] = None,
    period: Annotated[int | None, typer.Option(help="Het jaar van de cijfers, als het bestand dat niet noemt.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="Koppeling (TOML): welke kolom wat is.")] = None,
) -> None:
    """Lees bestanden van een bron: alle cijfers, of geen enkel."""
    from buurtbalans.figures import output, sources
    from buurtbalans.figures.findings import refuse
    from buurtbalans.figures.sources.mapping import read_mapping

    with exit_on_refusal():
        output.require_writable(out)
        if any(out.resolve() == file.resolve() for file in files):
            raise refuse("De uitvoer is ook de invoer.", "Kies een andere naam voor de uitvoer.", file=out.name)
        with progress() as say:
            say("De bestanden worden gelezen")
            column_mapping = read_mapping(mapping) if mapping else None
            delivery = sources.read_files(files, source=source, period=period, mapping=column_mapping)
            say("De tabel wordt geschreven")
            output.write_table(delivery.observations, out)
        print_findings(delivery.findings)
    table = delivery.observations
    areas = delivery.areas.height
    stderr_console().print(
        f"{areas} gebieden, {table['indicator'].n_unique()} kolommen, {table.height} cijfers in {out.name}."
    )
