"""What stands in the two rounds of the test world; every text carries the canary of the circle that it is for."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.method.capacities.actions import answer_capacity, propose_capacity, set_support
from buurtbalans.method.datasets.models import Delivery, Reply
from buurtbalans.method.datasets.queries.releases import store
from buurtbalans.method.evaluation.actions import evaluate
from buurtbalans.method.fairness.actions import read_totals
from buurtbalans.method.people.actions import close_account, grant, write_profile
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.placements.actions.deciding import decide
from buurtbalans.method.placements.models import PlacingRenewal
from buurtbalans.method.places.actions import add_landmark, draw_neighbourhood
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.plans.actions.conditions import set_condition
from buurtbalans.method.plans.actions.efforts import agree_effort
from buurtbalans.method.plans.actions.progress import report_progress
from buurtbalans.method.plans.actions.results import agree_result
from buurtbalans.method.plans.actions.versions import agree_plan
from buurtbalans.method.plans.models import Effort
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.actions import (
    claims,
    gaps,
    meetings,
    onward,
    picture,
    priorities,
    publication,
    team,
    versions,
)
from buurtbalans.method.rounds.actions import round as round_actions
from buurtbalans.method.rounds.models import Claim, PictureLine, Round, RoundStep
from buurtbalans.method.stories.actions.codebook import create_code, tag_story
from buurtbalans.method.stories.actions.feelings import create_feeling
from buurtbalans.method.stories.actions.ratings import create_rating_sheet
from buurtbalans.method.stories.actions.stories import create_story
from buurtbalans.method.stories.models import PublishedFeelings, Story
from buurtbalans.placing.outside_totals import TOTALS
from buurtbalans.site.demo.plan import TOWN_CODE
from buurtbalans.site.demo.town import town
from tests.method.deliveries import draft, kept
from tests.method.deliveries import shared as share
from tests.method.placings import placed, placer
from tests.method.table import figure, looked_at, opened
from tests.site.people_fixtures import World, make_world
from tests.site.people_fixtures import person as make_person

CANARY = re.compile(r"kanarie-(\d+)")

FOREIGN_COUNT = 876_543  # what another organisation counted


def canary(circle: Circle) -> str:
    """Return a word that only who may see the circle may ever receive."""
    return f"kanarie-{circle.pk}-"


class Content:
    """The test world with its content, and what fills the addresses: `args[kind][side]`."""

    def __init__(self) -> None:
        self.release = store().published_id() or ""
        self.codes = [area.code for area in town().now.of_level(AreaLevel.BUURT)]
        self.rounds: dict[str, Round] = {}
        self.args: dict[str, dict[str, list[Any]]] = {
            "": {"own": []},
            "who": {"own": ["bewoner"]},
            "area": {"own": [town().now.year, self.codes[0]]},
            "saved": {"own": ["csv"]},
            "nothing": {"own": ["niets"]},
            "area_saved": {"own": [town().now.year, self.codes[0], "xlsx"]},
            "indicator": {"own": ["population"]},
            "intervention": {"own": ["verlichting"]},
            "release": {"own": [self.release]},
            "template": {"own": ["csv"]},
            "borders": {"own": [self.release, town().now.year]},
        }
        self.world: World = make_world(self._open)
        self._put("account", "own", self.world["foreign_ring"].pk)
        closed = make_person("vertrokken", self.world.organisations["gemeente"])
        self._put("closed_account", "own", close_account(by=None, person=closed).pk)
        self._put("closed_account", "foreign", self.world["foreign_ring"].pk)
        others = self.world.organisations["buurtteam"]
        colleague = make_person("foreign_colleague", others)  # what foreign_core tells waits for somebody to look at
        grant(by=None, person=colleague, role=Role.MEMBER, circle=others.circle)
        for side, writer in (("own", "core_member"), ("foreign", "foreign_core")):
            self._fill(side, self.world[writer], self.rounds[side].started_by)
        self._place("own", self.world["placing_officer"], self.world["privacy_officer"])
        self._place("foreign", placer(others, "foreign_placer"), placer(others, "foreign_fg", Role.PRIVACY_OFFICER))

    def _place(self, side: str, by: Person, officer: Person) -> None:
        """Read a batch of an organisation, with a choice that waits for a second person."""
        batch = placed(by, officer, {"own": "woonstede", "foreign": "haven-wonen"}[side])
        proposed = dict(batch.advices.get().proposals)
        home = next(home for home in ("W-1", "W-2", "W-3") if home not in proposed.values())
        made = decide(
            by=placer(batch.organisation, f"{side}_second"),
            batch=batch,
            household="H-2",
            choice="anders",
            proposed=proposed["H-2"],
            home=home,
            reason="Dichter bij de school.",
        )
        self._put("batch", side, batch.pk)
        rows = [(1, list(TOTALS)), (2, ["x", "a", "r1", "40", "20", "500", "90", "30", "9", "2", "0.5"])]
        kept = read_totals(by=by, title="Najaar", office="Bureau", table=rows, file="t.csv")
        self._put("outside_totals", side, kept.pk)
        self._put("batch_plan", side, batch.pk, "lowest_overload")
        self._put("batch_household", side, batch.pk, "H-1", "anders")
        self._put("batch_decision", side, batch.pk, made.pk)
        self._put("batch_renewal", side, batch.pk, PlacingRenewal.objects.create(batch=batch, by=by).pk)

    def restore(self) -> None:
        """Put back what a request changed on disk."""
        if store().published_id() != self.release:
            store().publish(self.release)

    def _open(self, guide: Person, side: str) -> tuple[Circle, Circle]:
        place = draw_neighbourhood(
            by=guide,
            name=f"Buurt {side}",
            municipality=TOWN_CODE,
            division=town().now.year,
            codes=self.codes[:1],
            known=self.codes,
        )
        round = self.rounds[side] = round_actions.start_round(
            by=guide, neighbourhood=place, occasion="x", question="x", scope="smal", release=self.release
        )
        return round.core, round.ring

    def _put(self, kind: str, side: str, *args: Any) -> None:
        self.args.setdefault(kind, {})[side] = list(args)

    def _fill(self, side: str, writer: Person, guide: Person) -> None:
        round, slug = self.rounds[side], self.rounds[side].slug
        for_ring, for_core = canary(round.ring), canary(round.core)
        fields = ("occasion", "question", "finding", "need", "reached", "onward")
        Round.objects.filter(pk=round.pk).update(**dict.fromkeys(fields, for_ring))
        RoundStep.objects.filter(round=round).update(note=for_ring)
        round.refresh_from_db()
        stories = self._tell(round, writer)
        shown, judged = (self._judge(writer, guide, stories[1], of) for of in (round.ring, round.core))
        claim = claims.create_claim(by=writer, round=round, text=f"Open {for_core}", quote=for_core)
        loose = claims.add_figure(by=writer, claim=claim, figure=figure(), says="ja", note=for_core)
        gap = gaps.create_gap(
            by=writer, round=round, what=f"Wat {for_core}", organisation=writer.organisation, whom=for_core, before=None
        )
        shared = picture.create_line(by=guide, round=round, kind="kracht", text=for_ring, claims=[shown])
        versions.share_picture(by=guide, round=round)
        kept = picture.create_line(by=guide, round=round, kind="zorg", text=for_core, claims=[judged])
        self._weigh(side, writer, guide, kept)
        self._put("round", side, slug)
        self._put("mark", side, slug, f"verhaal-{stories[2].pk}")
        self._mark_places(side, writer, for_ring)
        self._put("paper", side, slug, "pdf")
        self._put("step", side, slug, 3)
        self._put("neighbourhood", side, round.neighbourhood.slug)
        self._put("neighbourhood_saved", side, round.neighbourhood.slug, "json")
        self._put("claim", side, slug, claim.pk)
        self._put("judged", side, slug, judged.pk)
        self._put("evidence", side, slug, claim.pk, loose.pk)
        self._put("gap", side, slug, gap.pk)
        self._put("claim_text", side, "rounds.claim", judged.pk)
        self._put("claim_past", side, "rounds.claim", judged.pk, 1)
        self._put("line", side, slug, kept.pk)
        self._put("shared_line", side, slug, shared.pk)
        for kind, story in zip(("home_story", "core_story", "ring_story"), stories, strict=True):
            self._put(kind, side, slug, story.pk)
        code = create_code(by=writer, circle=round.core, name=for_core, meaning=for_core)
        tag_story(by=writer, code=code, story=stories[1])
        self._put("code", side, slug, code.pk)
        gaps.answer_gap_with_story(by=writer, gap=gap, story=stories[1])
        self._put("interview", side, slug, str(stories[1].pk))
        self._put("tag", side, slug, stories[1].pk, code.pk)
        about = {"neighbourhood": round.neighbourhood, "circle": round.core, "source": "bewoner"}
        home = canary(writer.organisation.circle)
        self._put("waiting_story", side, create_story(by=writer, text=f"Wacht {home}", seen=True, **about).pk)
        self._feel(side, writer, guide)
        self._course(side, writer, guide)
        self._plan(side, writer, judged)
        self._agree(side, writer, guide, self._deliver(side, writer))

    def _feel(self, side: str, writer: Person, guide: Person) -> None:
        """Put a feeling on the map for the core group and one that waits, and show the ring squares of them."""
        round, slug = self.rounds[side], self.rounds[side].slug
        about = {
            "neighbourhood": round.neighbourhood,
            "circle": round.core,
            "mood": "bang",
            "day_part": "avond",
            "longitude": 5.2,
            "latitude": 52.2,
            "seen": True,
        }
        shown = looked_at(create_feeling(by=writer, voice=uuid4(), reason=canary(round.core), **about))
        home = canary(writer.organisation.circle) if writer.organisation else ""
        waiting = create_feeling(by=writer, voice=uuid4(), reason=home, **about)
        cells = {"frame": [3561, 58000, 1, 1], "overdag": [], "avond": []}
        view = PublishedFeelings.objects.create(
            neighbourhood=round.neighbourhood,
            core=round.core,
            circle=round.ring,
            cells=cells,
            voices=0,
            published_by=guide,
        )
        self._put("core_feeling", side, slug, shown.pk)
        self._put("waiting_feeling", side, waiting.pk)
        self._put("shown_feelings", side, slug, view.pk)
        sheet = create_rating_sheet(
            by=writer,
            neighbourhood=round.neighbourhood,
            core=round.core,
            when="voor",
            side="bewoner",
            seen=True,
            answers={"wonen": (3, canary(round.core))},
        )
        self._put("sheet", side, slug, sheet.pk)

    def _course(self, side: str, writer: Person, guide: Person) -> None:
        """Plan a meeting, make a sub-team, look at a point and park something; the ring knows of the meeting alone."""
        round, slug = self.rounds[side], self.rounds[side].slug
        for_ring, for_core = canary(round.ring), canary(round.core)
        meeting = meetings.plan_meeting(by=guide, round=round, what=for_ring, where=for_ring, steps=[3])
        meetings.record_meeting_notes(by=writer, meeting=meeting, version=1, notes=for_core)
        subteam = team.create_subteam(by=guide, round=round, name=for_core, problem=for_core, people=[writer])
        team.record_subteam_findings(by=writer, subteam=subteam, version=1, found=for_core)
        onward.score(by=guide, round=round, point="stap3-open", level=2, note=for_core)
        parked = onward.park(by=writer, round=round, text=for_core, why=for_core)
        self._put("meeting", side, slug, meeting.pk)
        self._put("subteam", side, slug, subteam.pk)
        self._put("parked", side, slug, parked.pk)
        self._put("points", side, slug, 3)
        self._put("point", side, slug, 3, "stap3-open")
        self._put("mate", side, slug, self.world["ring_member" if side == "own" else "foreign_ring"].pk)

    def _weigh(self, side: str, writer: Person, guide: Person, line: PictureLine) -> None:
        """Say something of the picture that the ring reads, weigh and choose, and lay a version for the core group."""
        round, slug = line.round, line.round.slug
        for_ring, for_core = canary(round.ring), canary(round.core)
        shared = round.versions.get()
        versions.give_version_opinion(by=writer, picture=shared, stance="oneens", words=f"{for_ring}, {for_ring}")
        versions.agree_version(by=guide, picture=shared)
        publication.ask_consent(by=guide, picture=shared)
        publication.answer_consent(by=writer, picture=shared, answer="ingekort", shortened=for_ring, version=1)
        said = versions.comment(by=writer, picture=shared, who=for_ring, text=for_ring)
        versions.answer_comment(by=guide, comment=said, version=1, answer=for_ring)
        (criterion,) = priorities.add_criteria(by=guide, round=round, texts=[for_core])
        priorities.weigh(by=writer, round=round, points={(line.pk, criterion.pk): (None, 2)})
        priorities.choose(by=guide, line=line, first=True, reason=for_core)
        laid = versions.submit_version(by=guide, round=round)
        versions.give_version_opinion(by=writer, picture=laid, stance="oneens", words=for_core)
        self._put("version", side, slug, shared.number)
        self._put("core_version", side, slug, laid.number)
        self._put("comment", side, slug, said.pk)
        self._put("criterion", side, slug, criterion.pk)

    def _carry(self, side: str, writer: Person, claim: Claim, effort: Effort) -> None:
        """Agree what the area carries, propose something else, and say which support it needs."""
        round, for_core = self.rounds[side], canary(self.rounds[side].core)
        given: dict[str, Any] = {
            "by": writer,
            "round": round,
            "area": round.neighbourhood.codes[0],
            "low": 10,
            "high": 14,
            "load": "5-9",
            "reason": for_core,
            "review_on": timezone.localdate() + timedelta(days=100),
            "claims": [claim],
        }
        agreed = propose_capacity(**given)
        voice = answer_capacity(by=round.started_by, capacity=agreed, stance="kanttekening", words=for_core)
        assert voice.organisation != agreed.organisation
        proposed = propose_capacity(**given | {"room_low": 2, "efforts": [effort]})
        kept = {name: given[name] for name in ("by", "round", "reason", "review_on", "claims")}
        support = set_support(
            **kept, kind="begeleiding", what=for_core, who=for_core, unit=for_core, need_low=2, need_high=3, have=1
        )
        self._put("capacity", side, round.slug, agreed.pk)
        self._put("proposed_capacity", side, round.slug, proposed.pk)
        self._put("support", side, round.slug, support.pk)

    def _mark_places(self, side: str, writer: Person, words: str) -> None:
        landmark = add_landmark(
            by=writer,
            neighbourhood=self.rounds[side].neighbourhood,
            kind="school",
            name=words,
            about=words,
            source=words,
            shape={"type": "Point", "coordinates": [5.2, 52.2]},
        )
        self._put("landmark", side, self.rounds[side].slug, landmark.pk)
        self._put("landmarks", side, self.rounds[side].slug, landmark.pk, landmark.pk)

    def _tell(self, round: Round, writer: Person) -> list[Story]:
        """Tell a story to the own organisation, one to the core group and one to the ring."""
        assert writer.organisation is not None
        place: Neighbourhood = round.neighbourhood
        circles = (writer.organisation.circle, round.core, round.ring)
        return [
            looked_at(
                create_story(
                    by=writer,
                    neighbourhood=place,
                    circle=circle,
                    text=f"Verhaal {canary(circle)}",
                    source="bewoner",
                    seen=True,
                )
            )
            for circle in circles
        ]

    def _judge(self, writer: Person, guide: Person, story: Story, audience: Circle) -> Claim:
        """Bring in a claim, test and judge it, and disagree; the words are for who reads the picture on it."""
        round = self.rounds["own" if writer == self.world["core_member"] else "foreign"]
        words, for_core = canary(audience), canary(round.core)
        claim = claims.create_claim(by=writer, round=round, text=f"Getoetst {words}", quote=for_core)
        claims.add_figure(by=writer, claim=claim, figure=figure(sentence=for_core), says="ja", note=for_core)
        claims.add_story(by=writer, claim=claim, story=story, says="nee", note=for_core)
        opened(guide, claim)
        claims.judge(by=guide, claim=claim, version=claim.version, verdict="genuanceerd", reason=for_core)
        claims.give_opinion(by=writer, claim=claim, stance="oneens", words=words)
        return claim

    def _agree(self, side: str, writer: Person, guide: Person, delivery: Delivery) -> None:
        """Agree on sharing: a version that both signed, with a promise and its delivery, and a draft beside it."""
        round, until = self.rounds[side], timezone.localdate() + timedelta(days=60)
        for_core = canary(round.core)
        texts = dict.fromkeys(("purpose", "ground", "third_parties", "rights", "security", "steering"), for_core)
        agreement = agreement_actions.create_agreement(by=guide, round=round, until=until, **texts)
        agreement_actions.propose_agreement(by=guide, agreement=agreement, version=agreement.version)
        for who in (writer, guide):
            agreement_actions.sign_agreement(by=who, agreement=agreement, role=for_core)
        line = agreement_actions.pledge(
            by=writer, round=round, what=for_core, audience="core", until=until, delivery=delivery
        )
        agreement_actions.create_agreement(by=guide, round=round, until=until, **texts)
        assert writer.organisation is not None
        told = dict.fromkeys(("can", "for_whom", "mandate", "hours", "reach"), "wij helpen bij van alles")
        write_profile(by=writer, organisation=writer.organisation, **told)
        self._put("agreement_version", side, round.slug, agreement.number)
        self._put("pledge", side, round.slug, line.pk)
        self._put("partner", side, writer.organisation.slug)

    def _deliver(self, side: str, writer: Person) -> Delivery:
        """Deliver counts: a draft, a delivery of the own organisation, and one shared with the core group."""
        assert writer.organisation is not None
        home, core = canary(writer.organisation.circle), self.rounds[side].core
        values = dict(zip(self.codes, (3, {"own": 987_654, "foreign": FOREIGN_COUNT}[side], 40, 150), strict=False))
        self._put("draft", side, draft(writer, values, home).pk)
        self._put("home_delivery", side, kept(writer, values, home).pk)
        title = "Gedeeld" if side == "own" else canary(core)  # colleagues outside the core group read it too
        shared = share(writer, core, title, values)
        self._put("shared_delivery", side, shared.pk)
        until = timezone.localdate() + timedelta(days=14)
        reply = Reply.objects.create(release="r0", delivery=shared, asked_by=writer, until=until)
        self._put("reply", side, reply.pk)
        return shared

    def _plan(self, side: str, writer: Person, claim: Claim) -> None:
        """Agree a result and an effort, and evaluate the result; a second result waits for its evaluation."""
        round, slug = claim.round, claim.round.slug
        for_core = canary(round.core)
        wanted = {
            "title": for_core,
            "per_what": for_core,
            "target_low": 55.0,
            "target_high": 60.0,
            "target_year": 2027,
            "baseline": figure(sentence=for_core),
            "claims": [claim],
        }
        result, waiting = (agree_result(by=writer, round=round, **wanted) for _number in range(2))
        effort = agree_effort(
            by=writer,
            result=result,
            organisation=writer.organisation,
            what=for_core,
            first_sign=for_core,
            since=date(2026, 1, 1),
            evidence_class="eigen_idee",
            claims=[claim],
        )
        guide = round.started_by
        asked = agree_effort(
            by=guide,
            result=result,
            organisation=writer.organisation,
            what=f"Vraag {for_core}",
            first_sign=for_core,
            since=date(2026, 1, 1),
            evidence_class="eigen_idee",
            claims=[claim],
        )
        told = report_progress(
            by=writer, effort=effort, start=date(2026, 1, 1), end=date(2026, 2, 1), reached=3, better_off=for_core
        )
        condition = set_condition(by=writer, round=round, about="plaatsen", text=for_core, claims=[claim])
        self._carry(side, writer, claim, effort)
        version = agree_plan(by=guide, round=round)
        line = evaluate(
            by=writer, result=result, outcome="onbekend", now=None, reason=for_core, next="doorgaan", next_text=for_core
        )
        self._put("result", side, slug, result.pk)
        self._put("waiting", side, slug, waiting.pk)
        self._put("effort", side, slug, effort.pk)
        self._put("confirm_from_list", side, effort.pk)
        self._put("proposal", side, slug, asked.pk)
        self._put("progress", side, slug, told.pk)
        self._put("condition", side, slug, condition.pk)
        self._put("plan_version", side, slug, version.number)
        self._put("evaluated", side, slug, line.pk)
