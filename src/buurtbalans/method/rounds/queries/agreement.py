"""Reads of the sharing agreement: which version counts, where it stands, who signed, and what each promised."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.panels import Words
from buurtbalans.method.base.versions import differences
from buurtbalans.method.datasets.models import Delivery, DeliveryState
from buurtbalans.method.datasets.queries.deliveries import SharingPermission
from buurtbalans.method.datasets.rules import is_agreed
from buurtbalans.method.people.models import Circle, Organisation, Person
from buurtbalans.method.people.models.scoping import STEPS_OUTWARD
from buurtbalans.method.people.permissions import Permission, roles_with
from buurtbalans.method.rounds.agreement_parts import PARTS
from buurtbalans.method.rounds.models import (
    Agreement,
    Claim,
    Comment,
    Opinion,
    PictureVoice,
    Pledge,
    Round,
    Signature,
)
from buurtbalans.method.rounds.queries.round import Viewer, organisations_of
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.method.rounds.states import AgreementState
from buurtbalans.method.stories.models import Feeling, RatingSheet, Story

WARN: Final = timedelta(days=30)  # so long before its end an agreement becomes a task


class Standing(StrEnum):
    """Where the agreement of a round stands today."""

    NONE = "none"
    DRAFT = "draft"
    WAITING = "waiting"
    HOLDS = "holds"
    ENDING = "ending"
    EXPIRED = "expired"
    ENDED = "ended"


@dataclass(frozen=True)
class Word:
    """What one organisation of the core group did with the agreement."""

    organisation: Organisation
    signature: Signature | None
    taken_back: Signature | None
    own: bool
    waiting: int = 0  # how many of its texts others do not read as long as it did not sign


@dataclass(frozen=True)
class Line:
    """One promise, with whether it counts today."""

    pledge: Pledge
    own: bool
    holds: bool


@dataclass(frozen=True)
class Agreed:
    """The agreement of a round as its page shows it: the version that counts (else the draft), and how it stands."""

    round: Round
    agreement: Agreement | None
    draft: Agreement | None
    standing: Standing
    words: Sequence[Word]
    lines: Sequence[Line]

    @property
    def signed(self) -> int:
        """How many organisations signed."""
        return sum(word.signature is not None for word in self.words)

    @property
    def own(self) -> Word | None:
        """What the viewer's own organisation did."""
        return next((word for word in self.words if word.own), None)

    @property
    def open(self) -> bool:
        """Whether one can sign and promise: proposed, not ended and not over."""
        return self.standing in (Standing.WAITING, Standing.HOLDS, Standing.ENDING)

    @property
    def lines_open(self) -> bool:
        """Whether the lines that are shown can be changed by who wrote them."""
        return self.open or self.agreement == self.draft

    @property
    def promises(self) -> bool:
        """Whether a line can be added: to what counts, or else to the text that is being written."""
        return self.open or self.draft is not None


def current(round: Round) -> Agreement | None:
    """Return the version that counts: the newest that was proposed, whatever became of it."""
    return Agreement._base_manager.filter(round=round, proposed_at__isnull=False).order_by("-number").first()


def draft_agreement(round: Round) -> Agreement | None:
    """Return the version that is still being written, if any."""
    return Agreement._base_manager.filter(round=round, proposed_at=None).order_by("-number").first()


def bearer(round: Round) -> Agreement | None:
    """Return the version that new lines are added to: the one that holds, else the one that is being written."""
    newest = current(round)
    return newest if newest and newest.holds(timezone.localdate()) else draft_agreement(round)


def standing_of(round: Round, today: date | None = None) -> Standing:
    """Return where the agreement of a round stands."""
    day, newest = today or timezone.localdate(), current(round)
    if newest is None:
        return Standing.DRAFT if draft_agreement(round) else Standing.NONE
    state = newest.state(day)
    if state is not AgreementState.PROPOSED:
        return Standing(state.value)
    if _unsigned(newest, round):
        return Standing.WAITING
    return Standing.ENDING if newest.until - day <= WARN else Standing.HOLDS


def _unsigned(agreement: Agreement, round: Round) -> list[Organisation]:
    signed = set(agreement.signatures.filter(taken_back_at=None).values_list("organisation_id", flat=True))
    return [organisation for organisation in organisations_of(round) if organisation.pk not in signed]


def missing_signatures(round: Round) -> int:
    """Return how many organisations did not sign the agreement that can be signed today."""
    newest = current(round)
    return len(_unsigned(newest, round)) if newest is not None and is_open(newest) else 0


def is_open(agreement: Agreement) -> bool:
    """Return whether an agreement can be signed and promised in today."""
    return agreement.holds(timezone.localdate())


def to_sign(round: Round, viewer: Person | int | None) -> Agreement | None:
    """Return the agreement that waits for the word of an organisation (of a person, or by number), if any."""
    organisation = viewer.organisation_id if isinstance(viewer, Person) else viewer
    newest = current(round)
    if newest is None or organisation is None or not is_open(newest):
        return None
    signed = newest.signatures.filter(taken_back_at=None, organisation=organisation)
    return None if signed.exists() else newest


def expiring_agreement(round: Round) -> Agreement | None:
    """Return the agreement of a running round that ends within a month or is over, unless a new one is written."""
    newest = current(round)
    if newest is None or newest.ended_at or round.closed_on or draft_agreement(round):
        return None
    return newest if newest.until - timezone.localdate() <= WARN else None


def agreed(round: Round, viewer: Viewer) -> Agreed:
    """Return the agreement of a round for its page; only who reads along in the core group gets one."""
    mine = viewer.organisation_id if viewer.is_authenticated else None
    seen = Agreement.objects.visible_to(viewer).filter(round=round)
    versions = list(seen.order_by("-number").prefetch_related("signatures__organisation", "signatures__by"))
    newest = next((version for version in versions if version.proposed_at), None)
    draft = next((version for version in versions if not version.proposed_at), None)
    shown = newest or draft
    if shown is None:
        return Agreed(round, None, None, Standing.NONE, (), ())
    return Agreed(round, shown, draft, standing_of(round), words_of(shown, mine), lines_of(shown, mine))


def words_of(agreement: Agreement, mine: int | None) -> list[Word]:
    """Return per organisation in the core group, and per one that left it, its signature or that it took that back."""
    signed: dict[int, Signature] = {}
    back: dict[int, Signature] = {}
    for signature in agreement.signatures.all():
        (back if signature.taken_back_at else signed)[signature.organisation_id] = signature
    seated = organisations_of(agreement.round)
    left = [each.organisation for each in signed.values() if each.organisation not in seated]
    waiting = waiting_texts(agreement.round)
    return [
        Word(one, signed.get(one.pk), back.get(one.pk), one.pk == mine, waiting.get(one.pk, 0))
        for one in [*seated, *left]
    ]


def lines_of(agreement: Agreement, mine: int | None) -> list[Line]:
    """Return the promises of an agreement; one counts while its organisation's word and both terms hold."""
    today = timezone.localdate()
    signed = {signature.organisation_id for signature in agreement.signatures.all() if signature.taken_back_at is None}
    pledges = agreement.pledges.filter(withdrawn_at=None).select_related("organisation", "delivery")
    return [
        Line(
            pledge,
            pledge.organisation_id == mine,
            agreement.holds(today) and pledge.organisation_id in signed and today <= pledge.until,
        )
        for pledge in pledges
    ]


def versions_of(round: Round, viewer: Viewer) -> list[Agreement]:
    """Return every version that was proposed, the newest first."""
    seen: QuerySet[Agreement] = Agreement.objects.visible_to(viewer).filter(round=round, proposed_at__isnull=False)
    return list(seen.order_by("-number"))


def changed_since(agreement: Agreement) -> list[tuple[Words, Any, Any]]:
    """Return the parts of a version that differ from the one before, each with its pieces before and now."""
    before = Agreement._base_manager.filter(round=agreement.round_id, number__lt=agreement.number)
    last = before.order_by("-number").first()
    if last is None:
        return []
    fields: list[tuple[str, Words]] = [(part.name, part.title) for part in PARTS]
    fields.append(("until", gettext_lazy("Geldig tot en met")))
    texts = [(title, _said(last, name), _said(agreement, name)) for name, title in fields]
    return [(title, *differences(old, new)) for title, old, new in texts if old != new]


def _said(agreement: Agreement, name: str) -> str:
    value = getattr(agreement, name)
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)


def parts_of(agreement: Agreement) -> list[tuple[Words, str]]:
    """Return the parts of the text that are written, with their titles."""
    return [(part.title, getattr(agreement, part.name)) for part in PARTS if getattr(agreement, part.name)]


def initial_texts(round: Round) -> dict[str, Any]:
    """Return what a new version begins with: the one before, else texts to start from, for a year."""
    last = current(round)
    year = timezone.localdate() + timedelta(days=365)
    if last is not None:
        return {part.name: getattr(last, part.name) for part in PARTS} | {"until": max(last.until, year)}
    place = {"place": round.neighbourhood.name}
    return {part.name: str(part.start) % place for part in PARTS} | {"until": year}


def own_deliveries(person: Person) -> "QuerySet[Delivery]":
    """Return the deliveries that a person can promise: of the own organisation, and not withdrawn."""
    mine = Delivery.objects.visible_to(person).filter(organisation=person.organisation_id)
    deliveries: QuerySet[Delivery] = mine.exclude(state=DeliveryState.WITHDRAWN)
    return deliveries


def sharing_terms(agreement: Agreement | None, circles: Sequence[Circle]) -> dict[tuple[int, int], date]:
    """Return until when which circle of a round may see which delivery, by what signed organisations promised."""
    if agreement is None or agreement.ended_at is not None:
        return {}
    signed = agreement.signatures.filter(taken_back_at=None).values("organisation")
    ends: dict[tuple[int, int], date] = {}
    promised = agreement.pledges.filter(withdrawn_at=None, organisation__in=signed).exclude(delivery=None)
    for delivery, audience, day in promised.values_list("delivery_id", "audience", "until"):
        until = min(day, agreement.until)
        for circle in circles:
            if circle.audience.width <= Audience(audience).width:
                ends[delivery, circle.pk] = max(until, ends.get((delivery, circle.pk), until))
    return ends


def text_sharing_terms(agreement: Agreement, circles: Sequence[Circle]) -> dict[tuple[int, int], date]:
    """Return until when which circle of a round may read the texts of which organisation.

    Those are the organisations whose signature stands, and those that are only around the core group and so are not
    asked to sign, unless they took a signature back.
    """
    if agreement.ended_at is not None:
        return {}
    signed = set(agreement.signatures.filter(taken_back_at=None).values_list("organisation", flat=True))
    return {
        (organisation, circle.pk): agreement.until
        for organisation in signed | _only_involved(agreement)
        for circle in circles
    }


def waiting_texts(round: Round) -> dict[int, int]:
    """Return how many texts of each organisation of the core group wait for its signature, without those of nobody."""
    circles = round.circles
    sets = (
        Story.objects.active().filter(circle__in=circles),
        Feeling.objects.active().filter(circle__in=circles),
        RatingSheet.objects.filter(circle__in=circles),
        Claim.objects.filter(round=round),
        Opinion.objects.filter(claim__round=round),
        PictureVoice.objects.filter(picture__round=round),
        Comment.objects.filter(picture__round=round),
    )
    waiting: Counter[int] = Counter()
    for texts in sets:
        waiting.update(texts.waiting_for_signature().values_list(texts.of_organisation, flat=True))
    return dict(waiting)


def _only_involved(agreement: Agreement) -> set[int]:
    """Return the organisations of the people involved that are not in the core group and took no signature back."""
    round = agreement.round
    telling = {"memberships__circle": round.ring, "memberships__role__in": roles_with(Permission.TELL_STORY)}
    involved = Person.objects.filter(**telling, organisation__isnull=False).values_list("organisation", flat=True)
    in_core = Person.objects.filter(memberships__circle=round.core).values_list("organisation", flat=True)
    signers = Signature.objects.filter(agreement__round=round).values_list("organisation", flat=True)
    return set(involved) - set(in_core) - set(signers)


def agreement_url(round: Round) -> str:
    """Return the address of the agreement."""
    return reverse("rounds:agreement", args=[round.slug])


def own_agreement_to_sign(round: Round, viewer: Viewer) -> Agreement | None:
    """Return the version that waits for the viewer to sign it for their organisation, if there is one."""
    newest = to_sign(round, viewer) if isinstance(viewer, Person) else None
    return newest if newest and may_in(viewer, Permission.GIVE_OPINION, round) else None


def sharing_permissions(delivery: Delivery, circles: Sequence[Circle]) -> list[SharingPermission]:
    """Return for every circle of a round what its agreement says of sharing a delivery with it."""
    outward = [f"core{'__within' * steps}__in" for steps in range(STEPS_OUTWARD + 1)]
    known = Round.objects.filter(reduce(or_, (Q(**{path: circles}) for path in outward)))
    of = {circle.pk: round for round in known for circle in round.circles}
    return [_permission(delivery, circle, of[circle.pk]) for circle in circles if circle.pk in of]


def _permission(delivery: Delivery, circle: Circle, round: Round) -> SharingPermission:
    url, newest = agreement_url(round), current(round)
    if is_agreed(delivery, circle):
        return SharingPermission(
            circle, _("Deze levering staat in de afspraak, dus u kunt de gegevens delen."), url, True
        )
    if newest is None:
        return SharingPermission(
            circle, _("Er is nog geen afspraak over delen. U kunt pas delen als die er is."), url, False
        )
    if not is_open(newest):
        return SharingPermission(
            circle,
            _("De afspraak over delen geldt niet meer. U kunt pas delen als er een nieuwe versie is."),
            url,
            False,
        )
    if to_sign(round, delivery.organisation_id):
        return SharingPermission(
            circle,
            _("Uw organisatie heeft de afspraak nog niet ondertekend, dus doe dat voordat u gegevens deelt."),
            url,
            False,
        )
    text = _(
        "Deze levering staat nog niet in de afspraak. Zeg de levering hieronder toe, uiterlijk tot en met %(day)s."
    )
    return SharingPermission(circle, text % {"day": date_format(newest.until, "j F Y")}, url, False, newest.until)
