"""Reads of claims: their evidence on both sides, the voices about a verdict, and what is not known."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.panels import Words
from buurtbalans.method.people.models import Organisation
from buurtbalans.method.rounds.models import Claim, Evidence, Gap, Opinion, Round
from buurtbalans.method.rounds.queries.evidence import line_of
from buurtbalans.method.rounds.queries.round import Viewer, organisations_of
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries.stories import stories_of


@dataclass(frozen=True)
class Pill:
    """A range on a line, as the building block `bereiken` draws it."""

    low: float
    high: float
    style: str
    above: Words = ""
    below: Words = ""


@dataclass(frozen=True)
class Voice:
    """What one organisation of the core group thinks of a claim and of its verdict, or that it has not said so yet."""

    organisation: Organisation
    opinion: Opinion | None
    own: bool
    only_own: bool = False  # whether nobody outside the organisation reads this opinion

    @property
    def outdated(self) -> bool:
        """Whether the opinion is about an earlier verdict."""
        opinion = self.opinion
        return opinion is not None and bool(opinion.stance) and opinion.about_verdict != opinion.claim.verdict

    @property
    def can_speak(self) -> bool:
        """Whether there is something to say: of the verdict, or of the claim when no answer was given in time."""
        return self.opinion is None or bool(self.opinion.claim.verdict)

    @property
    def is_due(self) -> bool:
        """Whether it is still asked what it thinks: of the verdict, or before there is one of the claim."""
        return self.opinion is None or self.outdated or not self.opinion.stands_by_verdict


def claims_of(round: Round, viewer: Viewer) -> "QuerySet[Claim]":
    """Return the claims of a round with the evidence and the opinions that the viewer may read."""
    claims: QuerySet[Claim] = Claim.objects.visible_to(viewer).filter(round=round, withdrawn_at=None)
    evidence = Evidence.objects.visible_to(viewer).active()
    evidence = evidence.select_related("story", "story__heard_by", "delivery__organisation")
    return claims.select_related("organisation", "round", "round__neighbourhood").prefetch_related(
        Prefetch("evidence", evidence, to_attr="laid"),  # type: ignore[no-redef]
        Prefetch("opinions", Opinion.objects.visible_to(viewer).select_related("organisation", "claim")),
    )


def split(claim: Claim) -> tuple[list[Evidence], list[Evidence]]:
    """Return the figures (with the line to draw each on) and the stories beside a claim; they are never added up."""
    figures = [e for e in claim.laid if e.figure is not None]
    for evidence in figures:
        evidence.line = line_of(evidence.told or {"value": None})
    return figures, [e for e in claim.laid if e.figure is None]


def withdrawn_stories(claim: Claim, viewer: Viewer) -> int:
    """Return how many stories that lie beside a claim were withdrawn; the core group could read each of them."""
    stories = Story.objects.within_agreement(viewer).filter(withdrawn_at__isnull=False)
    return int(Evidence.objects.active().filter(claim=claim, story__in=stories).count())


def voices(claim: Claim, viewer: Viewer) -> list[Voice]:
    """Return for each organisation of the core group what it thinks of the verdict."""
    given = {opinion.organisation_id: opinion for opinion in claim.opinions.all()}
    seated = organisations_of(claim.round)
    left = [opinion.organisation for pk, opinion in given.items() if pk not in {o.pk for o in seated}]
    mine = viewer.organisation_id if viewer.is_authenticated else None
    waiting = Opinion.objects.waiting_for_signature().filter(claim=claim, organisation__in=given)
    only_own = set(waiting.values_list("organisation", flat=True))
    return [Voice(o, given.get(o.pk), o.pk == mine, o.pk in only_own) for o in [*seated, *left]]


@dataclass(frozen=True)
class Answers:
    """What is told of the opinions on a claim before they are opened: one's own, and who answered, never what."""

    own: Opinion | None
    number: int  # of organisations that answered
    count: int  # of organisations in the core group
    silent: list[str]


def answered(claim: Claim, viewer: Viewer | None = None) -> set[int]:
    """Return the organisations whose answer on a claim is shared with the core group, with the viewer's own."""
    given = Opinion.objects.filter(claim=claim).exclude(answer="")
    shared = given.agreed() if viewer is None else given.within_agreement(viewer)
    return set(shared.values_list("organisation", flat=True))


def silent_on(claim: Claim, viewer: Viewer | None = None) -> list[Organisation]:
    """Return the organisations of the core group that share no answer on a claim, whatever it is."""
    given = answered(claim, viewer)
    return [organisation for organisation in organisations_of(claim.round) if organisation.pk not in given]


def answers_of(claim: Claim, viewer: Viewer) -> Answers:
    """Return what the viewer may know of the opinions on a claim before they are opened."""
    mine = viewer.organisation_id if viewer.is_authenticated else None
    own = Opinion.objects.visible_to(viewer).filter(claim=claim, organisation=mine).first()
    count, silent = len(organisations_of(claim.round)), silent_on(claim, viewer)
    return Answers(own, count - len(silent), count, [organisation.name for organisation in silent])


def stories_for_evidence(claim: Claim, viewer: Viewer) -> list[Story]:
    """Return the stories that can lie beside a claim: those that everybody in the core group can read."""
    round = claim.round
    shared = Q(circle__in=round.circles) | Q(circle__kind=Audience.PUBLIC)
    laid = claim.evidence.active().exclude(story=None).values("story")
    return list(stories_of(round.neighbourhood, viewer).filter(shared).exclude(pk__in=laid))


def claim_url(claim: Claim) -> str:
    """Return the address of a claim."""
    return reverse("rounds:claim", args=[claim.round.slug, claim.pk])


def gaps_of(round: Round, viewer: Viewer) -> "QuerySet[Gap]":
    """Return what the round does not know yet, with who asks about it."""
    return (
        Gap.objects.visible_to(viewer)
        .filter(round=round, withdrawn_at=None)
        .select_related("organisation", "owner")
        .prefetch_related(Prefetch("claim", Claim.objects.visible_to(viewer)))
        .prefetch_related(Prefetch("stories", Story.objects.visible_to(viewer).active(), to_attr="heard"))
    )
