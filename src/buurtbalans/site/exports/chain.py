"""The whole chain of a round for its archive: from the question to the evaluation, each item with what it rests on.

Each item has an `id`, such as `claim:12`, and names the ids that it rests on. What the reader may not see is not there,
and neither is a reference to it: `unseen` counts those, so that a reader knows that something lies below.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from django.db.models import Model

from buurtbalans.method.evaluation.queries import chain as told_chain
from buurtbalans.method.evaluation.queries import rows_of
from buurtbalans.method.plans.models import Condition, PlanVersion, Progress
from buurtbalans.method.plans.queries import results_of
from buurtbalans.method.rounds.models import (
    Agreement,
    Comment,
    Criterion,
    Meeting,
    Parked,
    PictureVersion,
    PictureVoice,
    Priority,
    Round,
    SubTeam,
    Weighing,
)  # fmt: skip
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries import stories_of
from buurtbalans.site.papers.facts import Viewer, told

Item = dict[str, Any]
Chain = dict[str, list[Item]]
REFERENCE: Final = re.compile(r"[a-z_]+:[0-9a-z-]+")
REFERRING: Final = ("of", "for", "voice", "about", "measures", "follows")  # one id; `rests_on` holds several
# Every kind in the order in which the method makes it.
KINDS: Final = (
    "question", "agreements", "pledges", "signatures", "meetings", "subteams", "parked", "figures", "stories", "claims",
    "gaps", "picture", "criteria", "weighings", "priorities", "picture_versions", "picture_voices", "comments",
    "results", "efforts", "progress", "conditions", "plan_versions", "evaluation",
)  # fmt: skip


def whole_chain(round: Round, viewer: Viewer) -> Chain:
    """Return every item of a round that the viewer may read, by kind."""
    found: dict[str, Any] = dict(told_chain(round, viewer))
    about = dict(found.pop("round"))
    about["id"] = f"question:{round.slug}"
    found["question"] = [about | {"scope": round.scope, "rests_on": []}]
    makers: tuple[Callable[[Round, Viewer], Chain], ...] = (_agreed, _met, _weighed, _shown, _planned)
    for make in makers:
        found |= make(round, viewer)
    _add_measured(found, round, viewer)
    _add_told(found, round, viewer)
    return _closed({kind: found.get(kind, []) for kind in KINDS}, f"question:{round.slug}")


def references(item: Mapping[str, Any]) -> Iterator[str]:
    """Yield every id that an item refers to, wherever it stands."""
    yield from (each for each in item.get("rests_on", ()) if each)
    for name, value in item.items():
        if name in REFERRING and isinstance(value, str) and REFERENCE.fullmatch(value):
            yield value
        elif isinstance(value, list) and name != "rests_on":
            yield from (one for part in value if isinstance(part, dict) for one in references(part))


def _agreed(round: Round, viewer: Viewer) -> Chain:
    agreements = list(
        Agreement.objects.visible_to(viewer).filter(round=round, withdrawn_at=None).order_by("number")
        .prefetch_related("pledges__organisation", "signatures__organisation", "signatures__by")
    )  # fmt: skip
    fields = ("number", "purpose", "ground", "third_parties", "rights", "security", "steering", "until", "proposed_at",
              "ended_at", "end_reason")  # fmt: skip
    asked = [f"question:{round.slug}"]
    return {
        "agreements": [_item("agreement", each, fields, rests_on=asked) for each in agreements],
        "pledges": [
            _item("pledge", each, ("what", "audience", "until"), organisation=each.organisation.name,
                  rests_on=[f"agreement:{agreement.pk}"])
            for agreement in agreements for each in agreement.pledges.all() if each.withdrawn_at is None
        ],
        "signatures": [
            _item("signature", each, ("role", "at", "taken_back_at", "reason"), organisation=each.organisation.name,
                  by=str(each.by), rests_on=[f"agreement:{agreement.pk}"])
            for agreement in agreements for each in agreement.signatures.all()
        ],
    }  # fmt: skip


def _met(round: Round, viewer: Viewer) -> Chain:
    asked = [f"question:{round.slug}"]

    def standing(model: Any) -> Any:
        return model.objects.visible_to(viewer).filter(round=round, withdrawn_at=None)

    return {
        "meetings": [_item("meeting", each, ("at", "minutes", "where", "what", "steps", "notes"), rests_on=asked)
                     for each in standing(Meeting)],
        "subteams": [_item("subteam", each, ("name", "problem", "found"), rests_on=asked)
                     for each in standing(SubTeam)],
        "parked": [_item("parked", each, ("text", "why"), organisation=_named(each.organisation), rests_on=asked)
                   for each in standing(Parked).select_related("organisation")],
    }  # fmt: skip


def _weighed(round: Round, viewer: Viewer) -> Chain:
    """Return what the group weighed and chose; points and reasons are for the core group alone."""
    criteria = list(Criterion.objects.visible_to(viewer).filter(round=round, withdrawn_at=None))
    seen = Round.objects.filter(pk=round.pk, core__in=_circles(viewer)).exists()
    weighings = Weighing.objects.filter(criterion__in=criteria, line__withdrawn_at=None).select_related("organisation")
    chosen = Priority.objects.filter(line__round=round, line__withdrawn_at=None, withdrawn_at=None) if seen else ()
    return {
        "criteria": [_item("criterion", each, ("text", "weight"), rests_on=[f"question:{round.slug}"])
                     for each in criteria],
        "weighings": [_item("weighing", each, ("points",), organisation=each.organisation.name,
                            rests_on=[f"line:{each.line_id}", f"criterion:{each.criterion_id}"]) for each in weighings],
        "priorities": [_item("priority", each, ("first", "reason"), rests_on=[f"line:{each.line_id}"])
                       for each in chosen],
    }  # fmt: skip


def _circles(viewer: Viewer) -> Any:
    from buurtbalans.method.people.models import Circle

    return Circle.objects.visible_to(viewer)


def _shown(round: Round, viewer: Viewer) -> Chain:
    versions = list(PictureVersion.objects.visible_to(viewer).filter(round=round).order_by("number"))
    voices = PictureVoice.objects.filter(picture__in=versions, withdrawn_at=None).select_related("organisation")
    comments = Comment.objects.filter(picture__in=versions, withdrawn_at=None)
    return {
        "picture_versions": [_item("picture_version", each, ("number", "content", "at", "agreed_at"),
                                   rests_on=[f"question:{round.slug}"]) for each in versions],
        "picture_voices": [_item("picture_voice", each, ("stance", "words"), organisation=each.organisation.name,
                                 rests_on=[f"picture_version:{each.picture_id}"]) for each in voices],
        "comments": [_item("comment", each, ("who", "text", "answer", "answered_at"),
                           rests_on=[f"picture_version:{each.picture_id}"]) for each in comments],
    }  # fmt: skip


def _planned(round: Round, viewer: Viewer) -> Chain:
    progress = Progress.objects.visible_to(viewer).filter(effort__result__round=round, withdrawn_at=None)
    conditions = Condition.objects.visible_to(viewer).filter(round=round, withdrawn_at=None).prefetch_related("claims")
    versions = PlanVersion.objects.visible_to(viewer).filter(round=round).order_by("number")
    went = ("start", "end", "reached", "meant", "dose", "quality", "better_off")
    return {
        "progress": [_item("progress", each, went, rests_on=[f"effort:{each.effort_id}"]) for each in progress],
        "conditions": [_item("condition", each, ("about_what", "text", "area", "review_on"),
                             rests_on=[f"claim:{claim.pk}" for claim in each.claims.all()]) for each in conditions],
        "plan_versions": [_item("plan_version", each, ("number", "content", "at"),
                                rests_on=[f"question:{round.slug}"]) for each in versions],
    }  # fmt: skip


def _add_measured(found: Chain, round: Round, viewer: Viewer) -> None:
    """Give the baseline and the figure of now an id of their own, and the stories of the evaluation their place."""
    figures, stories = list(found["figures"]), {item["id"]: item for item in found["stories"]}
    results = {f"result:{each.pk}": each for each in results_of(round, viewer)}
    for item in found["results"]:
        result = results[item["id"]]
        seen = told(result.baseline, viewer)
        figures.append({"id": f"figure:baseline-{result.pk}", **seen})
        item |= {"baseline": seen, "measures": f"figure:baseline-{result.pk}", "measured_by": result.measured_by,
                 "measured_on": _plain(result.measured_on), "asked_too": result.asked_too}  # fmt: skip
    lines = {f"evaluation:{line.pk}": line for _result, line in rows_of(round, viewer) if line is not None}
    for item in found["evaluation"]:
        line = lines[item["id"]]
        if line.now is not None:
            seen = told(line.now, viewer)
            figures.append({"id": f"figure:now-{line.pk}", **seen})
            item |= {"now": seen, "measures": f"figure:now-{line.pk}"}
        item["voice"] = f"story:{line.voice.pk}" if line.voice else None
        if line.voice:
            stories.setdefault(f"story:{line.voice.pk}", _story(line.voice))
    found["figures"], found["stories"] = figures, list(stories.values())


def _add_told(found: Chain, round: Round, viewer: Viewer) -> None:
    """Add the stories that were told to the core group or the ring of this round and lie beside no claim yet.

    What somebody told to their own organisation stays there, also for a colleague who makes the archive.
    """
    known = {item["id"] for item in found["stories"]}
    shared = stories_of(round.neighbourhood, viewer).filter(circle__in=(round.core_id, round.ring_id))
    found["stories"] += [_story(each) for each in shared.order_by("pk") if f"story:{each.pk}" not in known]


def _story(story: Story) -> Item:
    return {"id": f"story:{story.pk}", "text": story.text, "teller": story.teller, "source": story.source}


def _closed(found: Chain, root: str) -> Chain:
    """Return the chain without references to what is not in it; `unseen` says how many those were."""
    known = {item["id"] for items in found.values() for item in items}
    for kind, items in found.items():
        for item in items:
            asked = list(item.get("rests_on", []))
            if not asked and kind not in ("question", "figures", "stories"):
                asked = [root]
            item["rests_on"] = [each for each in asked if each in known]
            item["unseen"] = len(asked) - len(item["rests_on"])
            for name in REFERRING:
                if isinstance(item.get(name), str) and REFERENCE.fullmatch(item[name]) and item[name] not in known:
                    item[name] = None
    return found


def _item(kind: str, row: Model, fields: Iterable[str], **more: Any) -> Item:
    item: Item = {"id": f"{kind}:{row.pk}"}
    for name in fields:
        item[name] = _plain(getattr(row, "about" if name == "about_what" else name))
    return item | more


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _named(organisation: Any) -> str:
    return organisation.name if organisation is not None else ""
