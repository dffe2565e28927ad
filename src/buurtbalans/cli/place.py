"""`buurtbalans place`: from households, homes and the headroom of areas to an advice that people decide on."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from buurtbalans.cli.console import StepReporter, progress, stderr_console
from buurtbalans.cli.findings import exit_on_refusal, print_findings

if TYPE_CHECKING:
    from buurtbalans.placing.advice import Advice
    from buurtbalans.placing.case import Case
    from buurtbalans.placing.pairs import Wishes


class Mode(StrEnum):
    """The question to answer: which home for whom, which homes to ask for, or which placements week by week."""

    MATCH = "match"
    ASK = "ask"
    WEEKLY = "weekly"


class PlaceOptions(NamedTuple):
    """The options of a call, beside the case and the folder of its output."""

    mode: Mode
    locks: list[str]
    rejections: list[str]
    shown: Path | None
    why: list[str]
    pairs: bool
    plans: bool
    seed: int


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
    options = PlaceOptions(mode, lock or [], reject or [], shown, why or [], pairs, plans, seed)
    with exit_on_refusal():
        _require_options_of_mode(options)
        _require_output_folder(case, out)
        with progress() as say:
            if mode is Mode.WEEKLY:
                advice, answers = _write_weekly_advice(case, out, options, say)
            else:
                advice, answers = _write_advice(case, out, options, say)
        print_findings(advice.case.findings)
    for line in answers:
        typer.echo(line)
    households = len(advice.case.households.ids)
    stderr_console().print(
        f"{advice.outcome.placed} van {households} huishoudens geplaatst. Het advies staat in {out.name}."
    )


def _require_options_of_mode(options: PlaceOptions) -> None:
    """Refuse an option that the mode does not have."""
    from buurtbalans.figures.findings import refuse

    mode = options.mode
    refused = {"--pairs": options.pairs and mode is Mode.ASK, "--plans": options.plans and mode is not Mode.MATCH}
    for option, is_refused in refused.items():
        if is_refused:
            todo = f"Laat {option} of --mode {mode.value} weg."
            raise refuse(f"{option} hoort bij een advies op deze woningen.", todo)


def _require_output_folder(case: Path, out: Path) -> None:
    """Refuse a folder that cannot be written to, before any work is done."""
    from buurtbalans.figures.findings import refuse

    if out.resolve() == case.resolve():
        raise refuse("De uitvoer is ook de invoer.", "Kies een andere map voor het advies.", file=out.name)
    if out.is_file() or not out.resolve().parent.is_dir():
        raise refuse(f"“{out.name}” kan geen map worden.", "Kies een map in een map die bestaat.", file=out.name)


def _read_case(folder: Path, options: PlaceOptions, say: StepReporter) -> "tuple[Case, Wishes]":
    """Return the case with the files its mode needs, and the locks, rejections and earlier proposals of people."""
    from buurtbalans.placing.case import HOMES, HOUSEHOLDS, read_case
    from buurtbalans.placing.wishes import read_wishes, with_shown

    say("De case wordt gelezen")
    expected = {Mode.MATCH: (), Mode.ASK: (HOMES,), Mode.WEEKLY: (HOUSEHOLDS, HOMES)}
    case = read_case(folder, expected=expected[options.mode])
    wishes = read_wishes(case, options.locks, options.rejections)
    if options.shown:
        wishes, findings = with_shown(case, wishes, options.shown)
        case = replace(case, findings=(*case.findings, *findings))
    say("Het advies wordt gemaakt")
    return case, wishes


def _write_advice(folder: Path, out: Path, options: PlaceOptions, say: StepReporter) -> "tuple[Advice, list[str]]":
    """Write the advice on the homes there are; return it with the answers to each `--why`, in sentences."""
    from buurtbalans.placing import frontier, report
    from buurtbalans.placing.explain import read_pair, said, why_not
    from buurtbalans.placing.solve import advise

    case, wishes = _read_case(folder, options, say)
    questions = [read_pair(case, pair) for pair in options.why]
    advice = advise(case, wishes, seed=options.seed)
    say("Het advies wordt geschreven")
    if options.mode is Mode.ASK:
        report.write_asked(advice, out)
    else:
        report.write(advice, out, pairs=options.pairs)
    if options.plans:
        say("Andere plannen worden gezocht")
        frontier.write(advice, frontier.plans(advice), out)
    return advice, [line for pair in questions for line in said(advice, why_not(advice, *pair))]


def _write_weekly_advice(
    folder: Path, out: Path, options: PlaceOptions, say: StepReporter
) -> "tuple[Advice, list[str]]":
    """Write the advice of this week, with what is expected later; return it with the answers to each `--why`."""
    from buurtbalans.placing.explain import read_pair
    from buurtbalans.placing.weekly import advise_week, present
    from buurtbalans.placing.weekly_report import why, write_week

    case, wishes = _read_case(folder, options, say)
    questions = [read_pair(present(case), pair) for pair in options.why]
    week = advise_week(case, wishes, seed=options.seed)
    write_week(week, out, pairs=options.pairs)
    return week.now, [line for pair in questions for line in why(week, pair)]
