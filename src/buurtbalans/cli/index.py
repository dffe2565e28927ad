"""`buurtbalans index`: from a definition and a table to an index, with its uncertainty and sensitivity."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from buurtbalans.cli.console import StepReporter, progress, stderr_console
from buurtbalans.cli.findings import exit_on_refusal

if TYPE_CHECKING:
    from buurtbalans.figures.balance.definition import Definition
    from buurtbalans.figures.balance.outcome import IndexOutcome

REPORT_WIDTH = 120  # characters of a report in a pipe
MAX_CHOICES = 15  # choices printed per top node


def index(
    spec: Annotated[Path, typer.Argument(metavar="SPEC", help="De definitie van de index, in TOML.")],
    data: Annotated[Path | None, typer.Option(metavar="TABLE", help="De cijfers: .csv of .parquet.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Waar de uitkomst komt: .csv, .parquet, .xlsx of .json.")
    ] = None,
    uncertainty: Annotated[
        int, typer.Option(metavar="DRAWS", min=0, max=1_000_000, help="Hoe vaak de index opnieuw wordt gemaakt.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Hetzelfde getal geeft dezelfde reeksen.")] = 1,
    explain: Annotated[bool, typer.Option("--explain", help="Zeg in gewone woorden wat de definitie doet.")] = False,
    coherence: Annotated[bool, typer.Option("--coherence", help="Laat zien of de delen samenhangen.")] = False,
    influence: Annotated[bool, typer.Option("--influence", help="Laat zien welke keuze het meeste uitmaakt.")] = False,
) -> None:
    """Maak van cijfers een index, met bij elke rang hoe zeker die is."""
    from buurtbalans.figures import output
    from buurtbalans.figures.balance.definition import read_definition
    from buurtbalans.figures.balance.explain import explanation

    console = stderr_console()
    with exit_on_refusal():
        definition = read_definition(spec)
        if explain:
            console.print(explanation(definition), highlight=False, markup=False)
        if explain and not (data or out or coherence or influence):
            return
        source = _require_table(spec, data, out, coherence or influence)
        with progress() as say:
            outcome = _compute_index(definition, source, uncertainty, seed, say)
            if out is not None:
                output.write_table(outcome.frame(definition), out)
        _print_reports(definition, outcome, coherence, influence)
    if out is not None:
        console.print(f"{_size_text(definition, outcome)} in {out.name}.")


def _size_text(definition: "Definition", outcome: "IndexOutcome") -> str:
    """Return how many areas, years and nodes an outcome has, in Dutch."""
    areas, periods = len(outcome.table.areas), len(outcome.table.periods)
    years = f", {periods} jaren" if periods > 1 else ""
    return f"{areas} gebieden{years}, {len(definition.nodes)} delen"


def _require_table(spec: Path, data: Path | None, out: Path | None, reports: bool) -> Path:
    """Return the path of the table; refuse a call without a result or one that would overwrite its input."""
    from buurtbalans.figures import output
    from buurtbalans.figures.findings import refuse

    if data is None or (out is None and not reports):
        raise refuse("De tabel of de uitvoer ontbreekt.", "Geef --data en --out allebei.")
    if out is not None:
        output.require_writable(out)
        if out.resolve() in (data.resolve(), spec.resolve()):
            raise refuse("De uitvoer is ook de invoer.", "Kies een andere naam voor de uitvoer.", file=out.name)
    return data


def _compute_index(definition: "Definition", data: Path, draws: int, seed: int, say: StepReporter) -> "IndexOutcome":
    from buurtbalans.figures.balance.outcome import compute_outcome
    from buurtbalans.figures.balance.table import read_table

    say("De cijfers worden gelezen")
    table = read_table(data, definition)
    say("De index wordt gemaakt")
    return compute_outcome(definition, table, draws=draws, seed=seed)


def _print_reports(definition: "Definition", outcome: "IndexOutcome", coherence: bool, influence: bool) -> None:
    """Print the requested reports about the newest period on standard output."""
    if not (coherence or influence):
        return
    console = Console()
    console = console if console.is_terminal else Console(width=REPORT_WIDTH)
    if len(outcome.table.periods) > 1:
        console.print(f"Dit gaat over {outcome.table.periods[-1]}, het laatste jaar van de tabel.\n", highlight=False)
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
        title = f"{group.code}: alfa {correlation_text(group.alpha)} over {group.areas} gebieden"
        table = _report_table(title, ("deel", "gewicht", "invloed", "met de groep", "met de rest"))
        for part in group.parts:
            shares = percentage_text(part.weight), percentage_text(part.influence)
            table.add_row(part.code, *shares, correlation_text(part.group), correlation_text(part.others))
        console.print(table)
    _print_sentences(console, "Hangen de delen samen?", coherence_sentences(groups))


def _print_influence(definition: "Definition", outcome: "IndexOutcome", console: Console) -> None:
    """Print per top node how far areas move when one choice of the definition is made differently."""
    from buurtbalans.figures.balance.influence import influence_sentences, influences, one_decimal

    choices = influences(definition, outcome.table)
    for top in dict.fromkeys(choice.top for choice in choices):
        choices_of_top = [choice for choice in choices if choice.top == top]
        total = len(choices_of_top)
        note = f" (de {MAX_CHOICES} grootste van {total})" if total > MAX_CHOICES else ""
        headings = ("keuze", "plaatsen, gemiddeld", "plaatsen, hoogstens", "gebied", "score, in SD")
        title = f"{top}: wat gebieden opschuiven bij een andere keuze{note}"
        table = _report_table(title, headings, text_columns=(0, 3))
        for choice in choices_of_top[:MAX_CHOICES]:
            score = f"{choice.score:.2f}".replace(".", ",")
            area = choice.area if choice.rank_most else "–"
            table.add_row(choice.words, one_decimal(choice.rank), str(choice.rank_most), area, score)
        console.print(table)
    _print_sentences(console, "Welke keuze maakt het meeste uit?", influence_sentences(choices))


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
