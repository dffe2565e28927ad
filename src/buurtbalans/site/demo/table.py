"""What every invented round needs: its people, its neighbourhood, figures of its release, days from today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.places.actions import draw_neighbourhood
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.rounds.actions import claims, meetings, onward, team
from buurtbalans.method.rounds.actions import round as round_actions
from buurtbalans.method.rounds.models import Claim, Meeting, Parked, Round, SubTeam
from buurtbalans.method.rounds.queries import evidence
from buurtbalans.method.rounds.rules import require_organisation
from buurtbalans.method.stories.actions.review import approve_contribution
from buurtbalans.method.stories.actions.stories import create_story
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.rules import colleagues
from buurtbalans.site.demo.town import town

Laid = tuple[str, int, str] | tuple[str, int, str, str]  # indicator, year, what it says, a note


def day(days: int) -> date:
    """Return the day that lies so many days from today; the demo is always about now."""
    return timezone.localdate() + timedelta(days=days)


def moment(days: int, hour: int, minute: int = 0) -> datetime:
    """Return a time of day, so many days from today."""
    return timezone.make_aware(datetime.combine(day(days), time(hour, minute)))


@dataclass(frozen=True, slots=True)
class Table:
    """A round in the making, with the people around it."""

    people: Mapping[str, Person]
    round: Round

    @property
    def guide(self) -> Person:
        """Who leads this round."""
        return self.round.started_by

    def invite(self, role: Role, names: Iterable[str]) -> None:
        """Let people into the core group or the ring."""
        for name in names:
            team.add_to_team(by=self.guide, round=self.round, person=self.people[name], role=role)

    def steps(self, states: Iterable[tuple[int, str, int, str]]) -> None:
        """Set steps: number, state, so many days ago, and a note."""
        for number, state, ago, note in states:
            row = self.round.steps.get(number=number)
            round_actions.update_step(
                by=self.guide,
                round=self.round,
                number=number,
                version=row.version,
                state=state,
                note=note,
                on=day(-ago),
            )

    def hear(self, teller: str, text: str, **about: Any) -> Story:
        """Write a story of a resident down for the core group, unless `about` says otherwise."""
        about.setdefault("source", "bewoner")
        about.setdefault("circle", self.round.core)
        place = self.round.neighbourhood
        story = create_story(by=self.people[teller], neighbourhood=place, text=text, seen=True, **about)
        if story.asked_id is None:
            return story
        approve_contribution(by=colleagues(story.author).order_by("pk")[0], told=story, version=story.version)
        return story

    def organisation(self, name: str) -> Organisation:
        """Return the organisation of a person."""
        return require_organisation(self.people[name])

    def figure(self, indicator: str, year: int) -> dict[str, Any]:
        """Return a figure of this neighbourhood as a round freezes it."""
        return evidence.freeze(self.round, f"{indicator}|{self.round.neighbourhood.codes[0]}|{year}")

    def claim(
        self, by: str, text: str, quote: str, figures: Iterable[Laid], stories: Iterable[tuple[Story, str]]
    ) -> Claim:
        """Bring a claim in and lay figures and stories beside it."""
        claim = claims.create_claim(by=self.people[by], round=self.round, text=text, quote=quote)
        for indicator, year, says, *note in figures:
            figure = self.figure(indicator, year)
            claims.add_figure(by=self.people[by], claim=claim, figure=figure, says=says, note=note[0] if note else "")
        for story, says in stories:
            claims.add_story(by=self.people[by], claim=claim, story=story, says=says)
        return claim

    def answer(self, claim: Claim, opinions: Mapping[str, tuple[str, str]]) -> None:
        """Let organisations say whether a claim is true, before they read each other."""
        for name, (answer, reason) in opinions.items():
            claims.answer_claim(by=self.people[name], claim=claim, answer=answer, answer_reason=reason)

    def judge(self, claim: Claim, verdict: str, reason: str, opinions: Mapping[str, tuple[str, str]]) -> None:
        """Let each organisation answer, open the opinions, and write down the verdict of the group."""
        self.answer(claim, opinions)
        claim.refresh_from_db()
        if claim.opened_at is None:
            claims.open_opinions(by=self.guide, claim=claim)
            claim.refresh_from_db()
        claims.judge(
            by=self.guide, claim=claim, version=claim.version, verdict=verdict, reason=reason, opinions_before=day(3)
        )

    def agree(self, claim: Claim, name: str) -> None:
        """Let an organisation that answered otherwise before say that it agrees with the verdict."""
        own = claim.opinions.get(organisation=self.organisation(name))
        claims.give_opinion(by=self.people[name], claim=claim, stance="eens", version=own.version)

    def meet(
        self, what: str, steps: list[int], *, at: datetime | None = None, notes: str = "", **about: Any
    ) -> Meeting:
        """Plan a meeting; one that was says what came out."""
        meeting = meetings.plan_meeting(by=self.guide, round=self.round, what=what, steps=steps, at=at, **about)
        return (
            meetings.record_meeting_notes(by=self.guide, meeting=meeting, version=1, notes=notes) if notes else meeting
        )

    def look(self, point: str, level: int, note: str) -> None:
        """Say how far the group is on a point."""
        onward.score(by=self.guide, round=self.round, point=point, level=level, note=note)

    def park(self, by: str, text: str, why: str) -> Parked:
        """Put something on the list for later."""
        return onward.park(by=self.people[by], round=self.round, text=text, why=why)

    def subteam(self, name: str, problem: str, people: Iterable[str]) -> SubTeam:
        """Make a sub-team."""
        who = [self.people[person] for person in people]
        return team.create_subteam(by=self.guide, round=self.round, name=name, problem=problem, people=who)

    def found(self, by: str, subteam: SubTeam, text: str) -> None:
        """Write down what a sub-team found."""
        team.record_subteam_findings(by=self.people[by], subteam=subteam, version=1, found=text)


def begin(guide: Person, name: str, occasion: str, question: str, release: Release) -> Round:
    """Start a round for a buurt of the town."""
    division = town().now
    code = town().code_of(name)
    wijk = next((area.name for area in division.ancestors(code) if area.level is AreaLevel.WIJK), "")
    place = Neighbourhood.objects.filter(slug=name.lower().replace(" ", "-")).first() or draw_neighbourhood(
        by=guide,
        name=name,
        municipality=town().code,
        division=division.year,
        codes=[code],
        known=[area.code for area in division],
        wider=wijk,
    )
    return round_actions.start_round(
        by=guide, neighbourhood=place, occasion=occasion, question=question, scope="smal", release=release.id
    )
