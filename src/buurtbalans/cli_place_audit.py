"""`buurtbalans place-audit`: is a placing fair? Lines go to an office outside, totals come back and are judged."""

from pathlib import Path
from typing import Annotated

import typer

from buurtbalans.cli_findings import console, refusals

audit = typer.Typer(no_args_is_help=True, help="Hoe pakt het plaatsen uit per groep? Een kantoor van buiten telt.")
Out = Annotated[Path, typer.Option("--out", metavar="OUT", help="Het bestand dat gemaakt wordt.")]


def register(app: typer.Typer) -> None:
    """Add `place-audit` to the command."""
    app.add_typer(audit, name="place-audit")


@audit.command()
def lines(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="De map van de case.")],
    advice: Annotated[Path, typer.Argument(metavar="ADVICE", help="De map van het advies, met proposals.csv.")],
    out: Out,
) -> None:
    """Maak de regels voor buiten: werknummers en hoe het uitpakte, zonder groep."""
    from buurtbalans.placing.case import read_case
    from buurtbalans.placing.outside import lines_of_advice, write_lines

    with refusals():
        _check(out)
        found = lines_of_advice(read_case(case), advice / "proposals.csv")
        out.write_text(write_lines(found), encoding="utf-8")
    console().print(f"{len(found)} huishoudens staan in {out.name}. Er staat geen groep in en geen eigenschap.")


@audit.command()
def totals(
    sent: Annotated[Path, typer.Argument(metavar="LINES", help="De regels die u kreeg.")],
    properties: Annotated[
        Path, typer.Argument(metavar="PROPERTIES", help="Uw eigen tabel: household, en een kolom per eigenschap.")
    ],
    out: Out,
) -> None:
    """Voor het kantoor van buiten: tel per klasse. Alleen deze totalen gaan terug."""
    from buurtbalans.placing import fairness
    from buurtbalans.placing.outside import read_lines, read_properties, write_totals

    with refusals():
        _check(out)
        told, classes = read_lines(sent), read_properties(properties)
        found, left = fairness.totals(told, classes)
        out.write_text(write_totals(found), encoding="utf-8")
    screen = console()
    screen.print(f"{len(found)} regels staan in {out.name}, elk over minstens {fairness.MINIMUM} huishoudens.")
    for one in fairness.judge(fairness.in_full(told, classes)):
        if one.clear:
            typer.echo(f"Alleen voor u: {fairness.said(one)}")
    if hidden := sorted({one.name for one in found if one.placed is None}):
        screen.print(f"Bij {', '.join(hidden)} staat niet overal wie een woning kreeg: dat zou te veel zeggen.")
    if left:
        screen.print(f"{left} keer telt een huishouden niet mee: zijn klasse was te klein om te tonen.")


@audit.command()
def judge(
    counted: Annotated[Path, typer.Argument(metavar="TOTALS", help="De totalen die terugkwamen.")],
) -> None:
    """Zeg welke verschillen groter zijn dan toeval, en groot genoeg om naar te kijken."""
    from buurtbalans.placing import fairness
    from buurtbalans.placing.outside import read_totals, rows_of_totals

    with refusals():
        found = fairness.judge(read_totals(rows_of_totals(counted), counted.name))
    clear = [one for one in found if one.clear]
    for one in clear:
        typer.echo(fairness.said(one))
    screen = console()
    screen.print(f"{len(found)} vergelijkingen, {len(clear)} duidelijke verschillen. {fairness.RATE}")


def _check(out: Path) -> None:
    """Refuse a place to write before any work is done."""
    from buurtbalans.figures.findings import refuse

    if out.is_dir() or not out.resolve().parent.is_dir():
        raise refuse(f"“{out.name}” kan geen bestand worden.", "Kies een naam in een map die bestaat.", file=out.name)
