"""The commands around rounds: keep a whole round as an archive, with only what one account may see."""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from buurtbalans.cli_people import person_of, start
from buurtbalans.cli_release import guarded, progress
from buurtbalans.cli_site import err, refuse, use_demo

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Person
    from buurtbalans.method.rounds.models import Round

round_ = typer.Typer(no_args_is_help=True, help="Rondes: een hele ronde bewaren als archief.")
UNSAID = """Van welke site is deze ronde? Dat is nog niet gezegd.
- Van de demo: voeg --data buurtbalans-data/demo toe.
- Van een echte site: zet BUURTBALANS_DATA op haar map en BUURTBALANS_SECRET_KEY op haar sleutel, zoals bij serve.
  Heeft zij PostgreSQL? Zet dan ook BUURTBALANS_DATABASE."""
NOT_THERE = "Deze ronde is er niet, of het account doet er niet aan mee: {slug}. De naam staat in haar adres."


def register(app: typer.Typer) -> None:
    """Add `buurtbalans round` to the one command line."""
    app.add_typer(round_, name="round")


@round_.callback()
def about() -> None:
    """Rondes: een hele ronde bewaren als archief."""


@round_.command("export")
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
    refuse_full(out)
    begin(data)
    round, person = found(slug, username)
    from buurtbalans.method.rounds.actions.round import note_export
    from buurtbalans.site.exports.archive import archive

    with guarded(), progress() as say:
        files = archive(round, person, say)
        say("De bestanden worden weggeschreven")
        put(files, out, lambda: note_export(by=person, round=round, files=len(files)))
    err.print(f"Bewaard: {len(files)} bestanden in {out}, met wat {person} mag zien.", markup=False, soft_wrap=True)
    if "plan.pdf" not in files:
        err.print("De afspraak en het plan zitten er niet bij: die leest alleen de kerngroep.", soft_wrap=True)


def begin(data: Path | None) -> None:
    """Start with the settings of the environment or of a demo; when neither is there, say what to set."""
    if data is not None:
        use_demo(data)
    elif not os.environ.get("BUURTBALANS_SECRET_KEY"):
        refuse(UNSAID)
    start()


def refuse_full(out: Path) -> None:
    """Refuse a place where something lies already: an archive never mixes with other files."""
    if out.exists() and not out.is_dir():
        refuse(f"{out} is een bestand. Kies een nieuwe map.")
    if out.is_dir() and any(out.iterdir()):
        refuse(f"De map {out} is niet leeg. Kies een nieuwe map.")


def found(slug: str, username: str) -> "tuple[Round, Person]":
    """Return the round and for whom it is kept, or refuse: who does not know of the round is told nothing of it."""
    from buurtbalans.method.people.models import Person
    from buurtbalans.method.rounds.models import Round
    from buurtbalans.method.rounds.queries.round import rounds_of

    if username:
        person = person_of(username)
        if not person.is_active:
            refuse(f"Dit account is gesloten: {username}.")
        round = rounds_of(person).filter(slug=slug).first()
        return (round, person) if round else refuse(NOT_THERE.format(slug=slug))
    unnamed = Round.objects.filter(slug=slug).select_related("started_by").first()
    if unnamed is None:
        refuse(NOT_THERE.format(slug=slug))
    if Person.objects.filter(memberships__circle__in=(unnamed.core_id, unnamed.ring_id), invented=False).exists():
        refuse("Zeg namens welk account u bewaart, met --as USERNAME. Alleen wat dat account mag zien, komt mee.")
    return found(slug, unnamed.started_by.username)


def put(files: Mapping[str, bytes], out: Path, note: Callable[[], object]) -> None:
    """Write all files beside their place and move them there in one step, together with the row in the audit trail."""
    from django.db import transaction

    target = out.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    moved = False
    try:
        for name, content in files.items():
            with open(made / name, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        _sync(made)
        with transaction.atomic():
            note()
            os.rename(made, target)
            moved = True
        _sync(target.parent)
    except BaseException:
        shutil.rmtree(target if moved else made, ignore_errors=True)
        raise


def _sync(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
