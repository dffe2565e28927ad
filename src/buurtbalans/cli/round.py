"""The command of rounds: export a whole round as an archive, with only what one account may see."""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from buurtbalans.cli.console import CONFIGURATION, exit_refused, progress, say
from buurtbalans.cli.environment import load_migrated_site, use_existing_demo
from buurtbalans.cli.findings import exit_on_refusal_or_disk_error
from buurtbalans.cli.form import Command, command_group
from buurtbalans.cli.options import OutFolder
from buurtbalans.cli.people import get_person
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Person
    from buurtbalans.method.rounds.models import Round

commands = command_group(noop("Een hele ronde bewaren als archief."))


@commands.callback(help=noop("Een hele ronde bewaren als archief."))
def about() -> None:
    """Keep this a group: a round has one command today."""


@commands.command(
    "export",
    cls=Command,
    help=noop(
        "Bewaar een ronde als archief: de keten als JSON en CSV, de papieren als PDF en Word, en een lijst met zegels. "
        "Alleen wat het account mag zien, komt mee. Zonder --as gaat alleen een verzonnen ronde mee, namens de "
        "procesbegeleider. Er komt een regel in het logboek."
    ),
)
def export(
    slug: Annotated[
        str, typer.Argument(metavar="ROUND", help=noop("De naam van de ronde, zoals in het adres van de ronde"))
    ],
    out: OutFolder,
    username: Annotated[
        str,
        typer.Option("--as", metavar="USERNAME", help=noop("Het account waarvoor u bewaart: wat het ziet, komt mee")),
    ] = "",
    data: Annotated[Path | None, typer.Option(metavar="DIR", help=noop("Map met de gegevens van de demo"))] = None,
) -> None:
    """Export a round as an archive, with only what one account may see."""
    _require_empty_folder(out)
    _load_site(data)
    round, person = _get_round(slug, username)
    from buurtbalans.method.rounds.actions.round import record_export
    from buurtbalans.site.exports.archive import archive

    with exit_on_refusal_or_disk_error(), progress() as step:
        files = archive(round, person, step)
        step(_("De bestanden worden weggeschreven"))
        write_archive(files, out, lambda: record_export(by=person, round=round, files=len(files)))
    facts = {"number": len(files), "folder": out, "name": person}
    say(_("Bewaard: %(number)s bestanden in %(folder)s, met wat %(name)s mag zien.") % facts)
    if "plan.pdf" not in files:
        say(_("De afspraak over delen en het plan zijn er niet bij: die leest alleen de kerngroep."))


def _load_site(data: Path | None) -> None:
    """Load the site of the environment or of a demo; when neither is set, say what to set."""
    if data is not None:
        use_existing_demo(data)
    elif not os.environ.get("BUURTBALANS_SECRET_KEY"):
        sentence = _(
            "Van welke site is deze ronde? Voor de demo: voeg --data buurtbalans-data/demo toe. Voor een echte site: "
            "zet BUURTBALANS_DATA en BUURTBALANS_SECRET_KEY in de omgeving, en bij PostgreSQL ook "
            "BUURTBALANS_DATABASE, zoals bij serve."
        )
        exit_refused(sentence, CONFIGURATION)
    load_migrated_site()


def _require_empty_folder(out: Path) -> None:
    """Refuse a file or a folder with files in it: an archive never mixes with other files."""
    if out.exists() and not out.is_dir():
        exit_refused(_("%(file)s is een bestand. Kies een nieuwe map.") % {"file": out})
    if out.is_dir() and any(out.iterdir()):
        exit_refused(_("De map %(folder)s is niet leeg. Kies een nieuwe map.") % {"folder": out})


def _get_round(slug: str, username: str) -> "tuple[Round, Person]":
    """Return the round and the person it is exported for, or refuse.

    An account that may not know of the round gets the same words as for a round that does not exist.
    """
    from buurtbalans.method.people.models import Person
    from buurtbalans.method.rounds.models import Round
    from buurtbalans.method.rounds.queries.round import rounds_of

    if username:
        person = get_person(username)
        if not person.is_active:
            exit_refused(_("Dit account is gesloten: %(name)s.") % {"name": username})
        round = rounds_of(person).filter(slug=slug).first()
        return (round, person) if round else _refuse_unknown(slug)
    unnamed = Round.objects.filter(slug=slug).select_related("started_by").first()
    if unnamed is None:
        _refuse_unknown(slug)
    if Person.objects.filter(memberships__circle__in=(unnamed.core_id, unnamed.ring_id), invented=False).exists():
        exit_refused(
            _("Zeg namens welk account u bewaart, met --as USERNAME. Alleen wat dat account mag zien, komt mee.")
        )
    return _get_round(slug, unnamed.started_by.username)


def _refuse_unknown(slug: str) -> NoReturn:
    sentence = _(
        "Deze ronde is er niet, of het account doet er niet aan mee: %(name)s. De naam staat in het adres van de ronde."
    )
    exit_refused(sentence % {"name": slug})


def write_archive(files: Mapping[str, bytes], out: Path, write_audit_row: Callable[[], object]) -> None:
    """Write all files to a folder next to the target, then rename it in one step together with the audit row."""
    from django.db import transaction

    target = out.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    is_moved = False
    try:
        for name, content in files.items():
            with open(temporary / name, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        _sync_folder(temporary)
        with transaction.atomic():
            write_audit_row()
            os.rename(temporary, target)
            is_moved = True
        _sync_folder(target.parent)
    except BaseException:
        shutil.rmtree(target if is_moved else temporary, ignore_errors=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
