"""The commands around releases of figures: import files, check, publish, go back, list and verify."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from buurtbalans.cli_findings import console, refusals, show
from buurtbalans.figures.findings import Finding, Refused, Weight, refuse

if TYPE_CHECKING:  # what reads and keeps figures is loaded when a command runs: `--help` and other commands need none
    from buurtbalans.figures.area.division import Division
    from buurtbalans.figures.release.apart import Saw
    from buurtbalans.figures.release.manifest import Manifest
    from buurtbalans.figures.release.shelf import Shelf
    from buurtbalans.figures.sources.delivery import Delivery
    from buurtbalans.figures.sources.mapping import Mapping

release = typer.Typer(
    no_args_is_help=True, help="Uitgaven van cijfers: inlezen, controleren, publiceren, terugdraaien."
)
out = Console(highlight=False)

Data = Annotated[
    Path,
    typer.Option(envvar="BUURTBALANS_DATA", help="Map met de gegevens; de uitgaven staan in releases/."),
]
Id = Annotated[str, typer.Argument(metavar="ID", help="De naam van de uitgave, zoals in buurtbalans release list.")]
HERE = Path("buurtbalans-data")


def register(app: typer.Typer) -> None:
    """Add `buurtbalans release` to the one command line."""
    app.add_typer(release, name="release")


@release.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Bestanden van de bron.")],
    areas: Annotated[
        list[str] | None,
        typer.Option(metavar="AREAS", help="Kaart met gebieden; met @JAAR erachter als het bestand geen jaar noemt."),
    ] = None,
    title: Annotated[str, typer.Option(help="Hoe de uitgave heet.")] = "",
    period: Annotated[int | None, typer.Option(help="Het jaar van de cijfers, als het bestand dat niet noemt.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="Koppeling (TOML): welke kolom wat is.")] = None,
    shipment: Annotated[
        list[int] | None,
        typer.Option(metavar="N", help="Nummer van een levering die met alle organisaties gedeeld is; mag vaker."),
    ] = None,
    data: Data = HERE,
) -> None:
    """Lees bestanden in en zet ze klaar als uitgave. Er verandert nog niets op de site."""
    shelf = _shelf(data)
    with guarded(), progress() as say:
        say("De kaarten worden gelezen")
        maps, notes = _maps(areas or [])
        say("De bestanden worden gelezen")
        deliveries = _deliveries(files, period, mapping)
        title = title or _title(deliveries)
        site = _database(data)
        deliveries += _of_partners(shipment or [], site)
        say("De uitgave wordt gemaakt en gecontroleerd")
        id = shelf.add(deliveries, maps, title=title, shared=_shared(deliveries, site))
        if site:
            from buurtbalans.method.datasets.actions import note_import

            note_import(by=None, release=id, shipments=shipment or [])
    manifest = shelf.get(id).manifest
    show([*notes, *manifest.findings])
    console().print(f"Klaargezet: {_size(manifest)}. Publiceer met: buurtbalans release publish {id}")
    out.print(id)


@release.command("check")
def check(id: Id, data: Data = HERE) -> None:
    """Controleer een uitgave: alles wat opvalt, in één keer."""
    with guarded(), progress() as say:
        say("De uitgave wordt gecontroleerd")
        found = _shelf(data).check(id)
    show(found)
    if any(finding.weight is Weight.REFUSE for finding in found):
        raise typer.Exit(2)
    console().print(f"Uitgave {id} kan worden gepubliceerd." if found else f"Uitgave {id} is in orde. Niets viel op.")


@release.command("publish")
def publish(
    id: Id,
    note: Annotated[str, typer.Option(help="Waarom, in één zin.")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="U hebt de grote veranderingen bekeken.")] = False,
    data: Data = HERE,
) -> None:
    """Publiceer een uitgave: iedereen ziet daarna deze cijfers."""
    shelf = _shelf(data)
    with guarded(), progress() as say:
        say("De uitgave wordt gecontroleerd en gepubliceerd")
        if shelf.published_id() == id:
            shelf.get(id)
        elif _database(data):
            from buurtbalans.method.datasets.actions import publish_release

            publish_release(by=None, release=id, note=note, confirmed=confirm)
        else:
            from buurtbalans.figures.quality import require_seen

            require_seen(shelf.quality(id), confirm)
            shelf.publish(id)
        found = shelf.check(id)
    show(found)
    console().print(f"Uitgave {id} is gepubliceerd.")


@release.command("undo")
def undo(
    note: Annotated[str, typer.Option(help="Waarom, in één zin.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ook als de site daarna geen cijfers heeft.")] = False,
    data: Data = HERE,
) -> None:
    """Draai terug: de uitgave die ervoor te zien was, is weer te zien."""
    shelf = _shelf(data)
    with guarded():
        if shelf.published_id() and shelf.previous_id() is None and not yes:
            what = "Er is geen eerdere uitgave. Na terugdraaien heeft de site geen cijfers meer."
            raise refuse(what, "Wilt u dat? Voer dan uit: buurtbalans release undo --yes")
        if _database(data):
            from buurtbalans.method.datasets.actions import undo_release

            undo_release(by=None, note=note)
        else:
            shelf.undo()
        back = shelf.published_id()
    console().print(f"Uitgave {back} is weer te zien." if back else "Er is nu geen uitgave te zien.")


@release.command("list")
def list_(data: Data = HERE) -> None:
    """Noem alle uitgaven, de nieuwste eerst, en waar elk van hen staat."""
    shelf = _shelf(data)
    with guarded():
        states = shelf.states()
    if not states:
        console().print("Er zijn nog geen uitgaven. Begin met: buurtbalans release import")
        return
    manifests = {manifest.id: manifest for manifest in shelf.releases()}
    wide = out if out.is_terminal else Console(highlight=False, width=2_000)
    table = Table(box=box.SIMPLE_HEAD if wide.is_terminal else None, pad_edge=False)
    for name in ("uitgave", "staat", "titel", "jaren", "inhoud"):
        table.add_column(name, overflow="fold")
    for id, state in states.items():
        known = manifests.get(id)
        rest = (known.title, ", ".join(map(str, known.periods)), _size(known)) if known else ("", "", "")
        table.add_row(*(Text(cell) for cell in (id, str(state), *rest)))
    wide.print(table)


@release.command("verify")
def verify(id: Id, data: Data = HERE) -> None:
    """Kijk of elk bestand van een uitgave nog precies is zoals het was."""
    with guarded():
        problems = _shelf(data).verify(id)
    if problems:
        show(problems)
        raise typer.Exit(1)
    console().print(f"Uitgave {id} is heel: elk bestand is zoals het was.")


@contextmanager
def guarded() -> Iterator[None]:
    """Turn a refusal into exit code 2, and trouble with the disk into exit code 1, both with what to do."""
    with refusals():
        try:
            yield
        except OSError as error:
            what = f"De schijf doet niet mee: {error.strerror or error}."
            show([Finding(Weight.REFUSE, what, "Maak ruimte of kijk de rechten na.", file=str(error.filename or ""))])
            raise typer.Exit(1) from None


class _Say:
    """Says what is going on, on a terminal only."""

    def __init__(self, bar: Progress) -> None:
        self.bar, self.task = bar, bar.add_task("")

    def __call__(self, words: str) -> None:
        self.bar.update(self.task, description=words)


@contextmanager
def progress() -> Iterator[_Say]:
    """Show what a long job is doing; quiet in a pipe."""
    screen = console()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        yield _Say(bar)


def _shelf(data: Path) -> "Shelf":
    from buurtbalans.figures.release.shelf import Shelf

    return Shelf(data / "releases")


def _of_partners(numbers: list[int], site: bool) -> "list[Delivery]":
    """Return the shipments with these numbers as deliveries; only those that are shared with all organisations."""
    if not numbers:
        return []
    if not site:
        raise refuse("Er is nog geen site, dus ook geen levering.", "Voer eerst uit: buurtbalans migrate")
    from buurtbalans.method.datasets.models import Shipment
    from buurtbalans.method.datasets.queries.shipments import deliveries_of

    found = Shipment.objects.shared_with([]).in_bulk(numbers)
    if missing := [str(number) for number in numbers if number not in found]:
        what = f"Levering {', '.join(missing)} is niet met alle organisaties gedeeld, of bestaat niet."
        raise refuse(what, "Vraag de leverancier om te delen met alle organisaties.")
    return [delivery for number in numbers for delivery in deliveries_of(found[number])]


def _shared(deliveries: "list[Delivery]", site: bool) -> "Saw":
    """Return what circles saw of partners' counts before: a release shows a part of that."""
    if not site:
        return {}
    from buurtbalans.method.datasets.queries.shipments import shared_in

    return shared_in(deliveries)


def _deliveries(files: list[Path], period: int | None, mapping: Path | None) -> "list[Delivery]":
    """Read every file; what is wrong with any of them is said at once."""
    from buurtbalans.figures.sources import read_files
    from buurtbalans.figures.sources.mapping import read_mapping

    known: Mapping | None = read_mapping(mapping) if mapping else None
    done: list[Delivery] = []
    problems: list[Finding] = []
    for file in files:
        try:
            done.append(read_files([file], period=period, mapping=known))
        except Refused as refused:
            problems += refused.findings
    if problems:
        raise Refused(problems)
    return done


def _maps(areas: list[str]) -> "tuple[list[Division], list[Finding]]":
    from buurtbalans.figures.area.read import read_areas

    maps: list[Division] = []
    notes: list[Finding] = []
    problems: list[Finding] = []
    for each in areas:
        name, year = _at(each)
        try:
            read, found = read_areas(name, year=year)
            maps += read
            notes += found
        except Refused as refused:
            problems += [_with_how(finding, each) for finding in refused.findings]
    if problems:
        raise Refused(problems)
    return maps, notes


def _with_how(finding: Finding, each: str) -> Finding:
    """Say how the year of a map is given here, when that is what is missing."""
    if "jaar van de indeling" not in finding.todo:
        return finding
    return replace(finding, todo=f"{finding.todo} Zet het achter de naam: --areas {each}@JAAR.")


def _at(each: str) -> tuple[Path, int | None]:
    """Split `FILE@YEAR`; without a year it is only a file."""
    name, sign, year = each.rpartition("@")
    return (Path(name), int(year)) if sign and len(year) == 4 and year.isdecimal() else (Path(each), None)


def _title(deliveries: "list[Delivery]") -> str:
    """Return the titles of the sources, each once."""
    return " + ".join(dict.fromkeys(delivery.source.title for delivery in deliveries))


def _size(manifest: "Manifest") -> str:
    from buurtbalans.figures.release.words import number

    regions = ", ".join(f"{level} {number(count)}" for level, count in manifest.regions.items())
    return f"{number(manifest.counts['observations'])} cijfers, {len(manifest.indicators)} indicatoren ({regions})"


def _database(data: Path) -> bool:
    """Return whether there is a database to write the publication in; the figures also work without a site."""
    os.environ |= {"BUURTBALANS_DATA": str(data.resolve())}
    from buurtbalans.cli_site import start_django

    start_django()
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite" and not (settings.DATA / "buurtbalans.sqlite3").is_file():
        return False
    from buurtbalans.method.datasets.models import Publication

    return Publication._meta.db_table in connection.introspection.table_names()
