"""`buurtbalans place`: from households, homes and the headroom of areas to an advice that people decide on."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from buurtbalans.cli.console import StepReporter, exit_refused, progress, say
from buurtbalans.cli.findings import exit_on_refusal, print_findings
from buurtbalans.cli.options import OutFolder, Seed
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

if TYPE_CHECKING:
    from buurtbalans.placing.advice import Advice
    from buurtbalans.placing.case import Case
    from buurtbalans.placing.pairs import Wishes


HELP: Final = noop("Geef advies: welke woning voor welk huishouden. Mensen beslissen.")


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
    proposals: Path | None
    why: list[str]
    pairs: bool
    variants: bool
    seed: int


def place(
    case: Annotated[
        Path, typer.Argument(metavar="CASE", help=noop("De map met households.csv, homes.csv, areas.csv en de andere"))
    ],
    out: OutFolder,
    mode: Annotated[
        Mode,
        typer.Option(
            help=noop(
                "match: welke woning voor welk huishouden; ask: welke woningen te vragen; weekly: wat deze week kan, met wat nog wordt verwacht"
            )
        ),
    ] = Mode.MATCH,
    lock: Annotated[
        list[str] | None,
        typer.Option(metavar="HOUSEHOLD:HOME", help=noop("Dit huishouden krijgt deze woning")),
    ] = None,
    reject: Annotated[
        list[str] | None,
        typer.Option(metavar="HOUSEHOLD:HOME", help=noop("Dit huishouden krijgt deze woning niet")),
    ] = None,
    proposals: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=noop("proposals.csv van een eerder advies: elke verandering daarvan kost punten")
        ),
    ] = None,
    pairs: Annotated[
        bool, typer.Option("--pairs", help=noop("Schrijf ook alle mogelijke paren, met hun waarde"))
    ] = False,
    variants: Annotated[
        bool,
        typer.Option("--variants", help=noop("Schrijf ook varianten: gebieden voorop, of de groep die minst past")),
    ] = False,
    why: Annotated[
        list[str] | None,
        typer.Option(metavar="HOUSEHOLD:HOME", help=noop("Zeg waarom dit huishouden deze woning niet krijgt")),
    ] = None,
    seed: Seed = 1,
) -> None:
    """Advise which home suits which household; people decide."""
    options = PlaceOptions(mode, lock or [], reject or [], proposals, why or [], pairs, variants, seed)
    _require_options_of_mode(options)
    _require_output_folder(case, out)
    with exit_on_refusal():
        with progress() as step:
            if mode is Mode.WEEKLY:
                advice, answers = _write_weekly_advice(case, out, options, step)
            else:
                advice, answers = _write_advice(case, out, options, step)
        print_findings(advice.case.findings)
    for line in answers:
        typer.echo(line)
    facts = {
        "placed": advice.outcome.placed,
        "households": len(advice.case.households.ids),
        "folder": out.name,
    }
    say(_("%(placed)s van %(households)s huishoudens hebben een voorstel. Het advies staat in %(folder)s.") % facts)


def _require_options_of_mode(options: PlaceOptions) -> None:
    """Refuse an option that the mode does not have."""
    mode = options.mode
    refused = {
        "--pairs": options.pairs and mode is Mode.ASK,
        "--variants": options.variants and mode is not Mode.MATCH,
    }
    for option, is_refused in refused.items():
        if is_refused:
            sentence = _("%(option)s gaat niet samen met --mode %(mode)s. Laat een van beide weg.")
            exit_refused(sentence % {"option": option, "mode": mode.value})


def _require_output_folder(case: Path, out: Path) -> None:
    """Refuse a folder that cannot be written to, before any work is done."""
    if out.resolve() == case.resolve():
        exit_refused(_("De uitvoer is ook de invoer: %(file)s. Kies een andere naam voor de uitvoer.") % {"file": out})
    if out.is_file() or not out.resolve().parent.is_dir():
        sentence = _("“%(folder)s” kan geen map worden. Kies een map in een map die bestaat.")
        exit_refused(sentence % {"folder": out.name})


def _read_case(folder: Path, options: PlaceOptions, step: StepReporter) -> "tuple[Case, Wishes]":
    """Return the case with the files its mode needs, and the locks, rejections and earlier proposals of people."""
    from buurtbalans.placing.case import HOMES, HOUSEHOLDS, read_case
    from buurtbalans.placing.wishes import read_wishes, with_shown

    step(_("De invoer wordt gelezen"))
    expected = {Mode.MATCH: (), Mode.ASK: (HOMES,), Mode.WEEKLY: (HOUSEHOLDS, HOMES)}
    case = read_case(folder, expected=expected[options.mode])
    wishes = read_wishes(case, options.locks, options.rejections)
    if options.proposals:
        wishes, findings = with_shown(case, wishes, options.proposals)
        case = replace(case, findings=(*case.findings, *findings))
    step(_("Het advies wordt gemaakt"))
    return case, wishes


def _write_advice(folder: Path, out: Path, options: PlaceOptions, step: StepReporter) -> "tuple[Advice, list[str]]":
    """Write the advice on the homes there are; return it with the answers to each `--why`, in sentences."""
    from buurtbalans.placing import frontier, report
    from buurtbalans.placing.explain import read_pair, said, why_not
    from buurtbalans.placing.solve import advise

    case, wishes = _read_case(folder, options, step)
    questions = [read_pair(case, pair) for pair in options.why]
    advice = advise(case, wishes, seed=options.seed)
    step(_("Het advies wordt geschreven"))
    if options.mode is Mode.ASK:
        report.write_asked(advice, out)
    else:
        report.write(advice, out, pairs=options.pairs)
    if options.variants:
        step(_("De varianten worden berekend"))
        frontier.write(advice, frontier.plans(advice), out)
    return advice, [line for pair in questions for line in said(advice, why_not(advice, *pair))]


def _write_weekly_advice(
    folder: Path, out: Path, options: PlaceOptions, step: StepReporter
) -> "tuple[Advice, list[str]]":
    """Write the advice of this week, with what is expected later; return it with the answers to each `--why`."""
    from buurtbalans.placing.explain import read_pair
    from buurtbalans.placing.weekly import advise_week, present
    from buurtbalans.placing.weekly_report import why, write_week

    case, wishes = _read_case(folder, options, step)
    questions = [read_pair(present(case), pair) for pair in options.why]
    week = advise_week(case, wishes, seed=options.seed)
    write_week(week, out, pairs=options.pairs)
    return week.now, [line for pair in questions for line in why(week, pair)]
