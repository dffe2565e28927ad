"""The commands of releases of figures: import files, check, publish, undo, list and verify."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from buurtbalans.cli.console import REFUSED, out, progress, stderr_console, stdout_console
from buurtbalans.cli.environment import load_django
from buurtbalans.cli.findings import exit_on_refusal_or_disk_error, print_findings
from buurtbalans.figures.findings import Finding, Refused, Severity, refuse

if TYPE_CHECKING:
    from buurtbalans.figures.area.division import Division
    from buurtbalans.figures.release.manifest import Manifest
    from buurtbalans.figures.release.per_supplier import (
        SharedViews,  # the modules of figures load slowly, so a command imports them when it runs
    )
    from buurtbalans.figures.release.store import ReleaseStore
    from buurtbalans.figures.sources.delivery import SourceData

commands = typer.Typer(
    no_args_is_help=True, help="Uitgaven van cijfers: inlezen, controleren, publiceren, terugdraaien."
)
Data = Annotated[
    Path,
    typer.Option(envvar="BUURTBALANS_DATA", help="Map met de gegevens; de uitgaven staan in releases/."),
]
Id = Annotated[str, typer.Argument(metavar="ID", help="De naam van de uitgave, zoals in buurtbalans release list.")]
DEFAULT_DATA = Path("buurtbalans-data")


@commands.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Bestanden van de bron.")],
    areas: Annotated[
        list[str] | None,
        typer.Option(metavar="AREAS", help="Kaart met gebieden; met @JAAR erachter als het bestand geen jaar noemt."),
    ] = None,
    title: Annotated[str, typer.Option(help="Hoe de uitgave heet.")] = "",
    period: Annotated[int | None, typer.Option(help="Het jaar van de cijfers, als het bestand dat niet noemt.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="Koppeling (TOML): welke kolom wat is.")] = None,
    delivery: Annotated[
        list[int] | None,
        typer.Option(
            "--shipment", metavar="N", help="Nummer van een levering die met alle organisaties gedeeld is; mag vaker."
        ),
    ] = None,
    data: Data = DEFAULT_DATA,
) -> None:
    """Lees bestanden in en zet ze klaar als uitgave. Er verandert nog niets op de site."""
    store = _store(data)
    with exit_on_refusal_or_disk_error(), progress() as say:
        say("De kaarten worden gelezen")
        maps, map_findings = _read_maps(areas or [])
        say("De bestanden worden gelezen")
        source_data = _read_source_data(files, period, mapping)
        title = title or " + ".join(dict.fromkeys(table.source.title for table in source_data))
        has_site = _connect_database(data)
        source_data += _get_deliveries(delivery or [], has_site)
        say("De uitgave wordt gemaakt en gecontroleerd")
        id = store.add(source_data, maps, title=title, shared=_get_shared_counts(source_data, has_site))
        if has_site:
            from buurtbalans.method.datasets.actions import note_import

            note_import(by=None, release=id, deliveries=delivery or [])
    manifest = store.get(id).manifest
    print_findings([*map_findings, *manifest.findings])
    stderr_console().print(f"Klaargezet: {_size(manifest)}. Publiceer met: buurtbalans release publish {id}")
    out.print(id)


@commands.command("check")
def check(id: Id, data: Data = DEFAULT_DATA) -> None:
    """Controleer een uitgave: alles wat opvalt, in één keer."""
    with exit_on_refusal_or_disk_error(), progress() as say:
        say("De uitgave wordt gecontroleerd")
        findings = _store(data).check(id)
    print_findings(findings)
    if any(finding.weight is Severity.REFUSE for finding in findings):
        raise typer.Exit(REFUSED)
    stderr_console().print(
        f"Uitgave {id} kan worden gepubliceerd." if findings else f"Uitgave {id} is in orde. Niets viel op."
    )


@commands.command("publish")
def publish(
    id: Id,
    note: Annotated[str, typer.Option(help="Waarom, in één zin.")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="U hebt de grote veranderingen bekeken.")] = False,
    data: Data = DEFAULT_DATA,
) -> None:
    """Publiceer een uitgave: iedereen ziet daarna deze cijfers."""
    store = _store(data)
    with exit_on_refusal_or_disk_error(), progress() as say:
        say("De uitgave wordt gecontroleerd en gepubliceerd")
        if store.published_id() == id:
            store.get(id)
        elif _connect_database(data):
            from buurtbalans.method.datasets.actions import publish_release

            publish_release(by=None, release=id, note=note, confirmed=confirm)
        else:
            from buurtbalans.figures.quality.checks import require_confirmed

            require_confirmed(store.quality(id), confirm)
            store.publish(id)
        findings = store.check(id)
    print_findings(findings)
    stderr_console().print(f"Uitgave {id} is gepubliceerd.")


@commands.command("undo")
def undo(
    note: Annotated[str, typer.Option(help="Waarom, in één zin.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ook als de site daarna geen cijfers heeft.")] = False,
    data: Data = DEFAULT_DATA,
) -> None:
    """Draai terug: de uitgave die ervoor te zien was, is weer te zien."""
    store = _store(data)
    with exit_on_refusal_or_disk_error():
        if store.published_id() and store.previous_id() is None and not yes:
            what = "Er is geen eerdere uitgave. Na terugdraaien heeft de site geen cijfers meer."
            raise refuse(what, "Wilt u dat? Voer dan uit: buurtbalans release undo --yes")
        if _connect_database(data):
            from buurtbalans.method.datasets.actions import undo_release

            undo_release(by=None, note=note)
        else:
            store.undo()
        current = store.published_id()
    stderr_console().print(
        f"Uitgave {current} is weer te zien." if current else "Er is op dit moment geen cijferset gepubliceerd."
    )


@commands.command("list")
def list_(data: Data = DEFAULT_DATA) -> None:
    """Noem alle uitgaven, de nieuwste eerst, en waar elk van hen staat."""
    store = _store(data)
    with exit_on_refusal_or_disk_error():
        states = store.states()
    if not states:
        stderr_console().print("Er zijn nog geen uitgaven. Begin met: buurtbalans release import")
        return
    manifests = {manifest.id: manifest for manifest in store.releases()}
    console = stdout_console()
    table = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, pad_edge=False)
    for name in ("uitgave", "staat", "titel", "jaren", "inhoud"):
        table.add_column(name, overflow="fold")
    for id, state in states.items():
        manifest = manifests.get(id)
        details = (manifest.title, ", ".join(map(str, manifest.periods)), _size(manifest)) if manifest else ("", "", "")
        table.add_row(*(Text(cell) for cell in (id, str(state), *details)))
    console.print(table)


@commands.command("verify")
def verify(id: Id, data: Data = DEFAULT_DATA) -> None:
    """Kijk of elk bestand van een uitgave nog precies is zoals het was."""
    with exit_on_refusal_or_disk_error():
        problems = _store(data).verify(id)
    if problems:
        print_findings(problems)
        raise typer.Exit(1)
    stderr_console().print(f"Uitgave {id} is heel: elk bestand is zoals het was.")


def _store(data: Path) -> "ReleaseStore":
    from buurtbalans.figures.release.store import ReleaseStore

    return ReleaseStore(data / "releases")


def _get_deliveries(numbers: list[int], has_site: bool) -> "list[SourceData]":
    """Return the deliveries with these numbers as source data; only those that are shared with all organisations."""
    if not numbers:
        return []
    if not has_site:
        raise refuse("Er is nog geen site, dus ook geen levering.", "Voer eerst uit: buurtbalans migrate")
    from buurtbalans.method.datasets.models import Delivery
    from buurtbalans.method.datasets.queries.deliveries import source_data_of

    deliveries = Delivery.objects.shared_with([]).in_bulk(numbers)
    if missing := [str(number) for number in numbers if number not in deliveries]:
        what = f"Levering {', '.join(missing)} is niet met alle organisaties gedeeld, of bestaat niet."
        raise refuse(what, "Vraag de leverancier om te delen met alle organisaties.")
    return [table for number in numbers for table in source_data_of(deliveries[number])]


def _get_shared_counts(source_data: "list[SourceData]", has_site: bool) -> "SharedViews":
    """Return the counts of partners that circles saw before: a release shows a part of them."""
    if not has_site:
        return {}
    from buurtbalans.method.datasets.queries.deliveries import shared_in

    return shared_in(source_data)


def _read_source_data(files: list[Path], period: int | None, mapping: Path | None) -> "list[SourceData]":
    """Read every file; refuse with the problems of all files at once."""
    from buurtbalans.figures.sources import read_files
    from buurtbalans.figures.sources.mapping import read_mapping

    column_mapping = read_mapping(mapping) if mapping else None
    source_data: list[SourceData] = []
    problems: list[Finding] = []
    for file in files:
        try:
            source_data.append(read_files([file], period=period, mapping=column_mapping))
        except Refused as refused:
            problems += refused.findings
    if problems:
        raise Refused(problems)
    return source_data


def _read_maps(areas: list[str]) -> "tuple[list[Division], list[Finding]]":
    """Read every map, given as `FILE` or `FILE@YEAR`; refuse with the problems of all maps at once."""
    from buurtbalans.figures.area.reader import read_areas

    maps: list[Division] = []
    findings: list[Finding] = []
    problems: list[Finding] = []
    for argument in areas:
        file, year = _split_year(argument)
        try:
            file_maps, file_findings = read_areas(file, year=year)
            maps += file_maps
            findings += file_findings
        except Refused as refused:
            problems += [_with_year_hint(finding, argument) for finding in refused.findings]
    if problems:
        raise Refused(problems)
    return maps, findings


def _with_year_hint(finding: Finding, argument: str) -> Finding:
    """Return a finding about a missing year with how to give it on the command line; others as they are."""
    if "jaar van de indeling" not in finding.todo:
        return finding
    return replace(finding, todo=f"{finding.todo} Zet het achter de naam: --areas {argument}@JAAR.")


def _split_year(argument: str) -> tuple[Path, int | None]:
    """Split `FILE@YEAR`; an argument without a year is a file."""
    file, _, year = argument.rpartition("@")
    return (Path(file), int(year)) if file and len(year) == 4 and year.isdecimal() else (Path(argument), None)


def _size(manifest: "Manifest") -> str:
    """Return how many figures, indicators and areas a release holds."""
    from buurtbalans.figures.release.words import number

    regions = ", ".join(f"{level} {number(count)}" for level, count in manifest.regions.items())
    return f"{number(manifest.counts['observations'])} cijfers, {len(manifest.indicators)} indicatoren ({regions})"


def _connect_database(data: Path) -> bool:
    """Load the site on the data folder; False when it has no database, for figures also work without a site."""
    os.environ |= {"BUURTBALANS_DATA": str(data.resolve())}
    load_django()
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite" and not (settings.DATA / "buurtbalans.sqlite3").is_file():
        return False
    from buurtbalans.method.datasets.models import Publication

    return Publication._meta.db_table in connection.introspection.table_names()
