"""Writes about figures: publish a release or go back, and a partner's shipments from draft to shared and withdrawn."""

from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from buurtbalans.figures.findings import Finding, Refused, Weight, refuse
from buurtbalans.figures.intake.counts import Count, Key, count_up
from buurtbalans.figures.intake.matching import Choices, Role, chosen, match, without_people
from buurtbalans.figures.intake.reading import Upload
from buurtbalans.figures.intake.shown import outward
from buurtbalans.figures.quality import require_seen, to_confirm
from buurtbalans.method.people.actions import action, record
from buurtbalans.method.people.models import Circle, Organisation, Person

from . import queries, rules
from .models import Answer, Draft, Kind, Publication, Reply, Shipment, ShipmentCount, ShipmentState, UseAnswers
from .rules import require_may_publish

DRAFT_DAYS: Final = 1


@action
def publish_release(*, by: Person | None, release: str, note: str = "", confirmed: bool = False) -> Publication:
    """Make a release the one that everybody sees.

    The switch on disk comes last: when it is refused, nothing is written here either.

    Parameters
    ----------
    confirmed
        Whether the person looked at the changes that are far larger than those of other areas.

    Raises
    ------
    Refused
        When the release does not exist, is damaged, is published already, or when its check refuses it; when it has
        large changes that nobody looked at.
    """
    require_may_publish(by)
    shelf = queries.shelf()
    manifest = shelf.get(release).manifest
    if shelf.published_id() == release:
        raise refuse(f"Uitgave {release} is al gepubliceerd.", "U hoeft niets te doen.")
    changes = to_confirm(shelf.quality(release))
    require_seen(changes, confirmed)
    seen = {"changes_seen": len(changes)} if changes else {}
    _require_answered(release)
    publication = Publication.objects.create(
        kind=Kind.PUBLISHED, release=release, title=manifest.title[:200], note=note, by=by
    )
    record(by=by, verb="datasets.publish_release", about=publication, release=release, **seen)
    shelf.publish(release)
    return publication


@action
def undo_release(*, by: Person | None, note: str = "", seen: str = "") -> Publication:
    """Go back to the release that was published before; when there was none, nothing is published any more.

    Parameters
    ----------
    seen
        The release that was published when the person decided; empty when that does not matter.

    Raises
    ------
    Refused
        When nothing is published, when another release was published meanwhile, or when the earlier one is damaged.
    """
    require_may_publish(by)
    shelf = queries.shelf()
    undone = shelf.published_id() or ""
    if seen and seen != undone:
        raise refuse("Intussen is er een andere uitgave gepubliceerd.", "Kijk opnieuw of u wilt terugdraaien.")
    back = shelf.previous_id()
    title = shelf.get(back).manifest.title[:200] if back else ""
    publication = Publication.objects.create(kind=Kind.UNDONE, release=back or "", title=title, note=note, by=by)
    record(by=by, verb="datasets.undo_release", about=publication, release=back, undone=undone)
    shelf.undo()
    return publication


@action
def note_import(*, by: Person | None, release: str) -> None:
    """Write down that files were read into a release, which nobody sees before it is published."""
    require_may_publish(by)
    record(by=by, verb="datasets.import_release", release=release)


@action
def start_draft(*, by: Person, upload: Upload, title: str, indicator: str = "") -> Draft:
    """Keep a table for its sender to look at, without the columns that are not read; erase what is older than a day.

    Raises
    ------
    Refused
        When it looks like rows of persons or addresses.
    """
    organisation = rules.require_may_deliver(by)
    choices = match(upload)
    if indicator:
        choices.names = [
            indicator if role is Role.COUNT else name for role, name in zip(choices.roles, choices.names, strict=True)
        ]
    table = without_people(upload, choices)
    old = Draft.objects.filter(at__lt=timezone.now() - timedelta(days=DRAFT_DAYS))
    erased = old.delete()[0]
    draft = Draft.objects.create(
        organisation=organisation, title=title, file=upload.file[-120:], sha256=upload.sha256, by=by,
        choices=choices.kept(),
        table={"header": table.header, "rows": table.rows, "lines": table.lines, "exact": table.exact},
    )  # fmt: skip
    record(by=by, verb="datasets.start_draft", about=draft, rows=len(table.rows), erased=erased)
    return draft


@action
def choose(*, by: Person, draft: Draft, choices: Choices) -> Draft:
    """Say what the columns of a draft are, why cells are empty, and what should stand in a cell."""
    _require_own(by, draft)
    draft.choices = choices.kept()
    draft.save(update_fields=["choices"])
    record(by=by, verb="datasets.choose", about=draft)
    return draft


@action
def discard(*, by: Person, draft: Draft) -> None:
    """Erase a draft."""
    _require_own(by, draft)
    record(by=by, verb="datasets.discard", about=draft)
    draft.delete()


@action
def keep(*, by: Person, draft: Draft) -> Shipment:
    """Keep the counts of a draft for the own organisation; the table itself is erased.

    Raises
    ------
    Refused
        With everything that must be solved first.
    """
    organisation = _require_own(by, draft)
    choices = chosen(draft.choices)
    found = count_up(queries.upload_of(draft), choices, queries.known_codes())
    if not found.ready:
        raise Refused(
            Finding(Weight.REFUSE, each.what, each.todo, draft.file)
            for each in found.noticed
            if each.weight is Weight.REFUSE
        )
    shipment = Shipment.objects.create(
        organisation=organisation, circle=organisation.circle, title=draft.title, file=draft.file,
        source=f"{organisation.slug}:{slugify(draft.title)[:120]}", sha256=draft.sha256, by=by,
        mapping={"roles": draft.choices["roles"], "names": draft.choices["names"]},
    )  # fmt: skip
    ShipmentCount.objects.bulk_create(
        [_row(shipment, key, count) for key, count in found.counts.items()], batch_size=500
    )
    record(by=by, verb="datasets.keep", about=shipment, draft=draft.pk, rows=found.rows, counts=len(found.counts))
    draft.delete()
    return shipment


@action
def share(
    *, by: Person, shipment: Shipment, circle: Circle | None, version: int,
    legal: str, ethical: str, good_idea: str, decides: str,
) -> Shipment:  # fmt: skip
    """Share a shipment with a core group, or with all organisations; what they see passes the gate now and is kept.

    Raises
    ------
    Refused
        When what was shared earlier cannot be guarded beside this.
    """
    _lock(by, shipment, version)
    rules.require_audience(by, circle)
    if shipment.state == ShipmentState.WITHDRAWN:
        raise ValidationError(_("Deze levering is ingetrokken. Zet haar eerst terug."), code="withdrawn")
    if not shipment.uses.exists():
        _freeze(shipment)
    shipment.circle = circle or shipment.organisation.circle
    shipment.for_all = circle is None
    _move(shipment, ShipmentState.SHARED)
    answers = UseAnswers.objects.create(
        shipment=shipment, audience=str(shipment.audience)[:200], by=by,
        legal=legal, ethical=ethical, good_idea=good_idea, decides=decides,
    )  # fmt: skip
    record(by=by, verb="datasets.share", about=shipment, circle=circle.pk if circle else None, answers=answers.pk)
    return shipment


@action
def withdraw(*, by: Person, shipment: Shipment, version: int) -> Shipment:
    """Take a shipment back: from now on only the own organisation sees it."""
    _lock(by, shipment, version)
    _move(shipment, ShipmentState.WITHDRAWN)
    record(by=by, verb="datasets.withdraw", about=shipment)
    return shipment


@action
def restore(*, by: Person, shipment: Shipment, version: int) -> Shipment:
    """Undo a withdrawal: the shipment is seen again by whom it was shared with."""
    _lock(by, shipment, version)
    shared = shipment.for_all or shipment.circle_id != shipment.organisation.circle.pk
    _move(shipment, ShipmentState.SHARED if shared else ShipmentState.READ)
    record(by=by, verb="datasets.restore", about=shipment)
    return shipment


@action
def ask_reply(*, by: Person, release: str, shipment: Shipment, until: date) -> Reply:
    """Say that a release will hold a shipment; its supplier may object until a date."""
    require_may_publish(by)
    rules.require_unpublished(release)
    rules.require_shared_with_all(shipment)
    reply, _made = Reply.objects.get_or_create(
        release=release, shipment=shipment, defaults={"asked_by": by, "until": until}
    )
    record(by=by, verb="datasets.ask_reply", about=reply, release=release, shipment=shipment.pk)
    return reply


@action
def answer_reply(*, by: Person, reply: Reply, answer: str, reason: str = "") -> Reply:
    """Answer as supplier: fine, or an objection with its reason."""
    rules.require_may_decide(by, reply.shipment)
    rules.require_open(reply)
    if answer not in (Answer.FINE, Answer.OBJECTION):
        raise ValidationError(_("Kies een antwoord."), code="answer")
    if answer == Answer.OBJECTION and not reason.strip():
        raise ValidationError(_("Schrijf op waarom u bezwaar maakt."), code="no_reason")
    reply.answer, reply.reason = Answer(answer), reason
    reply.answered_by, reply.answered_at = by, timezone.now()
    reply.save(update_fields=["answer", "reason", "answered_by", "answered_at"])
    record(by=by, verb="datasets.answer_reply", about=reply, answer=str(answer))
    return reply


@action
def take_out(*, by: Person, reply: Reply) -> None:
    """Take a shipment out of a release that is not published yet; the audit trail keeps what its supplier answered."""
    require_may_publish(by)
    record(by=by, verb="datasets.take_out", about=reply, release=reply.release, answer=str(reply.answer))
    reply.delete()


def _require_own(by: Person, draft: Draft) -> Organisation:
    organisation = rules.require_may_deliver(by)
    if draft.by_id != by.pk or draft.organisation_id != organisation.pk:
        raise PermissionDenied("alleen wie een bestand stuurt kijkt het na")
    return organisation


def _lock(by: Person, shipment: Shipment, version: int) -> None:
    """Check who and in which version, with the row held until the write is done."""
    now = Shipment.objects.select_for_update().get(pk=shipment.pk)
    rules.require_may_decide(by, now)
    rules.require_version(now, version)
    shipment.refresh_from_db()


def _move(shipment: Shipment, state: ShipmentState) -> None:
    shipment.state = state
    shipment.version += 1
    shipment.save(update_fields=["state", "version", "circle", "for_all"])


def _freeze(shipment: Shipment) -> None:
    """Let the counts through the gate once, beside all that was shared before, and keep what came out."""
    before = queries.shared_before(shipment.organisation, shipment)
    shown = outward(queries.counts_of([shipment]), before).counts
    rows = list(shipment.counts.all())
    for row in rows:
        count = shown[Key(row.indicator, row.area, row.division, row.period)]
        row.shown, row.withheld = count.value, str(count.absence or "")
    ShipmentCount.objects.bulk_update(rows, ["shown", "withheld"], batch_size=200)


def _row(shipment: Shipment, key: Key, count: Count) -> ShipmentCount:
    return ShipmentCount(
        shipment=shipment, indicator=key.indicator, area=key.area, division=key.division, period=key.period,
        value=count.value, absence=str(count.absence or ""),
    )  # fmt: skip


def _require_answered(release: str) -> None:
    """Refuse a release that waits for a supplier, or to which one objects."""
    today = timezone.localdate()
    waiting = [reply for reply in queries.replies_to(release) if reply.stops(today)]
    if waiting:
        raise Refused(
            Finding(
                Weight.REFUSE,
                f"{reply.shipment.organisation} "
                + ("maakt bezwaar." if reply.answer == Answer.OBJECTION else "heeft nog niet geantwoord."),
                "Haal de levering uit de uitgave, of wacht op antwoord.",
            )
            for reply in waiting
        )
