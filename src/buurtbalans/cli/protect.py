"""`buurtbalans protect`: a table of counts becomes one from which no small count can be derived."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from buurtbalans.cli.console import exit_refused, print_json, progress, say
from buurtbalans.cli.findings import exit_on_refusal, findings_data, print_findings
from buurtbalans.cli.options import AsJson, Minimum, OutFile, read_stdin, require_other_file
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

if TYPE_CHECKING:
    from buurtbalans.figures.protection.protect import Protected


HELP: Final = noop("Scherm kleine aantallen af, zodat niemand ze uit de andere kan afleiden.")


def protect(
    counts: Annotated[
        Path,
        typer.Argument(
            metavar="COUNTS|-",
            callback=read_stdin,
            help=noop("De echte aantallen, met area, parent en count"),
        ),
    ],
    out: OutFile,
    minimum: Minimum = 10,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help=noop("Kolom met categorieën; leeg in de rij van het totaal")),
    ] = None,
    earlier: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COUNTS=FILE",
            help=noop("Eerdere aantallen en hun tabel, van dezelfde periode; de oudste eerst"),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Protect a table of counts, so that no small count can be derived from the others."""
    from buurtbalans.figures import output
    from buurtbalans.figures.protection import protect as protection
    from buurtbalans.figures.protection import published
    from buurtbalans.figures.protection.reading import read_counts

    with exit_on_refusal():
        protection.check_minimum(minimum)
        output.require_writable(out)
    earlier_files = [_split_pair(text) for text in earlier or []]
    require_other_file(out, (counts, *(file for pair in earlier_files for file in pair)))
    with exit_on_refusal(), progress() as step:
        step(_("De aantallen worden gelezen"))
        before = [(read_counts(file, by=by or []), release) for file, release in earlier_files]
        table, releases = published.with_earlier(read_counts(counts, by=by or []), before)
        step(_("De kleine aantallen worden afgeschermd"))
        protected = protection.protect(table, minimum=minimum, earlier=releases)
        step(_("De tabel wordt geschreven"))
        output.write_table(published.frame(protected), out)
    numbers = _numbers(protected, minimum)
    if as_json:
        print_json(numbers | {"file": str(out), "findings": findings_data(protected.findings)})
        return
    print_findings(protected.findings)
    facts = numbers | {"file": out.name}
    summary = _("%(counts)s aantallen in %(file)s: %(small)s klein, %(withheld)s niet getoond.") % facts
    if numbers["earlier"]:
        summary = f"{summary} {_('%(earlier)s uit een eerdere tabel.') % facts}"
    say(summary)


def _split_pair(text: str) -> tuple[Path, Path]:
    """Split `COUNTS=FILE` into two existing files; a file name may itself hold an `=`."""
    parts = text.split("=")
    options = [(Path("=".join(parts[:cut])), Path("=".join(parts[cut:]))) for cut in range(1, len(parts))]
    pairs = [pair for pair in options if all(file.is_file() for file in pair)]
    if len(pairs) != 1:
        sentence = _("“%(text)s” zijn geen twee bestanden. Geef --earlier COUNTS=FILE, met twee bestanden die er zijn.")
        exit_refused(sentence % {"text": text})
    return pairs[0]


def _numbers(protected: "Protected", minimum: int) -> dict[str, object]:
    """Return how many counts the table holds, and how many are small, withheld or of an earlier table."""
    counts = [protected.table.counts[cell] for cell in protected.table.rows]
    cells = [protected.cells[cell] for cell in protected.table.rows]
    return {
        "counts": len(cells),
        "small": sum(1 for count in counts if 0 < count < minimum),
        "withheld": sum(1 for cell in cells if cell.value is None),
        "earlier": sum(1 for cell in cells if cell.as_of),
    }
