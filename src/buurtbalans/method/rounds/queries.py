"""Reads of a round: where it stands, what was said and tested, who agrees, and what is asked of whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission, Role, roles_with
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries import stories_of

from .models import Claim, Evidence, Gap, LineKind, Opinion, PictureLine, Round, RoundStep, StepState
from .rules import may_in
from .steps import STEPS, Step

Viewer = Person | AnonymousUser
Words = str | Promise


@dataclass(frozen=True)
class StepRow:
    """One step of one round: what it is, and where it stands."""

    step: Step
    row: RoundStep
    url: str
    note: Words

    @property
    def number(self) -> int:
        return self.step.number

    @property
    def name(self) -> Words:
        return self.step.title  # type: ignore[no-any-return]

    @property
    def state(self) -> str:
        """How the building block `stappen` calls the state."""
        return {StepState.AHEAD: "later", StepState.NOW: "now", StepState.DONE: "done"}[StepState(self.row.state)]


@dataclass(frozen=True)
class Voice:
    """What one organisation of the core group thinks of a verdict, or that it has not said so yet."""

    organisation: Organisation
    opinion: Opinion | None
    own: bool

    @property
    def outdated(self) -> bool:
        """Whether the opinion is about an earlier verdict."""
        return self.opinion is not None and self.opinion.about_verdict != self.opinion.claim.verdict


@dataclass(frozen=True)
class Task:
    """Something that waits for this person; the most urgent ones stand on their first page."""

    icon: str
    title: Words
    text: Words
    where: str
    button: Words
    url: str
    before: date | None = None


def rounds_of(viewer: Viewer) -> "QuerySet[Round]":
    """Return the rounds that the viewer is part of, with their steps."""
    rounds: QuerySet[Round] = Round.objects.visible_to(viewer)
    return rounds.select_related("neighbourhood", "core", "ring").prefetch_related("steps", "neighbourhood__parts")


def steps_of(round: Round, viewer: Viewer) -> list[StepRow]:
    """Return the six steps of a round with their state and a short remark under the current ones."""
    rows = {row.number: row for row in round.steps.all()}
    return [
        StepRow(step, rows[step.number], reverse("rounds:step", args=[round.slug, step.number]), _remark(round, rows[step.number], viewer))
        for step in STEPS
    ]  # fmt: skip


def _remark(round: Round, row: RoundStep, viewer: Viewer) -> Words:
    if row.note:
        return row.note
    if row.number == 3 and row.state == StepState.NOW and may_in(viewer, Permission.READ, round):
        counts = round.claims.aggregate(all=Count("pk"), tested=Count("pk", filter=~Q(verdict="")))
        if counts["all"]:
            return _("%(tested)s van %(all)s getoetst") % counts
    return ""


def current_step(steps: Iterable[StepRow]) -> StepRow:
    """Return the step that the round is in: the last one that is busy, else the first that has not begun."""
    rows = list(steps)
    busy = [row for row in rows if row.state == "now"]
    ahead = [row for row in rows if row.state == "later"]
    return busy[-1] if busy else ahead[0] if ahead else rows[-1]


def team_of(round: Round, role: Role | None = None) -> list[Person]:
    """Return the people of the core group (or with one role in the round), by organisation."""
    roles = [role] if role else [Role.PROCESS_GUIDE, Role.CORE_MEMBER]
    circle = round.ring if role is Role.RING_MEMBER else round.core
    people = Person.objects.filter(memberships__circle=circle, memberships__role__in=roles)
    return list(people.select_related("organisation").order_by("organisation__name", "first_name").distinct())


def organisations_of(round: Round) -> list[Organisation]:
    """Return the organisations in the core group that can give an opinion."""
    speaking = {"people__memberships__circle": round.core, "people__memberships__role__in": roles_with(Permission.GIVE_OPINION)}
    return list(Organisation.objects.filter(**speaking).distinct())


def claims_of(round: Round, viewer: Viewer) -> "QuerySet[Claim]":
    """Return the claims of a round with the evidence and the opinions that the viewer may read."""
    claims: QuerySet[Claim] = Claim.objects.visible_to(viewer).filter(round=round)
    evidence = Evidence.objects.visible_to(viewer).select_related("story", "story__heard_by")
    return claims.select_related("organisation", "round", "round__neighbourhood").prefetch_related(
        Prefetch("evidence", evidence, to_attr="laid"),
        Prefetch("opinions", Opinion.objects.select_related("organisation", "claim")),
    )


def split(claim: Claim) -> tuple[list[Evidence], list[Evidence]]:
    """Return the figures and the stories that lie beside a claim; they are never added up."""
    return [e for e in claim.laid if e.figure is not None], [e for e in claim.laid if e.figure is None]


def voices(claim: Claim, viewer: Viewer) -> list[Voice]:
    """Return for each organisation of the core group what it thinks of the verdict."""
    given = {opinion.organisation_id: opinion for opinion in claim.opinions.all()}
    seated = organisations_of(claim.round)
    left = [opinion.organisation for pk, opinion in given.items() if pk not in {o.pk for o in seated}]
    mine = viewer.organisation_id if viewer.is_authenticated else None
    return [Voice(o, given.get(o.pk), o.pk == mine) for o in [*seated, *left]]


def stories_for_evidence(claim: Claim, viewer: Viewer) -> list[Story]:
    """Return the stories that can lie beside a claim: those that everybody in the core group can read."""
    round = claim.round
    shared = Q(circle__in=[round.core_id, round.ring_id]) | Q(circle__kind="public")
    return list(stories_of(round.neighbourhood, viewer).filter(shared).exclude(evidence__claim=claim))


def picture_of(round: Round, viewer: Viewer) -> list[tuple[LineKind, list[PictureLine]]]:
    """Return the lines of the shared picture per kind, strengths first, numbered through; empty kinds stay in."""
    lines: QuerySet[PictureLine] = PictureLine.objects.visible_to(viewer).filter(round=round)
    claims = Claim.objects.annotate(
        figures=Count("evidence", filter=Q(evidence__figure__isnull=False), distinct=True),
        stories=Count("evidence", filter=Q(evidence__story__isnull=False), distinct=True),
    )
    found = list(lines.prefetch_related(Prefetch("claims", claims)))
    number = 0
    for kind in (LineKind.STRENGTH, LineKind.CHANCE, LineKind.CONCERN):
        for line in (line for line in found if line.kind == kind):
            line.number = number = number + 1  # type: ignore[attr-defined]
    return [(kind, [line for line in found if line.kind == kind]) for kind in LineKind]


def dissent_of(round: Round) -> list[Opinion]:
    """Return who sees it otherwise, in their own words: this travels to the shared picture."""
    return list(
        Opinion.objects.filter(claim__round=round, claim__lines__isnull=False)
        .exclude(stance="eens")
        .select_related("organisation", "claim")
        .order_by("claim_id", "organisation__name")
        .distinct()
    )


def tasks(viewer: Person) -> list[Task]:
    """Return what the rounds ask of a person: opinions that are missing, and questions to fetch an answer to."""
    return [*_missing_opinions(viewer), *_open_gaps(viewer)]


def _missing_opinions(viewer: Person) -> list[Task]:
    claims = Claim.objects.visible_to(viewer).exclude(verdict="").exclude(opinions__organisation=viewer.organisation_id)
    asked = [c for c in claims.select_related("round__neighbourhood", "round__core") if may_in(viewer, Permission.GIVE_OPINION, c.round)]
    return [
        Task(
            icon="mening", title=_("Geef uw mening over een uitspraak"), button=_("Geef uw mening"),
            text=_("‘%(claim)s.’ %(given)s van de %(all)s organisaties gaven al hun mening.")
            % {"claim": claim.text, "given": claim.opinions.count(), "all": len(organisations_of(claim.round))},
            where=claim.round.neighbourhood.name, url=f"{claim_url(claim)}#mening", before=claim.opinions_before,
        )
        for claim in asked
    ]  # fmt: skip


def _open_gaps(viewer: Person) -> list[Task]:
    gaps = Gap.objects.visible_to(viewer).filter(answer="", organisation=viewer.organisation_id)
    return [
        Task(
            icon="vraag", title=_("Haal een antwoord op"), button=_("Schrijf het antwoord op"),
            text=_("%(what)s Vraag het aan %(whom)s.") % {"what": gap.what, "whom": gap.whom},
            where=gap.round.neighbourhood.name, url=reverse("rounds:answer_gap", args=[gap.round.slug, gap.pk]), before=gap.before,
        )
        for gap in gaps.select_related("round__neighbourhood")
    ]  # fmt: skip


def claim_url(claim: Claim) -> str:
    """Return the address of a claim."""
    return reverse("rounds:claim", args=[claim.round.slug, claim.pk])


def chain(round: Round, viewer: Viewer) -> dict[str, Any]:
    """Return what a round rests on, as far as the viewer may see: every item with its id and the ids it rests on."""
    items = [line for _kind, lines in picture_of(round, viewer) for line in lines]
    claims = list(claims_of(round, viewer))
    told = {e.story for claim in claims for e in claim.laid if e.story is not None}
    return {
        "round": {"id": f"round:{round.pk}", "slug": round.slug, "neighbourhood": round.neighbourhood.name,
                  "areas": round.neighbourhood.codes, "division": round.neighbourhood.division,
                  "occasion": round.occasion, "question": round.question, "release": round.release},
        "figures": [{"id": f"figure:{e.pk}", **e.figure} for claim in claims for e in claim.laid if e.figure is not None],
        "stories": [{"id": f"story:{s.pk}", "text": s.text, "teller": s.teller, "source": s.source}
                    for s in sorted(told, key=lambda s: s.pk)],
        "claims": [_claim_item(claim) for claim in claims],
        "gaps": [{"id": f"gap:{g.pk}", "what": g.what, "asks": g.organisation.name, "whom": g.whom, "answer": g.answer,
                  "rests_on": [f"claim:{g.claim_id}"] if g.claim_id else []} for g in gaps_of(round, viewer)],
        "picture": [{"id": f"line:{i.pk}", "kind": i.kind, "text": i.text, "rests_on": [f"claim:{c.pk}" for c in i.claims.all()]}
                    for i in items],
    }  # fmt: skip


def gaps_of(round: Round, viewer: Viewer) -> "QuerySet[Gap]":
    """Return what the round does not know yet, with who asks about it."""
    return Gap.objects.visible_to(viewer).filter(round=round).select_related("organisation")


def _claim_item(claim: Claim) -> dict[str, Any]:
    return {
        "id": f"claim:{claim.pk}", "text": claim.text, "brought_in_by": claim.organisation.name,
        "verdict": claim.verdict or None, "reason": claim.reason,
        "evidence": [{"says": e.says, "note": e.note, "of": f"story:{e.story_id}" if e.story_id else f"figure:{e.pk}"}
                     for e in claim.laid],
        "opinions": [{"organisation": o.organisation.name, "stance": o.stance, "words": o.words} for o in claim.opinions.all()],
        "rests_on": [f"story:{e.story_id}" if e.story_id else f"figure:{e.pk}" for e in claim.laid],
    }  # fmt: skip
