"""`buurtbalans index`: from a definition and a table to an index, with how sure its order is and what it hangs on."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table as Printed

from buurtbalans.cli_findings import console, refusals

if TYPE_CHECKING:
    from buurtbalans.figures.balance.definition import Definition
    from buurtbalans.figures.balance.outcome import Outcome

WIDE = 120  # characters of a report where there is no screen
SHOWN = 15  # choices of a top that are printed


def register(app: typer.Typer) -> None:
    """Add `index` to the command."""
    app.command("index")(index)


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
    from buurtbalans.figures.balance.explain import explained

    screen = console()
    with refusals():
        definition = read_definition(spec)
        if explain:
            screen.print(explained(definition), highlight=False, markup=False)
        if explain and not (data or out or coherence or influence):
            return
        source = _checked(spec, data, out, coherence or influence)
        with Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=screen,
            transient=True,
            disable=not screen.is_terminal,
        ) as progress:
            found = _made(definition, source, uncertainty, seed, progress)
            if out is not None:
                output.write(found.frame(definition), out)
        _reported(definition, found, coherence, influence)
    if out is not None:
        many, periods = len(found.table.areas), len(found.table.periods)
        times = f", {periods} jaren" if periods > 1 else ""
        screen.print(f"{many} gebieden{times}, {len(definition.nodes)} delen in {out.name}.")


def _checked(spec: Path, data: Path | None, out: Path | None, reports: bool) -> Path:
    """Return the table, or refuse a call that asks for nothing or would write over what it reads."""
    from buurtbalans.figures import output
    from buurtbalans.figures.findings import refuse

    if data is None or (out is None and not reports):
        raise refuse("De tabel of de uitvoer ontbreekt.", "Geef --data en --out allebei.")
    if out is not None:
        output.check_out(out)
        if out.resolve() in (data.resolve(), spec.resolve()):
            raise refuse("De uitvoer is ook de invoer.", "Kies een andere naam voor de uitvoer.", file=out.name)
    return data


def _made(definition: "Definition", data: Path, draws: int, seed: int, progress: Progress) -> "Outcome":
    from buurtbalans.figures.balance.outcome import made
    from buurtbalans.figures.balance.table import read_table

    step = progress.add_task("De cijfers worden gelezen")
    table = read_table(data, definition)
    progress.update(step, description="De index wordt gemaakt")
    return made(definition, table, draws=draws, seed=seed)


def _reported(definition: "Definition", found: "Outcome", coherence: bool, influence: bool) -> None:
    """Print on standard output what was asked of the newest period; nothing when nothing was."""
    screen = Console()
    screen = screen if screen.is_terminal else Console(width=WIDE)
    period = found.table.periods[-1]
    if len(found.table.periods) > 1 and (coherence or influence):
        screen.print(f"Dit gaat over {period}, het laatste jaar van de tabel.\n", highlight=False)
    if coherence:
        _coherence(definition, found, screen)
    if influence:
        _influence(definition, found, screen)


def _coherence(definition: "Definition", found: "Outcome", screen: Console) -> None:
    from buurtbalans.figures.balance.coherence import coherence, noticed, percent, two

    groups = coherence(definition, found.scored)
    for group in (one for one in groups if len(one.parts) > 1):
        title = f"{group.code}: alfa {two(group.alpha)} over {group.areas} gebieden"
        table = _printed(title, ("deel", "gewicht", "invloed", "met de groep", "met de rest"))
        for part in group.parts:
            shares = percent(part.weight), percent(part.influence)
            table.add_row(part.code, *shares, two(part.group), two(part.others))
        screen.print(table)
    _sentences(screen, "Hangen de delen samen?", noticed(groups))


def _influence(definition: "Definition", found: "Outcome", screen: Console) -> None:
    from buurtbalans.figures.balance.influence import influences, one_decimal, told

    choices = influences(definition, found.table)
    for top in dict.fromkeys(choice.top for choice in choices):
        of = [choice for choice in choices if choice.top == top]
        left = f" (de {SHOWN} grootste van {len(of)})" if len(of) > SHOWN else ""
        heads = ("keuze", "plaatsen, gemiddeld", "plaatsen, hoogstens", "gebied", "score, in SD")
        table = _printed(f"{top}: wat gebieden opschuiven bij een andere keuze{left}", heads, words=(0, 3))
        for one in of[:SHOWN]:
            score = f"{one.score:.2f}".replace(".", ",")
            area = one.area if one.rank_most else "–"
            table.add_row(one.words, one_decimal(one.rank), str(one.rank_most), area, score)
        screen.print(table)
    _sentences(screen, "Welke keuze maakt het meeste uit?", told(choices))


def _printed(title: str, heads: Iterable[str], words: tuple[int, ...] = (0,)) -> Printed:
    table = Printed(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, head in enumerate(heads):
        table.add_column(head, justify="left" if number in words else "right")
    return table


def _sentences(screen: Console, title: str, said: Iterable[str]) -> None:
    screen.print(f"[bold]{title}[/bold]")
    for sentence in said:
        screen.print(f"- {sentence}", highlight=False, markup=False)
    screen.print()
