"""`buurtbalans place-audit`: is a placing fair? An outside office counts lines per group; its totals are judged."""

from pathlib import Path
from typing import Annotated

import typer

from buurtbalans.cli.console import exit_refused, print_json, say
from buurtbalans.cli.findings import exit_on_refusal
from buurtbalans.cli.form import Command, command_group
from buurtbalans.cli.options import AsJson, read_stdin
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

commands = command_group(noop("Hoe pakt het plaatsen uit per groep? Een kantoor van buiten telt."))
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help=noop("Het bestand dat wordt gemaakt"))]


@commands.command(
    cls=Command, help=noop("Maak de regels voor het kantoor: werknummers en hoe het is uitgepakt, zonder groep.")
)
def lines(
    case: Annotated[Path, typer.Argument(metavar="CASE", help=noop("De map van de plaatsing"))],
    advice: Annotated[Path, typer.Argument(metavar="ADVICE", help=noop("De map van het advies, met proposals.csv"))],
    out: Out,
) -> None:
    """Write the lines for the outside office: reference numbers and how it turned out, without any group."""
    from buurtbalans.placing.case import read_case
    from buurtbalans.placing.outside_totals import lines_of_advice, write_lines

    _require_output_file(out)
    with exit_on_refusal():
        audit_lines = lines_of_advice(read_case(case), advice / "proposals.csv")
        out.write_text(write_lines(audit_lines), encoding="utf-8")
    sentence = _("%(number)s huishoudens staan in %(file)s, zonder groep en zonder eigenschappen.")
    say(sentence % {"number": len(audit_lines), "file": out.name})


@commands.command(
    cls=Command, help=noop("Voor het kantoor van buiten: tel per klasse. Alleen deze totalen gaan terug.")
)
def totals(
    sent: Annotated[
        Path,
        typer.Argument(
            metavar="LINES|-",
            callback=read_stdin,
            help=noop("De regels die u hebt gekregen"),
        ),
    ],
    properties: Annotated[
        Path,
        typer.Argument(
            metavar="PROPERTIES|-",
            callback=read_stdin,
            help=noop("Uw eigen tabel: household, en een kolom per eigenschap"),
        ),
    ],
    out: Out,
) -> None:
    """Count per class, for the outside office; only these totals go back."""
    from buurtbalans.placing import fairness
    from buurtbalans.placing.outside_totals import read_lines, read_properties, write_totals

    _require_output_file(out)
    with exit_on_refusal():
        audit_lines, classes = read_lines(sent), read_properties(properties)
        class_totals, uncounted = fairness.totals(audit_lines, classes)
        out.write_text(write_totals(class_totals), encoding="utf-8")
    facts = {"number": len(class_totals), "file": out.name, "minimum": fairness.MINIMUM}
    say(_("%(number)s regels staan in %(file)s, elk over minstens %(minimum)s huishoudens.") % facts)
    for comparison in fairness.judge(fairness.in_full(audit_lines, classes)):
        if comparison.clear:
            typer.echo(_("Alleen voor u: %(comparison)s") % {"comparison": fairness.said(comparison)})
    if withheld := sorted({total.name for total in class_totals if total.placed is None}):
        sentence = _("Bij %(names)s staat niet overal wie een woning heeft gekregen: dat zou te veel zeggen.")
        say(sentence % {"names": ", ".join(withheld)})
    if uncounted:
        sentence = _("%(number)s keer telt een huishouden niet mee: de klasse was te klein om te tonen.")
        say(sentence % {"number": uncounted})


@commands.command(
    cls=Command, help=noop("Zeg welke verschillen groter zijn dan toeval, en groot genoeg om te bespreken.")
)
def judge(
    counted: Annotated[
        Path,
        typer.Argument(
            metavar="TOTALS|-",
            callback=read_stdin,
            help=noop("De totalen van het kantoor"),
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Say which differences are more than chance and large enough to look at."""
    from buurtbalans.placing import fairness
    from buurtbalans.placing.outside_totals import read_totals, rows_of_totals

    with exit_on_refusal():
        comparisons = fairness.judge(read_totals(rows_of_totals(counted), counted.name))
    clear = [comparison for comparison in comparisons if comparison.clear]
    if as_json:
        print_json({"comparisons": len(comparisons), "clear": [fairness.said(comparison) for comparison in clear]})
        return
    for comparison in clear:
        typer.echo(fairness.said(comparison))
    sentence = _("%(number)s vergelijkingen, %(clear)s duidelijke verschillen.")
    say(f"{sentence % {'number': len(comparisons), 'clear': len(clear)}} {_(fairness.RATE)}")


def _require_output_file(out: Path) -> None:
    """Refuse a file that cannot be written, before any work is done."""
    if out.is_dir() or not out.resolve().parent.is_dir():
        sentence = _("“%(file)s” kan geen bestand worden. Kies een naam in een map die bestaat.")
        exit_refused(sentence % {"file": out.name})
