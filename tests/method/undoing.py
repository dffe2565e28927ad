"""Every destructive act in the product with its undo, as data; the few without one say why not.

Adding an action that takes something away, ends or replaces it? Add an `Act(...)` below: the suite carries each out
and undoes it, and the state before must be the state after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from buurtbalans.method.base import actions as text_actions
from buurtbalans.method.capacities import actions as capacities
from buurtbalans.method.capacities.models import Capacity, Support
from buurtbalans.method.datasets import actions as datasets
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.datasets.queries.releases import store
from buurtbalans.method.fairness import actions as fairness
from buurtbalans.method.fairness.models import OutsideTotals
from buurtbalans.method.people import actions as people
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.placements.actions import batches
from buurtbalans.method.placements.models import PlacingBatch
from buurtbalans.method.places import actions as places
from buurtbalans.method.places.models import Landmark
from buurtbalans.method.plans.actions import conditions, efforts, progress, results
from buurtbalans.method.plans.models import Condition, Effort, Progress, Result
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.actions import claims, meetings, onward, priorities, publication, team, versions
from buurtbalans.method.rounds.actions import picture as picture_actions
from buurtbalans.method.rounds.models import (
    Agreement,
    Comment,
    Criterion,
    Evidence,
    Meeting,
    Parked,
    PictureLine,
    PictureVersion,
    Pledge,
    SubTeam,
)
from buurtbalans.method.stories.actions import codebook, feelings, interview, ratings
from buurtbalans.method.stories.actions import stories as stories_actions
from buurtbalans.method.stories.models import Code, Feeling, PublishedFeelings, RatingSheet, Story
from buurtbalans.site.texts import KINDS
from tests.method.publishing import published
from tests.site.content_fixtures import Content

# How the name of an action begins that takes something away, ends it, or puts another in its place.
DESTRUCTIVE: Final = (
    "withdraw",
    "remove",
    "delete",
    "discard",
    "end_",
    "close",
    "erase",
    "empty",
    "tidy",
    "undo",
    "narrow",
    "decline",
    "assign_guide",
    "revoke",
    "replace",
    "cancel",
    "leave",
    "drop",
)
Doing = Callable[[Content, Any], Any]


@dataclass(frozen=True)
class Act:
    """An act, on what, and its undo; `beside` are fields that may differ afterwards, `why` says why none exists."""

    name: str
    of: Callable[[Content], Any]
    do: Doing
    undo: Doing | None = None
    beside: tuple[str, ...] = ()
    why: str = ""


def put(kind: str) -> Callable[[Content], int]:
    """Return what finds the number of an own thing."""
    return lambda content: int(content.args[kind]["own"][-1])


def one(model: Any, kind: str) -> Callable[[Content], Any]:
    """Return what finds an own thing."""
    return lambda content: model._base_manager.get(pk=put(kind)(content))


def guide(content: Content) -> Any:
    return content.world["process_guide"]


def writer(content: Content) -> Any:
    return content.world["core_member"]


def both(write: Any, name: str, who: Callable[[Content], Any] = writer) -> Doing:
    """Return an action as something that is done to a thing by somebody."""
    return lambda content, thing: write(by=who(content), **{name: thing})


def placer(content: Content) -> Any:
    return content.world["placing_officer"]


def own_round(content: Content) -> Any:
    content.rounds["own"].refresh_from_db()
    return content.rounds["own"]


def agreed_version(content: Content) -> PictureVersion:
    picture = PictureVersion.objects.get(round=own_round(content), number=put("core_version")(content))
    versions.agree_version(by=guide(content), picture=picture)
    return published(guide(content), picture, writer(content))


def signed(content: Content) -> Agreement:
    agreement: Agreement = Agreement.objects.get(round=own_round(content), number=put("agreement_version")(content))
    return agreement


def seat(content: Content) -> Any:
    return content.world["ring_member"].memberships.get(role=Role.RING_MEMBER)


def withdraw_delivery(content: Content, delivery: Delivery) -> None:
    datasets.withdraw_delivery(by=writer(content), delivery=delivery, version=delivery.version)


def restore_delivery(content: Content, delivery: Delivery) -> None:
    delivery.refresh_from_db()
    datasets.restore_delivery(by=writer(content), delivery=delivery, version=delivery.version)


def story_of(content: Content) -> Story:
    story: Story = Story.objects.get(pk=put("core_story")(content))
    return story


KEPT_BY_LAW: Final = "wat bewaard bleef tot zijn termijn om is, mag daarna niet terugkomen"
ACTS: Final = (
    Act(
        "people.close_account",
        lambda content: content.world["reader"],
        lambda content, person: people.close_account(by=content.world["administrator"], person=person),
        lambda content, person: people.open_account(by=content.world["administrator"], person=person),
    ),
    Act(
        "people.withdraw",
        seat,
        lambda content, seat: people.withdraw(by=guide(content), membership=seat),
        lambda content, seat: people.grant(
            by=guide(content), person=seat.person, role=Role(seat.role), circle=seat.circle
        ),
    ),
    Act(
        "base.withdraw_text",
        one(PictureLine, "line"),
        lambda content, line: text_actions.withdraw_text(
            by=guide(content), text=line, kind=KINDS["rounds.pictureline"]
        ),
        lambda content, line: text_actions.restore_text(by=guide(content), text=line, kind=KINDS["rounds.pictureline"]),
    ),
    Act(
        "base.erase_version",
        one(PictureLine, "line"),
        lambda content, line: None,
        why="voor wat er nooit had mogen staan, zoals een naam: de schrijver vraagt het, en de pagina zegt het eerst",
    ),
    Act("base.empty_trash", one(PictureLine, "line"), lambda content, line: None, why=KEPT_BY_LAW),
    Act("datasets.tidy", one(Delivery, "home_delivery"), lambda content, delivery: None, why=KEPT_BY_LAW),
    Act(
        "datasets.discard",
        put("draft"),
        lambda content, draft: None,
        why="een ruwe tabel gaat meteen van de server; wie hem stuurde heeft het bestand en levert het opnieuw aan",
    ),
    Act("datasets.withdraw_delivery", one(Delivery, "home_delivery"), withdraw_delivery, restore_delivery),
    Act(
        "datasets.undo_release",
        lambda content: store().published_id(),
        lambda content, release: datasets.undo_release(by=None),
        lambda content, release: datasets.publish_release(by=None, release=release, confirmed=True),
    ),
    Act(
        "places.withdraw_landmark",
        one(Landmark, "landmark"),
        both(places.withdraw_landmark, "landmark"),
        both(places.restore_landmark, "landmark"),
    ),
    Act(
        "places.withdraw_landmarks",
        one(Landmark, "landmark"),
        lambda content, landmark: places.withdraw_landmarks(
            by=writer(content), neighbourhood=landmark.neighbourhood, first=landmark.pk, last=landmark.pk
        ),
        both(places.restore_landmark, "landmark"),
    ),
    Act(
        "stories.withdraw_story",
        one(Story, "home_story"),
        both(stories_actions.withdraw_story, "story"),
        both(stories_actions.restore_story, "story"),
    ),
    Act(
        "stories.withdraw_interview",
        story_of,
        lambda content, story: interview.withdraw_interview(by=writer(content), stories=[story]),
        lambda content, story: interview.restore_interview(by=writer(content), stories=[story]),
    ),
    Act(
        "stories.withdraw_code",
        one(Code, "code"),
        both(codebook.withdraw_code, "code"),
        both(codebook.restore_code, "code"),
    ),
    Act(
        "stories.withdraw_feeling",
        one(Feeling, "core_feeling"),
        both(feelings.withdraw_feeling, "feeling"),
        both(feelings.restore_feeling, "feeling"),
    ),
    Act(
        "stories.withdraw_published_feelings",
        one(PublishedFeelings, "shown_feelings"),
        both(feelings.withdraw_published_feelings, "published_feelings", guide),
        both(feelings.restore_published_feelings, "published_feelings", guide),
    ),
    Act(
        "stories.withdraw_sheet",
        one(RatingSheet, "sheet"),
        both(ratings.withdraw_sheet, "sheet"),
        both(ratings.restore_sheet, "sheet"),
    ),
    Act(
        "stories.untag_story",
        one(Code, "code"),
        lambda content, code: codebook.untag_story(by=writer(content), code=code, story=story_of(content)),
        lambda content, code: codebook.tag_story(by=writer(content), code=code, story=story_of(content)),
        ("at",),
    ),
    Act(
        "rounds.withdraw_parked",
        one(Parked, "parked"),
        both(onward.withdraw_parked, "parked"),
        both(onward.restore_parked, "parked"),
    ),
    Act(
        "rounds.withdraw_meeting",
        one(Meeting, "meeting"),
        both(meetings.withdraw_meeting, "meeting", guide),
        both(meetings.restore_meeting, "meeting", guide),
    ),
    Act(
        "rounds.withdraw_subteam",
        one(SubTeam, "subteam"),
        both(team.withdraw_subteam, "subteam", guide),
        both(team.restore_subteam, "subteam", guide),
    ),
    Act(
        "rounds.remove_from_team",
        lambda content: content.world["ring_member"],
        lambda content, person: team.remove_from_team(by=guide(content), round=own_round(content), person=person),
        lambda content, person: team.add_to_team(
            by=guide(content), round=own_round(content), person=person, role=Role.RING_MEMBER
        ),
    ),
    Act(
        "rounds.assign_guide",
        writer,
        lambda content, person: team.assign_guide(by=guide(content), round=own_round(content), person=person),
        lambda content, person: team.assign_guide(by=person, round=own_round(content), person=guide(content)),
    ),
    Act(
        "rounds.close_round",
        own_round,
        lambda content, round: onward.close_round(
            by=guide(content), round=round, version=round.version, reached=round.reached, onward=round.onward
        ),
        both(onward.reopen_round, "round", guide),
    ),
    Act(
        "rounds.withdraw_evidence",
        one(Evidence, "evidence"),
        both(claims.withdraw_evidence, "evidence"),
        both(claims.restore_evidence, "evidence"),
    ),
    Act(
        "rounds.withdraw_line",
        one(PictureLine, "line"),
        both(picture_actions.withdraw_line, "line", guide),
        both(picture_actions.restore_line, "line", guide),
    ),
    Act(
        "rounds.withdraw_criterion",
        one(Criterion, "criterion"),
        both(priorities.withdraw_criterion, "criterion", guide),
        both(priorities.restore_criterion, "criterion", guide),
    ),
    Act(
        "rounds.withdraw_comment",
        one(Comment, "comment"),
        both(versions.withdraw_comment, "comment", guide),
        both(versions.restore_comment, "comment", guide),
    ),
    Act(
        "rounds.unpublish_version",
        agreed_version,
        both(publication.unpublish_version, "picture", guide),
        both(publication.publish_version, "picture", guide),
        ("shared_at",),
    ),
    Act(
        "rounds.withdraw_pledge",
        one(Pledge, "pledge"),
        both(agreement_actions.withdraw_pledge, "pledge"),
        both(agreement_actions.restore_pledge, "pledge"),
    ),
    Act(
        "rounds.withdraw_signature",
        signed,
        lambda content, agreement: agreement_actions.withdraw_signature(
            by=writer(content), agreement=agreement, reason="Even."
        ),
        lambda content, agreement: agreement_actions.sign_agreement(
            by=writer(content), agreement=agreement, role="manager"
        ),
        why="getekend is getekend: wie terugneemt en weer tekent, ziet beide handtekeningen met hun dag staan",
    ),
    Act(
        "rounds.end_agreement",
        signed,
        lambda content, agreement: None,
        why="getekend is getekend: er volgt een nieuwe versie, die met dezelfde tekst en regels begint",
    ),
    Act(
        "plans.decline_effort",
        one(Effort, "proposal"),
        lambda content, effort: efforts.decline_effort(by=writer(content), effort=effort, reason="Geen tijd."),
        both(efforts.restore_effort, "effort"),
    ),
    Act(
        "plans.withdraw_result",
        one(Result, "waiting"),
        both(results.withdraw_result, "result"),
        both(results.restore_result, "result"),
    ),
    Act(
        "plans.withdraw_effort",
        one(Effort, "effort"),
        both(efforts.withdraw_effort, "effort"),
        both(efforts.restore_effort, "effort"),
    ),
    Act(
        "plans.withdraw_progress",
        one(Progress, "progress"),
        both(progress.withdraw_progress, "progress"),
        both(progress.restore_progress, "progress"),
    ),
    Act(
        "plans.withdraw_condition",
        one(Condition, "condition"),
        both(conditions.withdraw_condition, "condition"),
        both(conditions.restore_condition, "condition"),
    ),
    Act(
        "capacities.withdraw_capacity",
        one(Capacity, "capacity"),
        both(capacities.withdraw_capacity, "capacity"),
        both(capacities.restore_capacity, "capacity"),
    ),
    Act(
        "capacities.withdraw_support",
        one(Support, "support"),
        both(capacities.withdraw_support, "support"),
        both(capacities.restore_support, "support"),
    ),
    Act(
        "fairness.withdraw_totals",
        one(OutsideTotals, "outside_totals"),
        lambda content, totals: fairness.withdraw_totals(by=placer(content), totals=totals),
        lambda content, totals: fairness.restore_totals(by=placer(content), totals=totals),
    ),
    Act(
        "datasets.remove_from_release",
        put("reply"),
        lambda content, reply: None,
        why="er komt een nieuwe uitgave zonder de levering; de uitgave waar zij in zat is bevroren en blijft bestaan",
    ),
    Act(
        "placements.close",
        one(PlacingBatch, "batch"),
        both(batches.close, "batch", placer),
        both(batches.reopen, "batch", placer),
    ),
    Act(
        "placements.remove_batch",
        one(PlacingBatch, "batch"),
        lambda content, batch: None,
        why="wat niet ingelezen had mogen worden gaat meteen van de server; wie het stuurde leest het opnieuw in",
    ),
    Act("placements.erase_batches", put("draft"), lambda content, draft: None, why=KEPT_BY_LAW),
)
