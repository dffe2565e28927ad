"""Writes about figures: publish a release or go back, and a partner's deliveries from draft to shared and withdrawn."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.findings import Finding, Refused, Severity, refuse
from buurtbalans.figures.intake.counts import Count, Key, count_up
from buurtbalans.figures.intake.matching import Choices, Role, chosen, match, without_people
from buurtbalans.figures.intake.reading import Upload
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.quality.checks import require_confirmed, to_confirm
from buurtbalans.figures.release.rebuild import source_deliveries
from buurtbalans.figures.sources.delivery import SourceData
from buurtbalans.method.base.audit import action, record
from buurtbalans.method.datasets import rules
from buurtbalans.method.datasets.models import (
    AudienceCount,
    Delivery,
    DeliveryCount,
    DeliveryState,
    Draft,
    Publication,
    PublicationKind,
    Reply,
    ReplyAnswer,
    UseAssessment,
)
from buurtbalans.method.datasets.queries import deliveries as deliveries_queries
from buurtbalans.method.datasets.queries import drafts, releases
from buurtbalans.method.datasets.rules import require_may_publish
from buurtbalans.method.people.models import Circle, Organisation, Person


@action(gettext_lazy("heeft cijfers gepubliceerd"))
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
    store = releases.store()
    manifest = store.get(release).manifest
    if store.published_id() == release:
        raise refuse(f"Uitgave {release} is al gepubliceerd.", "U hoeft niets te doen.")
    changes = to_confirm(store.quality(release))
    require_confirmed(changes, confirmed)
    seen = {"changes_seen": len(changes)} if changes else {}
    replies, seals = deliveries_queries.replies_to(release), releases.seals_of(release)
    rules.require_answered(replies, Delivery.objects.filter(sha256__in=seals), timezone.localdate())
    publication = Publication.objects.create(
        kind=PublicationKind.PUBLISHED, release=release, title=manifest.title[:200], note=note, by=by
    )
    record(by=by, verb="datasets.publish_release", about=publication, release=release, **seen)
    store.publish(release)
    return publication


@action(gettext_lazy("heeft de vorige cijfers hersteld"))
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
    store = releases.store()
    undone = store.published_id() or ""
    if seen and seen != undone:
        raise refuse("Intussen is er een andere uitgave gepubliceerd.", "Kijk opnieuw of u wilt terugdraaien.")
    back = store.previous_id()
    title = store.get(back).manifest.title[:200] if back else ""
    publication = Publication.objects.create(
        kind=PublicationKind.UNDONE, release=back or "", title=title, note=note, by=by
    )
    record(by=by, verb="datasets.undo_release", about=publication, release=back, undone=undone)
    store.undo()
    return publication


@action
def note_import(*, by: Person | None, release: str, deliveries: Sequence[int] = ()) -> None:
    """Write down that files were read into a release, which nobody sees before; ask the suppliers of its deliveries."""
    require_may_publish(by)
    record(by=by, verb="datasets.import_release", release=release)
    until = deliveries_queries.term(timezone.localdate())
    for delivery in Delivery.objects.filter(pk__in=deliveries):
        ask_reply(by=by, release=release, delivery=delivery, until=until)


@action(gettext_lazy("heeft een bestand met aantallen aangeleverd"))
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
    erased = _erase_drafts(timezone.now())
    draft = Draft.objects.create(
        organisation=organisation,
        title=title,
        file=upload.file[-120:],
        sha256=upload.sha256,
        by=by,
        choices=choices.kept(),
        table={"header": table.header, "rows": table.rows, "lines": table.lines, "exact": table.exact},
    )
    record(by=by, verb="datasets.start_draft", about=draft, rows=len(table.rows), erased=erased)
    return draft


@action(gettext_lazy("heeft de inhoud van een bestand gekozen"))
def choose(*, by: Person, draft: Draft, choices: Choices) -> Draft:
    """Say what the columns of a draft are, why cells are empty, and what should stand in a cell."""
    _require_own(by, draft)
    draft.choices = choices.kept()
    draft.save(update_fields=["choices"])
    record(by=by, verb="datasets.choose", about=draft)
    return draft


@action(gettext_lazy("heeft een bestand verwijderd"))
def discard(*, by: Person, draft: Draft) -> None:
    """Erase a draft."""
    _require_own(by, draft)
    record(by=by, verb="datasets.discard", about=draft)
    draft.delete()


@action(gettext_lazy("heeft een levering opgeslagen"))
def keep(*, by: Person, draft: Draft) -> Delivery:
    """Keep the counts of a draft for the own organisation; the table itself is erased.

    Raises
    ------
    Refused
        With everything that must be solved first.
    """
    organisation = _require_own(by, draft)
    choices = chosen(draft.choices)
    counted = count_up(
        drafts.upload_of(draft),
        choices,
        releases.known_codes(),
        deliveries_queries.rules_of(organisation)[Audience.CORE],
    )
    if not counted.ready:
        raise Refused(
            Finding(Severity.REFUSE, each.what, each.todo, draft.file)
            for each in counted.noticed
            if each.weight is Severity.REFUSE
        )
    delivery = Delivery.objects.create(
        organisation=organisation,
        circle=organisation.circle,
        title=draft.title,
        file=draft.file,
        source=f"{organisation.slug}:{slugify(draft.title)[:120]}",
        sha256=draft.sha256,
        by=by,
        mapping={"roles": draft.choices["roles"], "names": draft.choices["names"]},
    )
    DeliveryCount.objects.bulk_create(
        [_row(delivery, key, count) for key, count in counted.counts.items()], batch_size=500
    )
    record(by=by, verb="datasets.keep", about=delivery, draft=draft.pk, rows=counted.rows, counts=len(counted.counts))
    draft.delete()
    return delivery


@action(gettext_lazy("heeft een levering gedeeld"))
def share(
    *,
    by: Person,
    delivery: Delivery,
    circle: Circle | None,
    version: int,
    legal: str,
    ethical: str,
    good_idea: str,
    decides: str,
) -> Delivery:
    """Share a delivery with a core group, a ring, or all organisations; what they see passes the gate now and is kept.

    A wider circle later sees a stricter view, made beside all that was shown before; who saw more keeps seeing that.

    Raises
    ------
    Refused
        When what was shared earlier cannot be guarded beside this.
    """
    _lock(by, delivery, version)
    rules.require_audience(by, circle)
    rules.require_agreed(delivery, circle)
    if delivery.state == DeliveryState.WITHDRAWN:
        raise ValidationError(_("Deze levering is ingetrokken, dus herstel de levering eerst."), code="withdrawn")
    rules.require_whole(delivery)
    level = rules.level_of(circle)
    _freeze(delivery, level)
    delivery.circle, delivery.for_all = circle or delivery.organisation.circle, circle is None
    _move(delivery, DeliveryState.SHARED)
    answers = UseAssessment.objects.create(
        delivery=delivery,
        audience=str(delivery.audience)[:200],
        circle=circle,
        level=level,
        by=by,
        legal=legal,
        ethical=ethical,
        good_idea=good_idea,
        decides=decides,
    )
    reader, words = circle.pk if circle else None, level.words.noun
    record(by=by, verb="datasets.share", about=delivery, circle=reader, level=words, answers=answers.pk)
    return delivery


@action(gettext_lazy("heeft een levering ingetrokken"))
def withdraw_delivery(*, by: Person, delivery: Delivery, version: int) -> Delivery:
    """Take a delivery back: from now on only the own organisation sees it."""
    _lock(by, delivery, version)
    delivery.withdrawn_at = timezone.now()
    _move(delivery, DeliveryState.WITHDRAWN)
    record(by=by, verb="datasets.withdraw_delivery", about=delivery)
    return delivery


@action(gettext_lazy("heeft een levering hersteld"))
def restore_delivery(*, by: Person, delivery: Delivery, version: int) -> Delivery:
    """Undo a withdrawal: the delivery is seen again by whom it was shared with."""
    _lock(by, delivery, version)
    rules.require_whole(delivery)
    delivery.withdrawn_at = None
    shared = delivery.for_all or delivery.circle_id != delivery.organisation.circle.pk
    _move(delivery, DeliveryState.SHARED if shared else DeliveryState.READ)
    record(by=by, verb="datasets.restore_delivery", about=delivery)
    return delivery


@action(gettext_lazy("heeft een levering opgenomen in een cijferset"))
def add_to_release(*, by: Person | None, release: str, delivery: Delivery, until: date) -> Reply:
    """Make a release again with a delivery in it, and ask its supplier; the release it was made from stays as it is.

    Raises
    ------
    Refused
        When the figures do not fit in the release, such as figures that it has already.
    """
    require_may_publish(by)
    rules.require_shared_with_all(delivery)
    rules.require_whole(delivery)
    if Reply.objects.filter(release=release, delivery=delivery).exists():
        raise ValidationError(
            _("Deze levering is al opgenomen in de cijferset, dus u hoeft niets te doen."), code="twice"
        )
    made = _made_again(release, add=deliveries_queries.source_data_of(delivery))
    record(by=by, verb="datasets.add_to_release", about=delivery, release=made, made_from=release)
    _carry_replies(release, made)
    return ask_reply(by=by, release=made, delivery=delivery, until=until)


@action(gettext_lazy("heeft een leverancier om antwoord gevraagd"))
def ask_reply(*, by: Person | None, release: str, delivery: Delivery, until: date) -> Reply:
    """Say that a release will hold a delivery; its supplier may object until a date."""
    require_may_publish(by)
    rules.require_unpublished(release)
    rules.require_shared_with_all(delivery)
    reply, _made = Reply.objects.get_or_create(
        release=release, delivery=delivery, defaults={"asked_by": by, "until": until}
    )
    record(by=by, verb="datasets.ask_reply", about=reply, release=release, delivery=delivery.pk)
    return reply


@action(gettext_lazy("heeft als leverancier geantwoord"))
def answer_reply(*, by: Person, reply: Reply, answer: str, reason: str = "") -> Reply:
    """Answer as supplier: fine, or an objection with its reason."""
    rules.require_may_decide(by, reply.delivery)
    rules.require_open(reply)
    if answer not in (ReplyAnswer.FINE, ReplyAnswer.OBJECTION):
        raise ValidationError(_("Kies of u akkoord gaat of bezwaar maakt."), code="answer")
    if answer == ReplyAnswer.OBJECTION and not reason.strip():
        raise ValidationError(_("Vul in waarom u bezwaar maakt tegen deze cijfers."), code="no_reason")
    reply.answer, reply.reason = ReplyAnswer(answer), reason
    reply.answered_by, reply.answered_at = by, timezone.now()
    reply.save(update_fields=["answer", "reason", "answered_by", "answered_at"])
    record(by=by, verb="datasets.answer_reply", about=reply, answer=str(answer))
    return reply


@action(gettext_lazy("heeft een levering uit een cijferset gehaald"))
def remove_from_release(*, by: Person, reply: Reply) -> str:
    """Make a release again without a delivery and return its id; the audit trail keeps what its supplier answered."""
    require_may_publish(by)
    rules.require_unpublished(reply.release)
    seal = reply.delivery.sha256
    release = reply.release
    made = _made_again(release, without=[seal]) if seal in releases.seals_of(release) else release
    record(
        by=by,
        verb="datasets.remove_from_release",
        about=reply,
        release=made,
        made_from=release,
        answer=str(reply.answer),
    )
    reply.delete()
    _carry_replies(release, made)
    return made


def _made_again(release: str, add: Sequence[SourceData] = (), without: Sequence[str] = ()) -> str:
    """Make a release of what another holds, with something added or left out; the new one waits to be published."""
    base = releases.store().get(release)
    parts = [*source_deliveries(base, catalogue(), without), *add]
    maps = [base.division(year) for year in base.divisions]
    about, shared = base.manifest, deliveries_queries.shared_in(parts)
    return releases.store().add(parts, maps, title=about.title, invented=about.invented, shared=shared)


def _carry_replies(release: str, made: str) -> None:
    """Let the replies about a release hold for the one made from it; a published release keeps its own too."""
    if release == made:
        return
    replies = Reply.objects.filter(release=release)
    if Publication.objects.filter(release=release, kind=PublicationKind.PUBLISHED).exists():
        for reply in replies:
            reply.pk, reply.release = None, made
            reply.save(force_insert=True)
    else:
        replies.update(release=made)


@action(gettext_lazy("heeft gegevens na de bewaartermijn gewist"))
def tidy(*, by: Person | None, now: datetime | None = None) -> dict[str, int]:
    """Erase what was kept long enough: drafts, and the counts of deliveries that were withdrawn; return how many.

    The titles, the four answers and the audit trail stay, so that it stays known what was shared and why.
    """
    require_may_publish(by)
    moment = now or timezone.now()
    unseen = Q(uses=None, withdrawn_at__lt=moment - rules.WITHDRAWN_KEPT)
    long_ago = Q(withdrawn_at__lt=moment - rules.SHARED_KEPT)
    old = Delivery.objects.filter(unseen | long_ago, state=DeliveryState.WITHDRAWN, erased_at=None)
    deliveries = sorted(set(old.values_list("pk", flat=True)))
    DeliveryCount.objects.filter(delivery__in=deliveries).delete()
    Delivery.objects.filter(pk__in=deliveries).update(erased_at=moment, mapping={})
    done = {"erased": _erase_drafts(moment), "deliveries": len(deliveries)}
    record(by=by, verb="datasets.tidy", erased=done["erased"], deliveries=done["deliveries"])
    return done


def _erase_drafts(now: datetime) -> int:
    return Draft.objects.filter(at__lt=now - rules.DRAFTS_KEPT).delete()[0]


def _require_own(by: Person, draft: Draft) -> Organisation:
    organisation = rules.require_may_deliver(by)
    if draft.by_id != by.pk or draft.organisation_id != organisation.pk:
        raise PermissionDenied("alleen wie een bestand stuurt kijkt het na")
    return organisation


def _lock(by: Person, delivery: Delivery, version: int) -> None:
    """Check who and in which version, with the row held until the write is done."""
    now = Delivery.objects.select_for_update().get(pk=delivery.pk)
    rules.require_may_decide(by, now)
    rules.require_version(now, version)
    delivery.refresh_from_db()


def _move(delivery: Delivery, state: DeliveryState) -> None:
    delivery.state = state
    delivery.version += 1
    delivery.save(update_fields=["state", "version", "circle", "for_all", "withdrawn_at"])


def _freeze(delivery: Delivery, level: Audience) -> None:
    """Let the counts through the gate for an audience, beside all that was shared before, and keep what came out.

    What a core group would see is kept too, whoever sees it first: a next delivery is guarded beside that.
    """
    views = {
        audience: deliveries_queries.would_see(delivery, audience) for audience in dict.fromkeys([level, Audience.CORE])
    }
    had = set(AudienceCount.objects.filter(count__delivery=delivery).values_list("audience", flat=True).distinct())
    shown = []
    for row in delivery.counts.all():
        for each, counts in views.items():
            seen = counts[deliveries_queries.key_of(row)]
            if each not in had:
                shown.append(
                    AudienceCount(
                        count=row,
                        audience=each,
                        value=seen.value,
                        step=seen.step,
                        kept=seen.kept,
                        absence=str(seen.absence or ""),
                    )
                )
    AudienceCount.objects.bulk_create(shown, batch_size=500)


def _row(delivery: Delivery, key: Key, count: Count) -> DeliveryCount:
    return DeliveryCount(
        delivery=delivery,
        indicator=key.indicator,
        area=key.area,
        division=key.division,
        period=key.period,
        value=count.value,
        absence=str(count.absence or ""),
    )
