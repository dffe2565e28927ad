"""`buurtbalans place-audit`: is a placing fair? An outside office counts lines per group; its totals are judged."""

from pathlib import Path
from typing import Annotated

import typer

from buurtbalans.cli.console import stderr_console
from buurtbalans.cli.findings import exit_on_refusal

commands = typer.Typer(no_args_is_help=True, help="Hoe pakt het plaatsen uit per groep? Een kantoor van buiten telt.")
Out = Annotated[Path, typer.Option("--out", metavar="OUT", help="Het bestand dat gemaakt wordt.")]


@commands.command()
def lines(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="De map van de case.")],
    advice: Annotated[Path, typer.Argument(metavar="ADVICE", help="De map van het advies, met proposals.csv.")],
    out: Out,
) -> None:
    """Maak de regels voor buiten: werknummers en hoe het uitpakte, zonder groep."""
    from buurtbalans.placing.case import read_case
    from buurtbalans.placing.outside_totals import lines_of_advice, write_lines

    with exit_on_refusal():
        _require_output_file(out)
        audit_lines = lines_of_advice(read_case(case), advice / "proposals.csv")
        out.write_text(write_lines(audit_lines), encoding="utf-8")
    stderr_console().print(
        f"{len(audit_lines)} huishoudens staan in {out.name}. Er staat geen groep in en geen eigenschap."
    )


@commands.command()
def totals(
    sent: Annotated[Path, typer.Argument(metavar="LINES", help="De regels die u kreeg.")],
    properties: Annotated[
        Path, typer.Argument(metavar="PROPERTIES", help="Uw eigen tabel: household, en een kolom per eigenschap.")
    ],
    out: Out,
) -> None:
    """Voor het kantoor van buiten: tel per klasse. Alleen deze totalen gaan terug."""
    from buurtbalans.placing import fairness
    from buurtbalans.placing.outside_totals import read_lines, read_properties, write_totals

    with exit_on_refusal():
        _require_output_file(out)
        audit_lines, classes = read_lines(sent), read_properties(properties)
        class_totals, uncounted = fairness.totals(audit_lines, classes)
        out.write_text(write_totals(class_totals), encoding="utf-8")
    console = stderr_console()
    console.print(f"{len(class_totals)} regels staan in {out.name}, elk over minstens {fairness.MINIMUM} huishoudens.")
    for comparison in fairness.judge(fairness.in_full(audit_lines, classes)):
        if comparison.clear:
            typer.echo(f"Alleen voor u: {fairness.said(comparison)}")
    if withheld := sorted({total.name for total in class_totals if total.placed is None}):
        console.print(f"Bij {', '.join(withheld)} staat niet overal wie een woning kreeg: dat zou te veel zeggen.")
    if uncounted:
        console.print(f"{uncounted} keer telt een huishouden niet mee: zijn klasse was te klein om te tonen.")


@commands.command()
def judge(
    counted: Annotated[Path, typer.Argument(metavar="TOTALS", help="De totalen die terugkwamen.")],
) -> None:
    """Zeg welke verschillen groter zijn dan toeval, en groot genoeg om naar te kijken."""
    from buurtbalans.placing import fairness
    from buurtbalans.placing.outside_totals import read_totals, rows_of_totals

    with exit_on_refusal():
        comparisons = fairness.judge(read_totals(rows_of_totals(counted), counted.name))
    clear = [comparison for comparison in comparisons if comparison.clear]
    for comparison in clear:
        typer.echo(fairness.said(comparison))
    stderr_console().print(f"{len(comparisons)} vergelijkingen, {len(clear)} duidelijke verschillen. {fairness.RATE}")


def _require_output_file(out: Path) -> None:
    """Refuse a file that cannot be written, before any work is done."""
    from buurtbalans.figures.findings import refuse

    if out.is_dir() or not out.resolve().parent.is_dir():
        raise refuse(f"“{out.name}” kan geen bestand worden.", "Kies een naam in een map die bestaat.", file=out.name)
