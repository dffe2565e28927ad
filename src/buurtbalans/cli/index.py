"""`buurtbalans index`: from a definition and a table to an index, with its uncertainty and sensitivity."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from buurtbalans.cli.console import StepReporter, exit_refused, progress, say, stdout_console
from buurtbalans.cli.findings import exit_on_refusal
from buurtbalans.cli.options import Seed, read_stdin, require_other_file
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

if TYPE_CHECKING:
    from buurtbalans.figures.balance.definition import Definition
    from buurtbalans.figures.balance.outcome import IndexOutcome

HELP: Final = noop("Maak van cijfers een index, met bij elke rang hoe zeker die is.")
REPORT_WIDTH = 120  # characters of a report in a pipe
MAX_CHOICES = 15  # choices printed per top node


def index(
    spec: Annotated[
        Path,
        typer.Argument(
            metavar="SPEC|-",
            callback=read_stdin,
            help=noop("De definitie van de index, in TOML"),
        ),
    ],
    figures: Annotated[
        Path | None,
        typer.Option(
            "--figures", "--data", metavar="FILE|-", callback=read_stdin, help=noop("De cijfers: .csv of .parquet")
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=noop("Waar de tabel komt: .csv, .parquet, .xlsx of .json")),
    ] = None,
    uncertainty: Annotated[
        int, typer.Option(metavar="N", min=0, max=1_000_000, help=noop("Hoe vaak de index opnieuw wordt gemaakt"))
    ] = 0,
    seed: Seed = 1,
    explain: Annotated[
        bool, typer.Option("--explain", help=noop("Zeg in gewone woorden wat de definitie doet"))
    ] = False,
    coherence: Annotated[bool, typer.Option("--coherence", help=noop("Toon of de delen samenhangen"))] = False,
    influence: Annotated[bool, typer.Option("--influence", help=noop("Toon welke keuze het meeste uitmaakt"))] = False,
) -> None:
    """Make an index of figures, with the uncertainty of each rank."""
    from buurtbalans.figures import output
    from buurtbalans.figures.balance.definition import read_definition
    from buurtbalans.figures.balance.explain import explanation

    with exit_on_refusal():
        definition = read_definition(spec)
    if explain:
        stdout_console().print(explanation(definition), markup=False)
    if explain and not (figures or out or coherence or influence):
        return
    source = _require_figures(spec, figures, out, coherence or influence)
    with exit_on_refusal():
        with progress() as step:
            outcome = _compute_index(definition, source, uncertainty, seed, step)
            if out is not None:
                output.write_table(outcome.frame(definition), out)
        _print_reports(definition, outcome, coherence, influence)
    if out is not None:
        facts = {"areas": len(outcome.table.areas), "parts": len(definition.nodes), "file": out.name}
        say(_("%(areas)s gebieden, %(parts)s delen in %(file)s.") % facts)


def _require_figures(spec: Path, figures: Path | None, out: Path | None, reports: bool) -> Path:
    """Return the path of the figures; refuse a call without a result or one that would overwrite its input."""
    from buurtbalans.figures import output

    if figures is None or (out is None and not reports):
        exit_refused(_("De cijfers of de uitvoer ontbreken. Geef --figures en --out allebei."))
    if out is not None:
        with exit_on_refusal():
            output.require_writable(out)
        require_other_file(out, (figures, spec))
    return figures


def _compute_index(definition: "Definition", data: Path, draws: int, seed: int, step: StepReporter) -> "IndexOutcome":
    from buurtbalans.figures.balance.outcome import compute_outcome
    from buurtbalans.figures.balance.table import read_table

    step(_("De cijfers worden gelezen"))
    table = read_table(data, definition)
    step(_("De index wordt gemaakt"))
    return compute_outcome(definition, table, draws=draws, seed=seed)


def _print_reports(definition: "Definition", outcome: "IndexOutcome", coherence: bool, influence: bool) -> None:
    """Print the requested reports about the newest period on standard output."""
    if not (coherence or influence):
        return
    console = Console()
    console = console if console.is_terminal else Console(width=REPORT_WIDTH)
    if len(outcome.table.periods) > 1:
        sentence = _("Dit gaat over %(year)s, het laatste jaar van de tabel.")
        console.print(f"{sentence % {'year': outcome.table.periods[-1]}}\n", highlight=False)
    if coherence:
        _print_coherence(definition, outcome, console)
    if influence:
        _print_influence(definition, outcome, console)


def _print_coherence(definition: "Definition", outcome: "IndexOutcome", console: Console) -> None:
    """Print per group how far its parts measure the same thing."""
    from buurtbalans.figures.balance.coherence import coherence, coherence_sentences, correlation_text, percentage_text

    groups = coherence(definition, outcome.scored)
    for group in groups:
        if len(group.parts) < 2:
            continue
        facts = {"group": group.code, "alpha": correlation_text(group.alpha), "areas": group.areas}
        title = _("%(group)s: alfa %(alpha)s over %(areas)s gebieden") % facts
        headings = (_("deel"), _("gewicht"), _("invloed"), _("met de groep"), _("met de andere delen"))
        table = _report_table(title, headings)
        for part in group.parts:
            shares = percentage_text(part.weight), percentage_text(part.influence)
            table.add_row(part.code, *shares, correlation_text(part.group), correlation_text(part.others))
        console.print(table)
    _print_sentences(console, _("Passen de delen bij elkaar?"), coherence_sentences(groups))


def _print_influence(definition: "Definition", outcome: "IndexOutcome", console: Console) -> None:
    """Print per top node how far areas move when one choice of the definition is made differently."""
    from buurtbalans.figures.balance.influence import influence_sentences, influences, one_decimal

    choices = influences(definition, outcome.table)
    for top in dict.fromkeys(choice.top for choice in choices):
        choices_of_top = [choice for choice in choices if choice.top == top]
        total = len(choices_of_top)
        headings = (
            _("keuze"),
            _("plaatsen, gemiddeld"),
            _("plaatsen, hoogstens"),
            _("gebied"),
            _("score, in standaardafwijkingen"),
        )
        title = _("%(top)s: wat gebieden opschuiven bij een andere keuze") % {"top": top}
        if total > MAX_CHOICES:
            title += _(" (de %(number)s grootste van %(total)s)") % {"number": MAX_CHOICES, "total": total}
        table = _report_table(title, headings, text_columns=(0, 3))
        for choice in choices_of_top[:MAX_CHOICES]:
            score = f"{choice.score:.2f}".replace(".", ",")
            area = choice.area if choice.rank_most else "–"
            table.add_row(choice.words, one_decimal(choice.rank), str(choice.rank_most), area, score)
        console.print(table)
    _print_sentences(console, _("Welke keuze maakt het meeste uit?"), influence_sentences(choices))


def _report_table(title: str, headings: Iterable[str], text_columns: tuple[int, ...] = (0,)) -> Table:
    """Return an empty table, with columns of text on the left and columns of numbers on the right."""
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="left" if number in text_columns else "right")
    return table


def _print_sentences(console: Console, title: str, sentences: Iterable[str]) -> None:
    console.print(f"[bold]{title}[/bold]")
    for sentence in sentences:
        console.print(f"- {sentence}", highlight=False, markup=False)
    console.print()
