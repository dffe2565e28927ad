"""A small table to test around: two organisations in a round, one outside it, and figures that are frozen."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from buurtbalans.method.evaluation.actions import evaluate
from buurtbalans.method.evaluation.models import EvaluationLine
from buurtbalans.method.people import actions as people
from buurtbalans.method.people.models import Organisation, OrganisationKind, Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.places.actions import draw_neighbourhood
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.plans.actions.efforts import agree_effort
from buurtbalans.method.plans.actions.results import agree_result
from buurtbalans.method.plans.models import Effort, Result
from buurtbalans.method.rounds.actions import claims
from buurtbalans.method.rounds.actions import round as round_actions
from buurtbalans.method.rounds.actions import team as team_actions
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.stories.actions.review import approve_contribution
from buurtbalans.method.stories.actions.stories import create_story
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.rules import colleagues

DAY = date(2026, 11, 4)


def organisation(name: str, kind: str = OrganisationKind.DISTRICT) -> Organisation:
    return people.add_organisation(by=None, slug=name.lower(), name=name, kind=kind)


def person(name: str, works_for: Organisation) -> Person:
    made = people.add_person(
        by=None, username=name.lower(), first_name=name, last_name="", organisation=works_for, password=None
    )
    people.grant(by=None, person=made, role=Role.MEMBER, circle=works_for.circle)
    return made


def neighbourhood(by: Person, name: str = "Weverskwartier") -> Neighbourhood:
    return draw_neighbourhood(
        by=by, name=name, municipality="GM9999", division=2025, codes=["BU99990301"], known=["BU99990301", "BU99990302"]
    )


def figure(**other: Any) -> dict[str, Any]:
    """Return a figure as a round freezes it."""
    return {
        "release": "r1",
        "area": "BU99990301",
        "area_name": "Weverskwartier",
        "division": 2025,
        "indicator": "feels_safe_evening",
        "name": "Voelt zich ’s avonds veilig",
        "period": 2025,
        "value": 49.0,
        "low": 45.0,
        "high": 53.0,
        "absence": None,
        "city": {"value": 69.0, "low": 68.0, "high": 70.0},
        "direction": "up",
        "per": 100,
        "sentence": "45 tot 53 van de 100 mensen voelen zich ’s avonds veilig.",
        "source_line": "Bewonersonderzoek · 2025",
        "source": "Bewonersonderzoek",
    } | other


def lay_table() -> SimpleNamespace:
    """Return the people, the organisations, a neighbourhood and a round in which Samira is the guide."""
    town, team, other = organisation("Gemeente"), organisation("Buurtteam"), organisation("Elders")
    samira, joris, noor = person("Samira", town), person("Joris", team), person("Noor", other)
    place = neighbourhood(samira)
    round = round_actions.start_round(
        by=samira,
        neighbourhood=place,
        occasion="Het plein is ’s avonds leeg.",
        question="Van wie is het plein?",
        scope="smal",
        release="r1",
    )
    team_actions.add_to_team(by=samira, round=round, person=joris, role=Role.CORE_MEMBER)
    return SimpleNamespace(
        town=town, team=team, other=other, samira=samira, joris=joris, noor=noor, place=place, round=round
    )


def ring_member(table: SimpleNamespace) -> Person:
    """Return somebody who is only in the ring of the round."""
    gp = person("Huub", organisation("Huisartsen"))
    team_actions.add_to_team(by=table.samira, round=table.round, person=gp, role=Role.RING_MEMBER)
    return gp


def story(by: Person, round: Round, text: str = "De lampen doen het niet.", **about: Any) -> Story:
    """Return a story that the core group can read."""
    about = {"circle": round.core, "source": "bewoner"} | about
    return looked_at(create_story(by=by, neighbourhood=round.neighbourhood, text=text, seen=True, **about))


def looked_at(story: Story) -> Story:
    """Return a story that its circle can read: a colleague of the author looks at it when it waits."""
    if story.asked_id is None:
        return story
    colleague = colleagues(story.author).order_by("pk")[0]
    approve_contribution(by=colleague, told=story, version=story.version)
    return story


def opened(guide: Person, claim: Claim, answer: str = "genuanceerd") -> Claim:
    """Return a claim whose opinions the guide opened, after one's own organisation gave its answer."""
    claims.answer_claim(by=guide, claim=claim, answer=answer, answer_reason="Dat zien wij.")
    claim.refresh_from_db()
    if claim.opened_at is None:
        claims.open_opinions(by=guide, claim=claim)
        claim.refresh_from_db()
    return claim


def judged_claim(table: SimpleNamespace, verdict: str = "genuanceerd") -> Claim:
    """Return a claim with a figure and a story, opened opinions, and a verdict of the group."""
    claim = claims.create_claim(
        by=table.joris, round=table.round, text="Na negen uur is het plein te stil", quote="Stil hoor."
    )
    claims.add_figure(by=table.joris, claim=claim, figure=figure(), says="ja")
    claims.add_story(by=table.joris, claim=claim, story=story(table.joris, table.round), says="nee")
    opened(table.samira, claim, verdict)
    return claims.judge(
        by=table.samira, claim=claim, version=claim.version, verdict=verdict, reason="In de winter wel."
    )


def agreed_result(table: SimpleNamespace, claim: Claim, **other: Any) -> Result:
    """Return a result that rests on a claim."""
    given = {
        "by": table.joris,
        "round": table.round,
        "title": "Meer mensen voelen zich veilig",
        "per_what": "van de 100 mensen",
        "baseline": figure(),
        "target_low": 56,
        "target_high": 64,
        "target_year": 2027,
        "claims": [claim],
    }
    return agree_result(**given | other)


def agreed_effort(table: SimpleNamespace, result: Result, **other: Any) -> Effort:
    """Return an effort of the neighbourhood team for a result."""
    given = {
        "by": table.joris,
        "result": result,
        "organisation": table.team,
        "what": "Opent het buurthuis.",
        "first_sign": "20 bezoekers",
        "since": DAY,
        "evidence_class": "eigen_idee",
        "claims": list(result.claims.all()),
    }
    return agree_effort(**given | other)


def evaluated(table: SimpleNamespace, result: Result, **other: Any) -> EvaluationLine:
    """Return an evaluation of a result."""
    given = {
        "by": table.samira,
        "result": result,
        "outcome": "bereikt",
        "now": figure(period=2027, value=60.0, low=56.0, high=64.0),
        "reason": "Het licht doet het weer.",
        "next": "doorgaan",
        "next_text": "met het licht.",
    }
    return evaluate(**given | other)
