"""The commands of releases of figures: import files, check, publish, undo, list and verify."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from buurtbalans.cli.console import CONFIGURATION, REFUSED, exit_refused, out, print_json, print_table, progress, say
from buurtbalans.cli.environment import load_django
from buurtbalans.cli.findings import exit_on_refusal_or_disk_error, findings_data, print_findings
from buurtbalans.cli.form import Command, command_group
from buurtbalans.cli.options import AsJson, DataFolder, Mapping, Period, read_stdin
from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop
from buurtbalans.figures.text import spoken_number

if TYPE_CHECKING:
    from buurtbalans.figures.area.division import Division
    from buurtbalans.figures.release.manifest import Manifest
    from buurtbalans.figures.release.per_supplier import (
        SharedViews,  # the modules of figures load slowly, so a command imports them when it runs
    )
    from buurtbalans.figures.release.store import ReleaseStore
    from buurtbalans.figures.sources.delivery import SourceData

commands = command_group(noop("Cijfersets inlezen, controleren, publiceren en terugdraaien."))
Id = Annotated[
    str, typer.Argument(metavar="ID", help=noop("De naam van de cijferset, zoals in buurtbalans release list"))
]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help=noop("Waarom, in één zin"))]
Confirm = Annotated[
    bool, typer.Option("--confirm", help=noop("U hebt gelezen wat er opvalt of verandert, en gaat toch door"))
]
DEFAULT_DATA = Path("buurtbalans-data")


@commands.command(
    "import", cls=Command, help=noop("Lees bestanden in en zet ze klaar als cijferset. Op de site verandert nog niets.")
)
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE|-", callback=read_stdin, help=noop("Bestanden van de bron")),
    ],
    areas: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE[@YEAR]",
            help=noop("Kaart met gebieden, met het jaar erachter als het bestand dat niet noemt"),
        ),
    ] = None,
    title: Annotated[str, typer.Option(metavar="TEXT", help=noop("Hoe de cijferset heet"))] = "",
    period: Period = None,
    mapping: Mapping = None,
    delivery: Annotated[
        list[int] | None,
        typer.Option(
            "--delivery",
            metavar="N",
            help=noop("Nummer van een levering die met alle organisaties is gedeeld"),
        ),
    ] = None,
    data: DataFolder = DEFAULT_DATA,
    as_json: AsJson = False,
) -> None:
    """Read files and make a release of them; nothing changes on the site."""
    store = _store(data)
    with exit_on_refusal_or_disk_error(), progress() as step:
        step(_("De kaarten worden gelezen"))
        maps, map_findings = _read_maps(areas or [])
        step(_("De bestanden worden gelezen"))
        source_data = _read_source_data(files, period, mapping)
        title = title or " + ".join(dict.fromkeys(table.source.title for table in source_data))
        has_site = _connect_database(data)
        source_data += _get_deliveries(delivery or [], has_site)
        step(_("De cijferset wordt gemaakt en gecontroleerd"))
        id = store.add(source_data, maps, title=title, shared=_get_shared_counts(source_data, has_site))
        if has_site:
            from buurtbalans.method.datasets.actions import note_import

            note_import(by=None, release=id, deliveries=delivery or [])
    manifest = store.get(id).manifest
    findings = [*map_findings, *manifest.findings]
    if as_json:
        print_json({"id": id, **_contents(manifest), "findings": findings_data(findings)})
        return
    print_findings(findings)
    facts = {"contents": _size(manifest), "command": f"buurtbalans release publish {id}"}
    say(_("Klaargezet: %(contents)s. Publiceer met: %(command)s") % facts)
    out.print(id)


@commands.command("check", cls=Command, help=noop("Controleer een cijferset: alles wat opvalt, in één keer."))
def check(id: Id, data: DataFolder = DEFAULT_DATA, as_json: AsJson = False) -> None:
    """Say everything that stands out in a release, and exit with the code of the data when it cannot be published."""
    with exit_on_refusal_or_disk_error(), progress() as step:
        step(_("De cijferset wordt gecontroleerd"))
        findings = _store(data).check(id)
    is_refused = any(finding.weight is Severity.REFUSE for finding in findings)
    if as_json:
        print_json({"id": id, "publishable": not is_refused, "findings": findings_data(findings)})
    else:
        print_findings(findings)
    if is_refused:
        raise typer.Exit(REFUSED)
    if not as_json:
        sentence = (
            _("Cijferset %(id)s kan worden gepubliceerd.")
            if findings
            else _("Cijferset %(id)s is in orde. Er valt niets op.")
        )
        say(sentence % {"id": id})


@commands.command("publish", cls=Command, help=noop("Publiceer een cijferset: iedereen ziet daarna deze cijfers."))
def publish(id: Id, note: Note = "", confirm: Confirm = False, data: DataFolder = DEFAULT_DATA) -> None:
    """Publish a release."""
    store = _store(data)
    with exit_on_refusal_or_disk_error(), progress() as step:
        step(_("De cijferset wordt gecontroleerd en gepubliceerd"))
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
    say(_("Cijferset %(id)s is gepubliceerd.") % {"id": id})


@commands.command(
    "undo", cls=Command, help=noop("Draai een publicatie terug: de cijferset van daarvoor is weer te zien.")
)
def undo(note: Note = "", confirm: Confirm = False, data: DataFolder = DEFAULT_DATA) -> None:
    """Bring back the release that was published before."""
    store = _store(data)
    with exit_on_refusal_or_disk_error():
        if store.published_id() and store.previous_id() is None and not confirm:
            sentence = _(
                "Er is geen eerdere cijferset. Na terugdraaien heeft de site geen cijfers meer. Wilt u dat? Voer dan "
                "uit: %(command)s"
            )
            exit_refused(sentence % {"command": "buurtbalans release undo --confirm"})
        if _connect_database(data):
            from buurtbalans.method.datasets.actions import undo_release

            undo_release(by=None, note=note)
        else:
            store.undo()
        current = store.published_id()
    if current:
        say(_("Cijferset %(id)s is weer te zien.") % {"id": current})
    else:
        say(_("Er is op dit moment geen cijferset gepubliceerd."))


@commands.command("list", cls=Command, help=noop("Toon alle cijfersets met hun status, de nieuwste eerst."))
def list_(data: DataFolder = DEFAULT_DATA, as_json: AsJson = False) -> None:
    """Print all releases, the newest first."""
    store = _store(data)
    with exit_on_refusal_or_disk_error():
        states = store.states()
        manifests = {manifest.id: manifest for manifest in store.releases()}
    rows = []
    for id, state in states.items():
        manifest = manifests.get(id)
        row = {"id": id, "state": state.name.lower() if as_json else _(state.value)}
        if as_json:
            rows.append(row | (_contents(manifest) if manifest else {}))
        else:
            title, years = (manifest.title, manifest.periods) if manifest else ("", ())
            rows.append(row | {"title": title, "years": years, "contents": _size(manifest) if manifest else ""})
    headings = {
        "id": _("cijferset"),
        "state": _("staat"),
        "title": _("titel"),
        "years": _("jaren"),
        "contents": _("inhoud"),
    }
    empty = _("Er zijn nog geen cijfersets. Begin met: %(command)s") % {"command": "buurtbalans release import"}
    print_table(headings, rows, empty, as_json)


@commands.command(
    "verify", cls=Command, help=noop("Controleer of elk bestand van een cijferset nog precies is zoals het was.")
)
def verify(id: Id, data: DataFolder = DEFAULT_DATA, as_json: AsJson = False) -> None:
    """Verify every file of a release, and exit with the code of the data when one was changed."""
    with exit_on_refusal_or_disk_error():
        problems = _store(data).verify(id)
    if as_json:
        print_json({"id": id, "intact": not problems, "findings": findings_data(problems)})
    else:
        print_findings(problems)
    if problems:
        raise typer.Exit(REFUSED)
    if not as_json:
        say(_("Cijferset %(id)s is ongewijzigd: elk bestand is zoals het was.") % {"id": id})


def _store(data: Path) -> "ReleaseStore":
    from buurtbalans.figures.release.store import ReleaseStore

    return ReleaseStore(data / "releases")


def _get_deliveries(numbers: list[int], has_site: bool) -> "list[SourceData]":
    """Return the deliveries with these numbers as source data; only those that are shared with all organisations."""
    if not numbers:
        return []
    if not has_site:
        sentence = _("Er is nog geen site, dus ook geen levering. Voer eerst uit: %(command)s")
        exit_refused(sentence % {"command": "buurtbalans migrate"}, CONFIGURATION)
    from buurtbalans.method.datasets.models import Delivery
    from buurtbalans.method.datasets.queries.deliveries import source_data_of

    deliveries = Delivery.objects.shared_with([]).in_bulk(numbers)
    if missing := [str(number) for number in numbers if number not in deliveries]:
        sentence = _(
            "Levering %(numbers)s is niet met alle organisaties gedeeld, of bestaat niet. Vraag de leverancier om te "
            "delen met alle organisaties."
        )
        exit_refused(sentence % {"numbers": ", ".join(missing)})
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
    todo = f"{finding.todo} Zet het achter de naam: --areas {argument}@YEAR."
    return replace(finding, todo=todo)  # in Dutch, as the rest of the finding


def _split_year(argument: str) -> tuple[Path, int | None]:
    """Split `FILE@YEAR`; an argument without a year is a file."""
    file, _, year = argument.rpartition("@")
    return (Path(file), int(year)) if file and len(year) == 4 and year.isdecimal() else (Path(argument), None)


def _contents(manifest: "Manifest") -> dict[str, object]:
    """Return what a release holds, for JSON."""
    return {
        "title": manifest.title,
        "periods": list(manifest.periods),
        "observations": manifest.counts["observations"],
        "indicators": list(manifest.indicators),
        "areas": {str(level): count for level, count in manifest.regions.items()},
    }


def _size(manifest: "Manifest") -> str:
    """Return how many figures, indicators and areas a release holds."""
    from buurtbalans.figures.release.words import number

    regions = ", ".join(f"{_(str(level))} {spoken_number(number(count))}" for level, count in manifest.regions.items())
    facts = {
        "figures": spoken_number(number(manifest.counts["observations"])),
        "indicators": len(manifest.indicators),
        "areas": regions,
    }
    return _("%(figures)s cijfers, %(indicators)s indicatoren (%(areas)s)") % facts


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
