"""Writes about claims: bringing them in, evidence, verdicts and opinions."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Answer, Claim, Evidence, Opinion, Round, Says, Stance, Verdict
from buurtbalans.method.rounds.queries.claims import answered, silent_on
from buurtbalans.method.rounds.rules import (
    require_figure,
    require_in,
    require_may_withdraw_evidence,
    require_opened,
    require_organisation,
    require_shared,
    require_shared_delivery,
    require_speaks_for,
    require_valid_verdict,
)
from buurtbalans.method.rounds.sharing import open_if_complete
from buurtbalans.method.stories.models import Story


@action(gettext_lazy("heeft een stelling toegevoegd"))
def create_claim(*, by: Person, round: Round, text: str, quote: str = "") -> Claim:
    """Bring a claim into the round in the name of one's own organisation."""
    require_in(by, Permission.CLAIM, round)
    require_no_traces(f"{text} {quote}")
    claim = Claim.objects.create(
        round=round, text=text, quote=quote, organisation=require_organisation(by), author=by, edited_by=by
    )
    record(by=by, verb="rounds.create_claim", about=claim, round=round.pk)
    return claim


@action(gettext_lazy("heeft een stelling aangepast"))
def edit_claim(*, by: Person, claim: Claim, version: int, text: str, quote: str = "") -> Claim:
    """Change the words of a claim, as long as nobody gave an opinion or a verdict on them."""
    require_in(by, Permission.CLAIM, claim.round)
    require_speaks_for(by, claim.organisation, claim.round)
    require_no_traces(f"{text} {quote}")
    if claim.verdict:
        raise ValidationError(
            _("Over deze stelling is al een conclusie vastgelegd, dus voeg een nieuwe stelling toe."), code="judged"
        )
    if claim.opinions.exists():
        raise ValidationError(
            _("Er is al een mening over deze stelling gegeven, dus voeg een nieuwe stelling toe."), code="answered"
        )
    claim.change(by=by, version=version, text=text, quote=quote)
    record(by=by, verb="rounds.edit_claim", about=claim, version=claim.version)
    return claim


@action(gettext_lazy("heeft een cijfer aan een stelling toegevoegd"))
def add_figure(*, by: Person, claim: Claim, figure: dict[str, Any], says: str, note: str = "") -> Evidence:
    """Lay a frozen figure beside a claim; it stays as it was seen, whatever a later release says."""
    require_in(by, Permission.CLAIM, claim.round)
    require_figure(figure)
    key = ("area", "division", "indicator", "period")
    if any(
        all(had[k] == figure[k] for k in key)
        for had in claim.evidence.active().filter(figure__isnull=False).values_list("figure", flat=True)
    ):
        raise ValidationError(_("Dit cijfer is al toegevoegd aan deze stelling."), code="twice")
    delivery = require_shared_delivery(figure, claim.round)
    evidence = Evidence.objects.create(
        claim=claim, figure=figure, delivery=delivery, says=Says(says), note=note, added_by=by
    )
    about = {"delivery": delivery.pk} if delivery else {"indicator": figure["indicator"]}
    record(by=by, verb="rounds.add_figure", about=evidence, claim=claim.pk, **about)
    return evidence


@action(gettext_lazy("heeft een verhaal aan een stelling toegevoegd"))
def add_story(*, by: Person, claim: Claim, story: Story, says: str, note: str = "") -> Evidence:
    """Lay a story beside a claim; everybody in the core group must be able to read it."""
    require_in(by, Permission.CLAIM, claim.round)
    require_shared(story, claim.round)
    if claim.evidence.active().filter(story=story).exists():
        raise ValidationError(_("Dit verhaal is al toegevoegd aan deze stelling."), code="twice")
    evidence = Evidence.objects.create(
        claim=claim, story=story, story_version=story.version, says=Says(says), note=note, added_by=by
    )
    record(by=by, verb="rounds.add_story", about=evidence, claim=claim.pk, story=story.pk)
    return evidence


def _require_no_verdict_rests(evidence: Evidence) -> None:
    """Refuse to withdraw evidence on which a verdict rests."""
    if evidence.claim.judged_at and evidence.claim.judged_at > evidence.added_at:
        raise ValidationError(
            _("De conclusie is hierop gebaseerd, dus deze onderbouwing kunt u niet verwijderen."), code="rests"
        )


def _require_restorable(evidence: Evidence) -> None:
    """Refuse to restore evidence that is active, or a story that the core group may not read or that was added anew."""
    if evidence.withdrawn_at is None:
        raise ValidationError(_("Deze onderbouwing is al toegevoegd aan de stelling."), code="there")
    if evidence.story is not None:
        require_shared(evidence.story, evidence.claim.round)
        if evidence.claim.evidence.active().filter(story=evidence.story).exists():
            raise ValidationError(_("Dit verhaal is al toegevoegd aan deze stelling."), code="twice")


withdraw_evidence, restore_evidence = text_pair(
    Evidence,
    "evidence",
    require=require_may_withdraw_evidence,
    withdrawn=gettext_lazy("heeft onderbouwing verwijderd"),
    restored=gettext_lazy("heeft onderbouwing hersteld"),
    require_active=_require_no_verdict_rests,
    require_restorable=_require_restorable,
    facts=lambda evidence: {"claim": evidence.claim_id},
)


@action(gettext_lazy("heeft een mening gegeven voordat de meningen zijn geopend"))
def answer_claim(*, by: Person, claim: Claim, answer: str, answer_reason: str = "", version: int = 0) -> Opinion:
    """Say for one's own organisation whether a claim is true, before it reads the others; version 0 is a first answer.

    The opinions are opened once every organisation has answered. Who did not answer in time still can, and that shows;
    an answer that was opened stays as it is. The audit row does not hold the answer: it can be read before the opening.
    """
    require_in(by, Permission.GIVE_OPINION, claim.round)
    organisation = require_organisation(by)
    claim = Claim.objects.select_for_update().get(pk=claim.pk)  # so that the last two answers see each other
    given = Opinion.objects.filter(claim=claim, organisation=organisation).first()
    _require_answer(claim, given, answer, answer_reason)
    fields = {"answer": answer, "answer_reason": answer_reason.strip(), "given_by": by}
    if given is None:
        given = Opinion.objects.create(claim=claim, organisation=organisation, edited_by=by, **fields)
    else:
        given.change(by=by, version=version, **fields)
    record(by=by, verb="rounds.answer_claim", about=given, claim=claim.pk)
    open_if_complete(by, claim)
    return given


def _require_answer(claim: Claim, given: Opinion | None, answer: str, reason: str) -> None:
    """Refuse an answer after the verdict, a change of one that was opened, and an answer without a reason."""
    if claim.verdict:
        raise ValidationError(
            _("Er is al een conclusie, dus geef aan wat uw organisatie van de conclusie vindt."), code="judged"
        )
    if given is not None and claim.opened_at is not None:
        raise ValidationError(
            _("De meningen zijn geopend, dus de mening van uw organisatie blijft staan zoals die is."), code="opened"
        )
    if answer not in Answer.values:
        raise ValidationError(_("Kies of de stelling volgens uw organisatie klopt."), code="answer")
    if answer != Answer.UNKNOWN and not reason.strip():
        raise ValidationError(_("Leg in eigen woorden uit waarom uw organisatie dit vindt."), code="no_reason")
    require_no_traces(reason)


@action(gettext_lazy("heeft de meningen over een stelling geopend"))
def open_opinions(*, by: Person, claim: Claim) -> Claim:
    """Open the opinions for all at once although not every organisation answered; who did not is said by name."""
    require_in(by, Permission.EDIT_ROUND, claim.round)
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if claim.opened_at is not None:
        raise ValidationError(_("De meningen over deze stelling zijn al geopend."), code="opened")
    if not answered(claim, by):
        raise ValidationError(
            _("Nog geen organisatie heeft een mening gegeven, dus er valt nog niets te openen."), code="no_answers"
        )
    claim.opened_at, claim.opened_by = timezone.now(), by
    claim.save(update_fields=["opened_at", "opened_by"])
    silent = [organisation.name for organisation in silent_on(claim, by)]
    record(by=by, verb="rounds.open_opinions", about=claim, silent=silent)
    return claim


@action(gettext_lazy("heeft de conclusie van de groep vastgelegd"))
def judge(
    *, by: Person, claim: Claim, version: int, verdict: str, reason: str, opinions_before: date | None = None
) -> Claim:
    """Write down the verdict of the group on a claim, with its reason; evidence and all opinions come first."""
    require_in(by, Permission.JUDGE, claim.round)
    require_opened(claim)
    require_valid_verdict(claim, verdict, reason, Verdict.values)
    require_no_traces(reason)
    claim.change(
        by=by,
        version=version,
        verdict=verdict,
        reason=reason.strip(),
        judged_by=by,
        judged_at=timezone.now(),
        opinions_before=opinions_before or claim.opinions_before,
    )
    record(by=by, verb="rounds.judge", about=claim, verdict=verdict, version=claim.version)
    return claim


@action(gettext_lazy("heeft de mening van een organisatie gegeven"))
def give_opinion(*, by: Person, claim: Claim, stance: str, words: str = "", version: int = 0) -> Opinion:
    """Say for one's own organisation whether it agrees with the verdict; version 0 is a first opinion.

    What the organisation answered before the verdict stays beside it.
    """
    require_in(by, Permission.GIVE_OPINION, claim.round)
    if not claim.verdict:
        raise ValidationError(_("Er is nog geen conclusie waarover u een mening kunt geven."), code="no_verdict")
    if stance not in Stance.values:
        raise ValidationError(_("Kies welke mening uw organisatie hierover heeft."), code="stance")
    if stance != Stance.AGREE and not words.strip():
        raise ValidationError(_("Leg in eigen woorden uit wat u anders ziet."), code="no_words")
    require_no_traces(words)
    fields = {"stance": stance, "words": words.strip(), "about_verdict": claim.verdict, "given_by": by}
    opinion, made = Opinion.objects.get_or_create(
        claim=claim, organisation=require_organisation(by), defaults=fields | {"edited_by": by}
    )
    if not made:
        opinion.change(by=by, version=version, **fields)
    record(by=by, verb="rounds.give_opinion", about=opinion, claim=claim.pk, stance=stance)
    return opinion
