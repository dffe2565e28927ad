"""`buurtbalans read`: files of a publisher become one table of observations."""

from pathlib import Path
from typing import Annotated, Final

import typer

from buurtbalans.cli.console import print_json, progress, say
from buurtbalans.cli.findings import exit_on_refusal, findings_data, print_findings
from buurtbalans.cli.options import AsJson, Mapping, OutFile, Period, read_stdin, require_other_file
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

HELP: Final = noop("Lees bestanden van een bron in een tabel: alle cijfers, of geen enkel.")


def read(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE|-",
            callback=read_stdin,
            help=noop("Bestanden, of de map van een OData-tabel"),
        ),
    ],
    out: OutFile,
    source: Annotated[
        str | None, typer.Option(metavar="SOURCE", help=noop("De bron, als u die zelf wilt noemen, zoals cbs-kwb"))
    ] = None,
    period: Period = None,
    mapping: Mapping = None,
    as_json: AsJson = False,
) -> None:
    """Read files of a publisher into one table, whole or not at all."""
    from buurtbalans.figures import output, sources
    from buurtbalans.figures.sources.mapping import read_mapping

    with exit_on_refusal():
        output.require_writable(out)
    require_other_file(out, files)
    with exit_on_refusal(), progress() as step:
        step(_("De bestanden worden gelezen"))
        column_mapping = read_mapping(mapping) if mapping else None
        delivery = sources.read_files(files, source=source, period=period, mapping=column_mapping)
        step(_("De tabel wordt geschreven"))
        output.write_table(delivery.observations, out)
    table = delivery.observations
    facts = {
        "areas": delivery.areas.height,
        "indicators": table["indicator"].n_unique(),
        "figures": table.height,
        "file": out.name,
    }
    if as_json:
        print_json(facts | {"file": str(out), "findings": findings_data(delivery.findings)})
        return
    print_findings(delivery.findings)
    say(_("%(areas)s gebieden, %(indicators)s kolommen, %(figures)s cijfers in %(file)s.") % facts)
