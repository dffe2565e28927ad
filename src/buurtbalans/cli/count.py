"""`buurtbalans count`: a list of points becomes counts per area, on the machine of whoever holds the list."""

import os
import shlex
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.progress import BarColumn, TimeRemainingColumn

from buurtbalans.cli.console import exit_refused, print_json, progress, say
from buurtbalans.cli.findings import exit_on_refusal, findings_data, print_findings
from buurtbalans.cli.options import AsJson, Minimum, OutFile, read_stdin, require_other_file
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

if TYPE_CHECKING:
    from buurtbalans.figures.counting.worker import CountReport, CountRequest


HELP: Final = noop("Tel punten per gebied. De punten blijven op deze computer.")


class Engine(StrEnum):
    """Where the counting runs."""

    LOCAL = "local"
    SPARK = "spark"


def count(
    points: Annotated[
        Path,
        typer.Argument(
            metavar="POINTS|-",
            callback=read_stdin,
            help=noop("Punten: csv, parquet of json"),
        ),
    ],
    areas: Annotated[
        Path,
        typer.Option(metavar="FILE|-", callback=read_stdin, help=noop("Kaart met gebieden: GeoJSON of TopoJSON")),
    ],
    out: OutFile,
    code: Annotated[
        str | None,
        typer.Option(metavar="PROPERTY", help=noop("Eigenschap in de kaart met de code van een gebied")),
    ] = None,
    lng: Annotated[str | None, typer.Option(metavar="COLUMN", help=noop("Kolom met de lengte, of x in RD"))] = None,
    lat: Annotated[str | None, typer.Option(metavar="COLUMN", help=noop("Kolom met de breedte, of y in RD"))] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help=noop("Kolom met categorieën; per maand met month:COLUMN")),
    ] = None,
    minimum: Minimum = 10,
    for_protect: Annotated[
        bool,
        typer.Option("--for-protect", help=noop("Schrijf de echte aantallen met alle totalen, klaar voor protect")),
    ] = False,
    parent: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PROPERTY",
            help=noop("Met --for-protect: eigenschap met het hogere gebied; anders volgt dat uit de code"),
        ),
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help=noop("Waar het tellen gebeurt: op deze computer of op Spark"))
    ] = Engine.LOCAL,
    master: Annotated[
        str | None,
        typer.Option(metavar="URL", help=noop("Welke Spark, zoals spark://host:7077. Anders op deze computer")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Count points per area; nothing goes to a server."""
    from buurtbalans.figures.counting.worker import CountRequest, count_points

    request = CountRequest(
        str(points),
        str(areas),
        str(out),
        code,
        lng,
        lat,
        tuple(by or ()),
        minimum,
        str(grid_cache_folder()),
        engine is Engine.SPARK,
        master,
        for_protect,
        tuple(parent or ()),
    )
    require_other_file(out, (points, areas))
    _require_consistent_options(request, out)
    with exit_on_refusal(), progress(BarColumn(), TimeRemainingColumn()) as step:
        step(_("De punten worden geopend"))
        report = count_points(request, lambda name, done, size: step(name, completed=done, total=size or None))
    if as_json:
        print_json(_data(report, request))
        return
    print_findings(report.findings)
    for line in _summary(report, request):
        say(line)


def _data(report: "CountReport", request: "CountRequest") -> dict[str, object]:
    """Return what was counted, for JSON."""
    return {
        "points": report.points,
        "outside": report.outside,
        "areas": report.hit,
        "withheld": None if request.for_protect else report.few,
        "columns": [report.x, report.y],
        "coordinates": "EPSG:28992" if report.metres else "EPSG:4326",
        "file": request.out,
        "findings": findings_data(report.findings),
    }


def _summary(report: "CountReport", request: "CountRequest") -> Iterator[str]:
    """Yield what was counted, and what to do before the table is shared."""
    kind = _("RD") if report.metres else _("graden")
    yield _("Coördinaten uit %(x)s en %(y)s (%(kind)s).") % {"x": report.x, "y": report.y, "kind": kind}
    facts = {
        "inside": report.points - report.outside,
        "areas": report.hit,
        "outside": report.outside,
        "file": Path(request.out).name,
    }
    yield (_("Punten in gebieden: %(inside)s, in %(areas)s gebieden. Buiten: %(outside)s. Tabel in %(file)s.") % facts)
    if request.for_protect:
        yield _("Dit zijn de echte aantallen: deel deze tabel niet. Scherm de tabel eerst af:")
        yield _protect_command(Path(request.out), request.by, request.minimum)
    elif report.few:
        yield (
            _("Kleiner dan %(minimum)s en weggelaten: %(number)s. Dat is nog niet veilig om te delen.")
            % {"minimum": request.minimum, "number": report.few}
        )
        yield _("Tel daarvoor met --for-protect; daarna komt buurtbalans protect.")


def _require_consistent_options(request: "CountRequest", out: Path) -> None:
    """Refuse options that do not go together, before anything is read."""
    if request.master and not request.spark:
        exit_refused(_("--master hoort bij Spark. Voeg --engine spark toe, of laat --master weg."))
    if request.parents and not request.for_protect:
        exit_refused(_("--parent hoort bij --for-protect. Voeg --for-protect toe, of laat --parent weg."))
    if request.for_protect and out.suffix.lower() != ".csv":
        sentence = _("De volgende stap, protect, leest alleen CSV. Kies bijvoorbeeld --out %(file)s.")
        exit_refused(sentence % {"file": f"{out.stem}.csv"})


def _protect_command(out: Path, by: Sequence[str], minimum: int) -> str:
    """Return the command that protects the table, ready to be pasted in a shell."""
    columns = [word for column in dict.fromkeys(by) for word in ("--by", column)]
    to = out.with_name(f"{out.stem}-protected.csv")
    words = ["buurtbalans", "protect", str(out), *columns, "--minimum", str(max(minimum, 6)), "--out", str(to)]
    return shlex.join(words)


def grid_cache_folder() -> Path:
    """Return the folder of the maps' cached grids: with the data of the site, or else in the user's own cache."""
    data = os.environ.get("BUURTBALANS_DATA")
    if data:
        return Path(data) / "cache" / "counting"
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "buurtbalans" / "counting"
