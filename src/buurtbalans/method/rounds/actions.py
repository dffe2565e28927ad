"""Writes of a round: starting it, its team and steps, claims, evidence, verdicts, opinions, gaps and the picture."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbalans.method.people.actions import action, grant, make_round_circles, record
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission, Role
from buurtbalans.method.places.actions import draw_neighbourhood
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.rules import require_no_traces

from .models import (
    Claim,
    Evidence,
    Gap,
    LineKind,
    Opinion,
    PictureLine,
    Round,
    RoundStep,
    Says,
    Stance,
    StepState,
    Verdict,
)
from .rules import (
    require_employed,
    require_figure,
    require_in,
    require_judgeable,
    require_may_start,
    require_of_round,
    require_offered,
    require_rests,
    require_shared,
    require_speaks_for,
)
from .steps import STEPS


@action
def start_round(
    *, by: Person, neighbourhood: Neighbourhood | dict[str, Any], occasion: str, question: str, scope: str, release: str
) -> Round:
    """Start a round with its two circles and six steps; who starts it becomes its process guide.

    The neighbourhood may be one that does not exist yet: what `draw_neighbourhood` needs to make it.
    """
    require_may_start(by)
    if isinstance(neighbourhood, dict):
        neighbourhood = draw_neighbourhood(by=by, **neighbourhood)
    core, ring = make_round_circles(by=by, name=str(neighbourhood))
    round = Round.objects.create(
        slug=_free_slug(neighbourhood), neighbourhood=neighbourhood, occasion=occasion, question=question, scope=scope,
        release=release, core=core, ring=ring, started_by=by, edited_by=by,
    )  # fmt: skip
    today = timezone.localdate()
    RoundStep.objects.bulk_create(
        RoundStep(round=round, number=step.number, began_on=today if step.number == 1 else None,
                  state=StepState.NOW if step.number == 1 else StepState.AHEAD, edited_by=by)
        for step in STEPS
    )  # fmt: skip
    record(by=by, verb="rounds.start_round", about=round, release=release)
    return round


def _free_slug(neighbourhood: Neighbourhood) -> str:
    """Return an address for a round: its neighbourhood, with a number from the second round on."""
    before = neighbourhood.rounds.count()
    return neighbourhood.slug if not before else f"{neighbourhood.slug}-{before + 1}"


@action
def edit_round(*, by: Person, round: Round, version: int, **fields: Any) -> Round:
    """Change texts of a round: occasion, question, scope, finding, need, next_at, next_what."""
    require_in(by, Permission.EDIT_ROUND, round)
    round.change(by=by, version=version, **fields)
    record(by=by, verb="rounds.edit_round", about=round, version=round.version, fields=sorted(fields))
    return round


@action
def add_to_team(*, by: Person, round: Round, person: Person, role: Role) -> None:
    """Make a person a member of the core group or of the ring."""
    require_in(by, Permission.EDIT_ROUND, round)
    circle = {Role.CORE_MEMBER: round.core, Role.RING_MEMBER: round.ring}.get(role)
    if circle is None:
        raise ValidationError(_("Kies kerngroep of kring."), code="role")
    grant(by=by, person=person, role=role, circle=circle)
    record(by=by, verb="rounds.add_to_team", about=round, person=person.pk, role=role)


@action
def set_step(
    *, by: Person, round: Round, number: int, version: int, state: str, note: str = "", on: date | None = None
) -> RoundStep:
    """Say where a step stands; the order is advice, so any step can be opened or closed at any time."""
    require_in(by, Permission.EDIT_ROUND, round)
    if state not in StepState.values:
        raise ValidationError(_("Kies hoe ver deze stap is."), code="state")
    step, today = round.steps.get(number=number), on or timezone.localdate()
    began = None if state == StepState.AHEAD else step.began_on or today
    done = today if state == StepState.DONE else None
    step.change(by=by, version=version, state=state, note=note, began_on=began, done_on=done)
    record(by=by, verb="rounds.set_step", about=step, state=state)
    return step


@action
def bring_in(*, by: Person, round: Round, text: str, quote: str = "") -> Claim:
    """Bring a claim into the round in the name of one's own organisation."""
    require_in(by, Permission.CLAIM, round)
    require_no_traces(f"{text} {quote}")
    claim = Claim.objects.create(
        round=round, text=text, quote=quote, organisation=require_employed(by), author=by, edited_by=by
    )
    record(by=by, verb="rounds.bring_in", about=claim, round=round.pk)
    return claim


@action
def edit_claim(*, by: Person, claim: Claim, version: int, text: str, quote: str = "") -> Claim:
    """Change the words of a claim, as long as nobody gave a verdict on them."""
    require_in(by, Permission.CLAIM, claim.round)
    require_speaks_for(by, claim.organisation, claim.round)
    require_no_traces(f"{text} {quote}")
    if claim.verdict:
        raise ValidationError(_("Over deze uitspraak is al geoordeeld. Breng een nieuwe uitspraak in."), code="judged")
    claim.change(by=by, version=version, text=text, quote=quote)
    record(by=by, verb="rounds.edit_claim", about=claim, version=claim.version)
    return claim


@action
def add_figure(*, by: Person, claim: Claim, figure: dict[str, Any], says: str, note: str = "") -> Evidence:
    """Lay a frozen figure beside a claim; it stays as it was seen, whatever a later release says."""
    require_in(by, Permission.CLAIM, claim.round)
    require_figure(figure)
    key = ("area", "division", "indicator", "period")
    if any(
        all(had[k] == figure[k] for k in key)
        for had in claim.evidence.exclude(figure=None).values_list("figure", flat=True)
    ):
        raise ValidationError(_("Dit cijfer ligt al bij deze uitspraak."), code="twice")
    shipment = require_offered(figure, claim.round)
    evidence = Evidence.objects.create(
        claim=claim, figure=figure, shipment=shipment, says=Says(says), note=note, added_by=by
    )
    about = {"shipment": shipment.pk} if shipment else {"indicator": figure["indicator"]}
    record(by=by, verb="rounds.add_figure", about=evidence, claim=claim.pk, **about)
    return evidence


@action
def add_story(*, by: Person, claim: Claim, story: Story, says: str, note: str = "") -> Evidence:
    """Lay a story beside a claim; everybody in the core group must be able to read it."""
    require_in(by, Permission.CLAIM, claim.round)
    require_shared(story, claim.round)
    if claim.evidence.filter(story=story).exists():
        raise ValidationError(_("Dit verhaal ligt al bij deze uitspraak."), code="twice")
    evidence = Evidence.objects.create(
        claim=claim, story=story, story_version=story.version, says=Says(says), note=note, added_by=by
    )
    record(by=by, verb="rounds.add_story", about=evidence, claim=claim.pk, story=story.pk)
    return evidence


@action
def remove_evidence(*, by: Person, evidence: Evidence) -> None:
    """Take evidence away again, as long as no verdict rests on it."""
    require_in(by, Permission.CLAIM, evidence.claim.round)
    if evidence.added_by_id != by.pk:
        require_in(by, Permission.EDIT_ROUND, evidence.claim.round)
    if evidence.claim.judged_at and evidence.claim.judged_at > evidence.added_at:
        raise ValidationError(_("Het oordeel rust hierop. Daarom blijft het staan."), code="rests")
    record(by=by, verb="rounds.remove_evidence", about=evidence, claim=evidence.claim_id)
    evidence.delete()


@action
def judge(
    *, by: Person, claim: Claim, version: int, verdict: str, reason: str, opinions_before: date | None = None
) -> Claim:
    """Write down the verdict of the group on a claim, with its reason; evidence comes first."""
    require_in(by, Permission.JUDGE, claim.round)
    require_judgeable(claim, verdict, reason, Verdict.values)
    require_no_traces(reason)
    claim.change(
        by=by, version=version, verdict=verdict, reason=reason.strip(), judged_by=by, judged_at=timezone.now(),
        opinions_before=opinions_before or claim.opinions_before,
    )  # fmt: skip
    record(by=by, verb="rounds.judge", about=claim, verdict=verdict, version=claim.version)
    return claim


@action
def give_opinion(*, by: Person, claim: Claim, stance: str, words: str = "", version: int = 0) -> Opinion:
    """Say for one's own organisation whether it agrees with the verdict; version 0 is a first opinion."""
    require_in(by, Permission.GIVE_OPINION, claim.round)
    if not claim.verdict:
        raise ValidationError(_("Er is nog geen oordeel om iets van te vinden."), code="no_verdict")
    if stance not in Stance.values:
        raise ValidationError(_("Kies wat uw organisatie vindt."), code="stance")
    if stance != Stance.AGREE and not words.strip():
        raise ValidationError(_("Zeg in eigen woorden wat u anders ziet."), code="no_words")
    require_no_traces(words)
    fields = {"stance": stance, "words": words.strip(), "about_verdict": claim.verdict, "given_by": by}
    opinion, made = Opinion.objects.get_or_create(
        claim=claim, organisation=require_employed(by), defaults=fields | {"edited_by": by}
    )
    if not made:
        opinion.change(by=by, version=version, **fields)
    record(by=by, verb="rounds.give_opinion", about=opinion, claim=claim.pk, stance=stance)
    return opinion


@action
def note_gap(
    *,
    by: Person,
    round: Round,
    what: str,
    organisation: Organisation,
    whom: str,
    before: date | None,
    claim: Claim | None = None,
) -> Gap:
    """Write down what is not known and who asks whom about it, before when."""
    require_in(by, Permission.CLAIM, round)
    require_of_round([claim] if claim else [], round)
    gap = Gap.objects.create(
        round=round, claim=claim, what=what, organisation=organisation, whom=whom, before=before, edited_by=by
    )
    record(by=by, verb="rounds.note_gap", about=gap, round=round.pk)
    return gap


@action
def answer_gap(*, by: Person, gap: Gap, version: int, answer: str) -> Gap:
    """Write down what came of a question; for the organisation that asked, or the guide."""
    require_in(by, Permission.CLAIM, gap.round)
    require_speaks_for(by, gap.organisation, gap.round)
    require_no_traces(answer)
    if not answer.strip():
        raise ValidationError(_("Schrijf op wat het antwoord was."), code="empty")
    gap.change(by=by, version=version, answer=answer.strip())
    record(by=by, verb="rounds.answer_gap", about=gap, version=gap.version)
    return gap


@action
def draw_line(*, by: Person, round: Round, kind: str, text: str, claims: Sequence[Claim] = ()) -> PictureLine:
    """Add a line to the shared picture; strengths, chances and concerns rest on claims."""
    require_in(by, Permission.EDIT_ROUND, round)
    require_of_round(claims, round)
    require_rests(kind, claims)
    line = PictureLine.objects.create(round=round, circle=round.core, kind=LineKind(kind), text=text, edited_by=by)
    line.claims.set(claims)
    record(by=by, verb="rounds.draw_line", about=line, claims=[claim.pk for claim in claims])
    return line


@action
def edit_line(*, by: Person, line: PictureLine, version: int, text: str) -> PictureLine:
    """Change the words of a line of the picture."""
    require_in(by, Permission.EDIT_ROUND, line.round)
    line.change(by=by, version=version, text=text)
    record(by=by, verb="rounds.edit_line", about=line, version=line.version)
    return line


@action
def share_picture(*, by: Person, round: Round) -> int:
    """Share the picture with the ring; returns how many lines became readable."""
    require_in(by, Permission.EDIT_ROUND, round)
    if not round.finding or not round.picture.exists():
        raise ValidationError(_("Het beeld is nog niet af. Schrijf eerst de zin en één regel."), code="empty")
    lines = round.picture.filter(circle=round.core).update(circle=round.ring)
    record(by=by, verb="rounds.share_picture", about=round, lines=lines)
    return lines
