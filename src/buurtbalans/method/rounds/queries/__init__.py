"""Reads of a round: where it stands, what was said and tested, who agrees, and what is asked of whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.area import AreaLevel
from buurtbalans.method.datasets import queries as datasets
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission, Role, roles_with
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.places.queries import neighbourhoods
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries import stories_of

from ..models import Claim, Evidence, Gap, LineKind, Opinion, PictureLine, Round, RoundStep, StepState
from ..rules import may_in
from ..steps import STEPS, Step
from .evidence import (
    figure_choices,
    figures,
    freeze,
    key_of,
    line_of,
    offered,
    partner_key,
    range_of,
    range_words,
    years_of,
)

__all__ = [
    "figure_choices",
    "figures",
    "freeze",
    "key_of",
    "line_of",
    "offered",
    "partner_key",
    "range_of",
    "range_words",
    "years_of",
]

Viewer = Person | AnonymousUser
Words = str | Promise
MOST_PLACES = 1_000  # a longer list is no choice any more: start from the page of the buurt


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
        return self.step.title

    @property
    def state(self) -> str:
        """How the building block `stappen` calls the state."""
        return {StepState.AHEAD: "later", StepState.NOW: "now", StepState.DONE: "done"}[StepState(self.row.state)]


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
    """What one organisation of the core group thinks of a verdict, or that it has not said so yet."""

    organisation: Organisation
    opinion: Opinion | None
    own: bool

    @property
    def outdated(self) -> bool:
        """Whether the opinion is about an earlier verdict."""
        return self.opinion is not None and self.opinion.about_verdict != self.opinion.claim.verdict


def rounds_of(viewer: Viewer) -> "QuerySet[Round]":
    """Return the rounds that the viewer is part of, with their steps."""
    rounds: QuerySet[Round] = Round.objects.visible_to(viewer)
    return rounds.select_related("neighbourhood", "core", "ring").prefetch_related("steps", "neighbourhood__parts")


def steps_of(round: Round, viewer: Viewer) -> list[StepRow]:
    """Return the six steps of a round with their state and a short remark under the current ones."""
    rows = {row.number: row for row in round.steps.all()}
    return [
        StepRow(step, rows[step.number], reverse("rounds:step", args=[round.slug, step.number]),
            _remark(round, rows[step.number], viewer))
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


def row_of(round: Round, viewer: Viewer) -> tuple[Round, list[StepRow], StepRow]:
    """Return a round with its steps and the current one, as a row of a list."""
    steps = steps_of(round, viewer)
    return round, steps, current_step(steps)


def team_of(round: Round, role: Role | None = None) -> list[Person]:
    """Return the people of the core group (or with one role in the round), by organisation."""
    roles = [role] if role else [Role.PROCESS_GUIDE, Role.CORE_MEMBER]
    circle = round.ring if role is Role.RING_MEMBER else round.core
    people = Person.objects.filter(memberships__circle=circle, memberships__role__in=roles)
    return list(people.select_related("organisation").order_by("organisation__name", "first_name").distinct())


def organisations_of(round: Round) -> list[Organisation]:
    """Return the organisations in the core group that can give an opinion."""
    speaking = {
        "people__memberships__circle": round.core,
        "people__memberships__role__in": roles_with(Permission.GIVE_OPINION),
    }
    return list(Organisation.objects.filter(**speaking).distinct())


def claims_of(round: Round, viewer: Viewer) -> "QuerySet[Claim]":
    """Return the claims of a round with the evidence and the opinions that the viewer may read."""
    claims: QuerySet[Claim] = Claim.objects.visible_to(viewer).filter(round=round)
    evidence = Evidence.objects.visible_to(viewer).select_related("story", "story__heard_by", "shipment__organisation")
    return claims.select_related("organisation", "round", "round__neighbourhood").prefetch_related(
        Prefetch("evidence", evidence, to_attr="laid"),  # type: ignore[no-redef]
        Prefetch("opinions", Opinion.objects.select_related("organisation", "claim")),
    )


def split(claim: Claim) -> tuple[list[Evidence], list[Evidence]]:
    """Return the figures (with the line to draw each on) and the stories beside a claim; they are never added up."""
    figures = [e for e in claim.laid if e.figure is not None]
    for evidence in figures:
        evidence.line = line_of(evidence.told or {"value": None})
    return figures, [e for e in claim.laid if e.figure is None]


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
            line.number = number = number + 1
    return [(kind, [line for line in found if line.kind == kind]) for kind in LineKind]


def dissent_of(round: Round, viewer: Viewer) -> list[Opinion]:
    """Return who sees it otherwise, in their own words: this travels with the lines of the picture that one reads."""
    return list(
        Opinion.objects.filter(claim__lines__in=PictureLine.objects.visible_to(viewer).filter(round=round))
        .exclude(stance="eens")
        .select_related("organisation", "claim")
        .order_by("claim_id", "organisation__name")
        .distinct()
    )


def places_to_start() -> list[tuple[Any, Any]]:
    """Return where a round can start: neighbourhoods that exist, and the buurten of the newest boundaries."""
    places = neighbourhoods()
    drawn = [(f"n{place.pk}", place.name) for place in places]
    whole = {place.codes[0] for place in places if len(place.codes) == 1 and place.is_whole_areas}
    release = datasets.current_release()
    if release is None:
        return [(_("Buurten die al meedoen"), drawn)]
    division = release.division(max(release.divisions))
    others = [area for area in division.of_level(AreaLevel.BUURT) if area.code not in whole]
    buurten = [(f"{division.year}:{area.code}", area.name) for area in others[:MOST_PLACES]]
    return [(_("Buurten die al meedoen"), drawn), (_("Andere buurten"), sorted(buurten, key=lambda place: place[1]))]


def start_of(given: dict[str, Any]) -> dict[str, Any]:
    """Return what `start_round` needs from the form: a neighbourhood that exists, or what to make one of."""
    about = {name: given[name] for name in ("occasion", "question", "scope")}
    release = datasets.current_release()
    if release is None:
        raise ValidationError(_("Er zijn nog geen cijfers gepubliceerd. Daarmee begint een ronde."), code="no_release")
    about["release"] = release.id
    if given["place"].startswith("n"):
        return about | {"neighbourhood": Neighbourhood.objects.get(pk=given["place"][1:])}
    year, code = given["place"].split(":")
    division = release.division(int(year))
    area, above = division[code], division.ancestors(code)
    municipality = next((a.code for a in above if a.level is AreaLevel.GEMEENTE), "")
    wider = next((a.name for a in above if a.level is AreaLevel.WIJK), "")
    return about | {"neighbourhood": {
        "name": given["name"] or area.name, "municipality": municipality, "division": int(year), "codes": [code],
        "known": [a.code for a in division], "wider": wider, "streets": given["streets"],
    }}  # fmt: skip


def round_url(round: Round) -> str:
    """Return the address of a round."""
    return reverse("rounds:round", args=[round.slug])


def picture_url(about: Round | PictureLine) -> str:
    """Return the address of the shared picture."""
    return reverse("rounds:picture", args=[(about.round if isinstance(about, PictureLine) else about).slug])


def claim_url(claim: Claim) -> str:
    """Return the address of a claim."""
    return reverse("rounds:claim", args=[claim.round.slug, claim.pk])


def people_outside(round: Round) -> "QuerySet[Person]":
    """Return the people who can still join: they work for an organisation or stand alone, and are in neither circle."""
    inside = Person.objects.filter(memberships__circle__in=[round.core_id, round.ring_id])
    return Person.objects.filter(is_active=True).exclude(pk__in=inside.values("pk")).order_by("first_name")


def what_is_there(round: Round, viewer: Viewer) -> dict[str, int]:
    """Return how much a round holds, as far as the viewer may see."""
    claims = Claim.objects.visible_to(viewer).filter(round=round)
    return {
        "stories": stories_of(round.neighbourhood, viewer).count(),
        "claims": claims.count(),
        "tested": claims.exclude(verdict="").count(),
        "gaps": gaps_of(round, viewer).filter(answer="").count(),
        "lines": PictureLine.objects.visible_to(viewer).filter(round=round).count(),
    }


def chain(round: Round, viewer: Viewer) -> dict[str, Any]:
    """Return what a round rests on, as far as the viewer may see: every item with its id and the ids it rests on."""
    items = [line for _kind, lines in picture_of(round, viewer) for line in lines]
    claims = list(claims_of(round, viewer))
    told = {e.story for claim in claims for e in claim.laid if e.story is not None}
    return {
        "round": {"id": f"round:{round.pk}", "slug": round.slug, "neighbourhood": round.neighbourhood.name,
                  "areas": round.neighbourhood.codes, "division": round.neighbourhood.division,
                  "occasion": round.occasion, "question": round.question, "release": round.release},
        "figures": [{"id": f"figure:{e.pk}",
            **e.told} for claim in claims for e in claim.laid if e.told is not None],
        "stories": [{"id": f"story:{s.pk}", "text": s.text, "teller": s.teller, "source": s.source}
                    for s in sorted(told, key=lambda s: s.pk)],
        "claims": [_claim_item(claim) for claim in claims],
        "gaps": [{"id": f"gap:{g.pk}", "what": g.what, "asks": g.organisation.name, "whom": g.whom, "answer": g.answer,
                  "rests_on": [f"claim:{g.claim_id}"] if g.claim_id else []} for g in gaps_of(round, viewer)],
        "picture": [{"id": f"line:{i.pk}", "kind": i.kind, "text": i.text,
            "rests_on": [f"claim:{c.pk}" for c in i.claims.all()]}
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
        "opinions": [{"organisation": o.organisation.name, "stance": o.stance,
            "words": o.words} for o in claim.opinions.all()],
        "rests_on": [f"story:{e.story_id}" if e.story_id else f"figure:{e.pk}" for e in claim.laid],
    }  # fmt: skip
