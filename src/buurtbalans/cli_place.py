"""`buurtbalans place`: from households, homes and what areas can carry to an advice that people decide on."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from buurtbalans.cli_findings import console, refusals, show

if TYPE_CHECKING:
    from buurtbalans.placing.case import Case
    from buurtbalans.placing.pairs import Wishes
    from buurtbalans.placing.solve import Advice


class Mode(StrEnum):
    """What is asked: which home for whom, which homes to ask for, or week after week."""

    MATCH = "match"
    ASK = "ask"
    WEEKLY = "weekly"


class Asked(NamedTuple):
    """What a call asks beside the case."""

    mode: Mode
    locks: list[str]
    rejections: list[str]
    shown: Path | None
    why: list[str]
    pairs: bool
    plans: bool
    seed: int


def register(app: typer.Typer) -> None:
    """Add `place` to the command."""
    app.command("place")(place)


def place(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="De map met households.csv, homes.csv, areas.csv, …")],
    out: Annotated[Path, typer.Option(metavar="OUT", help="De map waar het advies komt.")],
    mode: Annotated[
        Mode, typer.Option(help="match: wie waar; ask: welke woningen vragen; weekly: wie nu, met wie en wat nog komt.")
    ] = Mode.MATCH,
    lock: Annotated[list[str] | None, typer.Option(metavar="H:J", help="Dit huishouden krijgt deze woning.")] = None,
    reject: Annotated[
        list[str] | None, typer.Option(metavar="H:J", help="Dit huishouden krijgt deze woning niet.")
    ] = None,
    shown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="proposals.csv die mensen al zagen: wat verandert, kost punten.")
    ] = None,
    pairs: Annotated[bool, typer.Option("--pairs", help="Schrijf ook alle mogelijke paren, met hun waarde.")] = False,
    plans: Annotated[
        bool, typer.Option("--plans", help="Schrijf ook andere plannen: gebieden voorop, of de groep die minst past.")
    ] = False,
    why: Annotated[
        list[str] | None, typer.Option(metavar="H:J", help="Zeg waarom dit huishouden deze woning niet krijgt.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Beslist tussen adviezen die even goed zijn.")] = 1,
) -> None:
    """Geef advies: welke woning voor welk huishouden. Mensen beslissen."""
    from buurtbalans.figures.findings import refuse

    screen = console()
    with refusals():
        for option, given in (("--pairs", pairs and mode is Mode.ASK), ("--plans", plans and mode is not Mode.MATCH)):
            if given:
                todo = f"Laat {option} of --mode {mode.value} weg."
                raise refuse(f"{option} hoort bij een advies op deze woningen.", todo)
        _check(case, out)
        with Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=screen,
            transient=True,
            disable=not screen.is_terminal,
        ) as progress:
            found, told = _made(
                case, out, Asked(mode, lock or [], reject or [], shown, why or [], pairs, plans, seed), progress
            )
        show(found.case.findings)
    for line in told:
        typer.echo(line)
    many = len(found.case.households.ids)
    screen.print(f"{found.outcome.placed} van {many} huishoudens geplaatst. Het advies staat in {out.name}.")


def _check(case: Path, out: Path) -> None:
    """Refuse a place to write before any work is done."""
    from buurtbalans.figures.findings import refuse

    if out.resolve() == case.resolve():
        raise refuse("De uitvoer is ook de invoer.", "Kies een andere map voor het advies.", file=out.name)
    if out.is_file() or not out.resolve().parent.is_dir():
        raise refuse(f"“{out.name}” kan geen map worden.", "Kies een map in een map die bestaat.", file=out.name)


def _made(case: Path, out: Path, asked: Asked, progress: Progress) -> "tuple[Advice, list[str]]":
    """Make and write the advice; return it with what was asked about it, in sentences."""
    from buurtbalans.placing import frontier, report
    from buurtbalans.placing.case import HOMES, HOUSEHOLDS, read_case
    from buurtbalans.placing.explain import read_pair, said, why_not
    from buurtbalans.placing.solve import advise
    from buurtbalans.placing.wishes import read_wishes, with_shown

    step = progress.add_task("De case wordt gelezen")
    expected = {Mode.MATCH: (), Mode.ASK: (HOMES,), Mode.WEEKLY: (HOUSEHOLDS, HOMES)}
    read = read_case(case, expected=expected[asked.mode])
    wishes = read_wishes(read, asked.locks, asked.rejections)
    if asked.shown:
        wishes, passed_over = with_shown(read, wishes, asked.shown)
        read = replace(read, findings=(*read.findings, *passed_over))
    progress.update(step, description="Het advies wordt gemaakt")
    if asked.mode is Mode.WEEKLY:
        return _week(read, wishes, out, asked)
    questions = [read_pair(read, one) for one in asked.why]
    advice = advise(read, wishes, seed=asked.seed)
    progress.update(step, description="Het advies wordt geschreven")
    if asked.mode is Mode.ASK:
        report.write_asked(advice, out)
    else:
        report.write(advice, out, pairs=asked.pairs)
    if asked.plans:
        progress.update(step, description="Andere plannen worden gezocht")
        frontier.write(advice, frontier.plans(advice), out)
    return advice, [line for pair in questions for line in said(advice, why_not(advice, *pair))]


def _week(read: "Case", wishes: "Wishes", out: Path, asked: Asked) -> "tuple[Advice, list[str]]":
    """Make and write the advice of one week, with what is expected."""
    from buurtbalans.placing.explain import read_pair
    from buurtbalans.placing.weekly import advise_week, present
    from buurtbalans.placing.weekly_report import why, write_week

    questions = [read_pair(present(read), one) for one in asked.why]
    week = advise_week(read, wishes, seed=asked.seed)
    write_week(week, out, pairs=asked.pairs)
    return week.now, [line for pair in questions for line in why(week, pair)]
