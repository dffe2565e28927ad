"""Writes of what people decide about one household, what a second person says of it, and what is taken back."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.people.models import Person
from buurtbalans.method.placements import rules
from buurtbalans.method.placements.actions.advice import advise
from buurtbalans.method.placements.models import PlacingBatch, PlacingChoice, PlacingDecision
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import batches, offers, proposals, second_review

AGAIN = (PlacingChoice.REFUSED, PlacingChoice.PICK, PlacingChoice.LOCK, PlacingChoice.REJECT)


@action(gettext_lazy("heeft een besluit over een huishouden genomen"))
def decide(
    *, by: Person, batch: PlacingBatch, household: str, choice: str, proposed: str, home: str = "", reason: str = ""
) -> PlacingDecision:
    """Decide about one household: take over, another home, hold, or away with this home; or ask back what two decided.

    A home that is offered beside the proposal the household may choose itself, without a second person: nobody moves.

    `proposed` is the home that the person saw: when the advice changed meanwhile, nothing is decided.
    """
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_open(batch)
    require_no_traces(reason)
    now = dict(batch.advices.get(number=batch.advices.count()).proposals)
    if now.get(household, "") != proposed:
        raise ValidationError(
            _("Het voorstel is intussen gewijzigd. Bekijk het nieuwe voorstel voordat u beslist."), code="changed"
        )
    decisions = batches.decisions_of(batch)
    held = second_review.held(decisions, household)
    if choice == PlacingChoice.BACK:
        rules.require_by_two(held, batches.standing(decisions).get(household))
    elif choice not in (PlacingChoice.CHOOSE, PlacingChoice.REFUSED):  # a household may always refuse
        rules.require_not_by_two(held)
    home = home if choice in (PlacingChoice.CHOOSE, PlacingChoice.PICK) else proposed
    _require_can(batch, household, home, choice, reason)
    made = PlacingDecision.objects.create(
        batch=batch, household=household, home=home, proposed=proposed, choice=choice, reason=reason.strip(), by=by
    )
    record(by=by, verb="placements.decide", about=made, choice=choice)
    if choice in AGAIN:
        advise(by=by, batch=batch)
    return made


def _require_can(batch: PlacingBatch, household: str, home: str, choice: str, reason: str) -> None:
    """Refuse a decision about a home that there is not, that cannot be, or without the reason that it asks."""
    if not home and choice != PlacingChoice.HOLD:
        raise ValidationError(_("Voor dit huishouden is er op dit moment geen voorstel."), code="none")
    if choice == PlacingChoice.PICK:
        offered = offers.offers(advice_queries.advised(batch, batch.advices.latest("number")), household)
        if home not in [one.id for one in offered]:
            raise ValidationError(
                _("Het huishouden kan deze woning niet meer kiezen. Bekijk welke woningen er nog zijn."), code="offer"
            )
    if choice == PlacingChoice.BACK and not reason.strip():
        raise ValidationError(_("Schrijf op waarom u dit besluit ongedaan wilt maken."), code="no_reason")
    if choice == PlacingChoice.CHOOSE:
        _require_other(batch, household, home, reason)


def _require_other(batch: PlacingBatch, household: str, home: str, reason: str) -> None:
    """Refuse another home that is none, or cannot be, or has no reason."""
    if home == dict(batch.advices.latest("number").proposals).get(household):
        raise ValidationError(_("Deze woning is al voorgesteld, dus u kunt het voorstel overnemen."), code="same")
    if not reason.strip():
        raise ValidationError(_("Schrijf op waarom u een andere woning kiest."), code="no_reason")
    advice = advice_queries.advised(batch, batch.advices.latest("number"))
    if home not in advice.case.homes.ids:
        raise ValidationError(_("Deze woning komt niet voor in de plaatsingsronde."), code="home")
    if against := proposals.reasons_against(advice, household, home):
        raise ValidationError(
            _("Deze keuze is niet mogelijk: %(why)s."), code="filtered", params={"why": "; ".join(against)}
        )


@action(gettext_lazy("heeft een besluit nagekeken"))
def review(*, by: Person, decision: PlacingDecision, agreed: bool, review: str) -> PlacingDecision:
    """Agree or not, as a second person, with another home or with taking one back; agreed, a new advice follows."""
    rules.require_may_place(by, decision.batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=decision.batch_id)
    decision.refresh_from_db()
    rules.require_open(batch)
    rules.require_other_person(by, decision)
    _require_standing(batch, decision)
    require_no_traces(review)
    held = second_review.held(batches.decisions_of(batch), decision.household)
    back = decision.choice == PlacingChoice.BACK
    if agreed and not back:
        advice = advice_queries.advised(batch, batch.advices.latest("number"))
        if against := proposals.reasons_against(advice, decision.household, decision.home):
            raise ValidationError(
                _("Deze keuze is niet mogelijk: %(why)s."), code="filtered", params={"why": "; ".join(against)}
            )
    decision.agreed, decision.review, decision.reviewed_by = agreed, review.strip(), by
    decision.reviewed_at = timezone.now()
    decision.save(update_fields=["agreed", "review", "reviewed_by", "reviewed_at"])
    record(by=by, verb="placements.review", about=decision, agreed=agreed)
    if agreed and back and held is not None:
        _undo(by, batch, held)
    elif agreed:
        advise(by=by, batch=batch)
    return decision


@action(gettext_lazy("heeft een besluit over een huishouden ongedaan gemaakt"))
def reconsider(*, by: Person, decision: PlacingDecision) -> PlacingDecision:
    """Take a decision back, so that one decides anew; what it changed in the advice becomes as it was."""
    rules.require_may_place(by, decision.batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=decision.batch_id)
    decision.refresh_from_db()
    rules.require_open(batch)
    _require_standing(batch, decision)
    rules.require_not_by_two(decision)
    _undo(by, batch, decision)
    return decision


def _require_standing(batch: PlacingBatch, decision: PlacingDecision) -> None:
    """Refuse to go on with a decision after which somebody decided otherwise."""
    if batches.standing(batches.decisions_of(batch)).get(decision.household) != decision:
        raise ValidationError(
            _("Een ander heeft intussen een besluit genomen. Bekijk de stand opnieuw voordat u beslist."),
            code="changed",
        )


def _undo(by: Person, batch: PlacingBatch, decision: PlacingDecision) -> None:
    """Undo a decision; where an advice followed from it, a new one starts from what was shown before that."""
    changed = decision.reviewed_at or (decision.at if decision.choice in AGAIN else None)
    decision.undone_by, decision.undone_at = by, timezone.now()
    decision.save(update_fields=["undone_by", "undone_at"])
    record(by=by, verb="placements.reconsider", about=decision, choice=decision.choice)
    if changed is not None:
        asked = batches.wishes(batches.decisions_of(batch))
        advise(
            by=by, batch=batch, shown=advice_queries.shown_again(batch.advices.filter(at__lt=changed).first(), *asked)
        )
