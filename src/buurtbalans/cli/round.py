"""The command of rounds: export a whole round as an archive, with only what one account may see."""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from buurtbalans.cli.console import err, exit_refused, progress
from buurtbalans.cli.environment import load_migrated_site, use_existing_demo
from buurtbalans.cli.findings import exit_on_refusal_or_disk_error
from buurtbalans.cli.people import get_person

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Person
    from buurtbalans.method.rounds.models import Round

commands = typer.Typer(no_args_is_help=True, help="Rondes: een hele ronde bewaren als archief.")
UNKNOWN_SITE = """Van welke site is deze ronde? Dat is nog niet gezegd.
- Van de demo: voeg --data buurtbalans-data/demo toe.
- Van een echte site: zet BUURTBALANS_DATA op haar map en BUURTBALANS_SECRET_KEY op haar sleutel, zoals bij serve.
  Heeft zij PostgreSQL? Zet dan ook BUURTBALANS_DATABASE."""
UNKNOWN_ROUND = "Deze ronde is er niet, of het account doet er niet aan mee: {slug}. De naam staat in haar adres."


@commands.callback()
def about() -> None:
    """Rondes: een hele ronde bewaren als archief."""


@commands.command("export")
def export(
    slug: Annotated[str, typer.Argument(metavar="ROUND", help="De naam van de ronde, zoals in haar adres.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Nieuwe of lege map voor het archief.")],
    username: Annotated[
        str, typer.Option("--as", metavar="USERNAME", help="Het account waarvoor u bewaart: wat het ziet, komt mee.")
    ] = "",
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="De map van een demo, zoals buurtbalans-data/demo.")
    ] = None,
) -> None:
    """Bewaar een ronde als archief: de keten als JSON en CSV, de papieren als PDF en Word, en een lijst met zegels.

    Alleen wat het account mag zien, komt mee. Zonder --as wordt er niets bewaard, behalve bij een verzonnen ronde: die
    gaat namens haar procesbegeleider. Er komt een regel in het logboek.
    """
    _require_empty_folder(out)
    _load_site(data)
    round, person = _get_round(slug, username)
    from buurtbalans.method.rounds.actions.round import record_export
    from buurtbalans.site.exports.archive import archive

    with exit_on_refusal_or_disk_error(), progress() as say:
        files = archive(round, person, say)
        say("De bestanden worden weggeschreven")
        write_archive(files, out, lambda: record_export(by=person, round=round, files=len(files)))
    err.print(f"Bewaard: {len(files)} bestanden in {out}, met wat {person} mag zien.", markup=False, soft_wrap=True)
    if "plan.pdf" not in files:
        err.print("De afspraak en het plan zitten er niet bij: die leest alleen de kerngroep.", soft_wrap=True)


def _load_site(data: Path | None) -> None:
    """Load the site of the environment or of a demo; when neither is set, say what to set."""
    if data is not None:
        use_existing_demo(data)
    elif not os.environ.get("BUURTBALANS_SECRET_KEY"):
        exit_refused(UNKNOWN_SITE)
    load_migrated_site()


def _require_empty_folder(out: Path) -> None:
    """Refuse a file or a folder with files in it: an archive never mixes with other files."""
    if out.exists() and not out.is_dir():
        exit_refused(f"{out} is een bestand. Kies een nieuwe map.")
    if out.is_dir() and any(out.iterdir()):
        exit_refused(f"De map {out} is niet leeg. Kies een nieuwe map.")


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
            exit_refused(f"Dit account is gesloten: {username}.")
        round = rounds_of(person).filter(slug=slug).first()
        return (round, person) if round else exit_refused(UNKNOWN_ROUND.format(slug=slug))
    unnamed = Round.objects.filter(slug=slug).select_related("started_by").first()
    if unnamed is None:
        exit_refused(UNKNOWN_ROUND.format(slug=slug))
    if Person.objects.filter(memberships__circle__in=(unnamed.core_id, unnamed.ring_id), invented=False).exists():
        exit_refused("Zeg namens welk account u bewaart, met --as USERNAME. Alleen wat dat account mag zien, komt mee.")
    return _get_round(slug, unnamed.started_by.username)


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
