"""The whole chain of a round for its archive: from the question to the evaluation, each item with what it rests on.

Each item has an `id`, such as `claim:12`, and names the ids that it rests on. What the reader may not see is not there,
and neither is a reference to it: `unseen` counts those, so that a reader knows that something lies below.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from django.db.models import Model

from buurtbalans.method.capacities.queries import chain as carried
from buurtbalans.method.evaluation.queries import method_chain, rows_of
from buurtbalans.method.plans.models import PlanVersion
from buurtbalans.method.plans.queries.plan import results_of
from buurtbalans.method.plans.queries.progress import progress_reports
from buurtbalans.method.plans.queries.versions import readable_content
from buurtbalans.method.plans.queries.versions import versions_of as plan_versions_of
from buurtbalans.method.rounds.agreement_parts import NAMES as AGREEMENT_TEXTS
from buurtbalans.method.rounds.models import (
    Agreement,
    Criterion,
    Evidence,
    Meeting,
    Parked,
    PictureVersion,
    Priority,
    Round,
    SubTeam,
    Weighing,
)
from buurtbalans.method.rounds.queries.evidence import told
from buurtbalans.method.rounds.queries.versions import comments_of, frozen_dissent, frozen_lines, voices_of
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries.stories import stories_of
from buurtbalans.site.papers.facts import Viewer

Item = dict[str, Any]
Chain = dict[str, list[Item]]
REFERENCE: Final = re.compile(r"[a-z_]+:[0-9a-z-]+")
REFERRING: Final = ("rests_on", "of", "for", "voice", "about", "measures", "figures", "stories", "gaps")
# Every kind in the order in which the method makes it.
KINDS: Final = (
    "question",
    "agreements",
    "pledges",
    "signatures",
    "meetings",
    "subteams",
    "parked",
    "figures",
    "stories",
    "claims",
    "gaps",
    "picture",
    "criteria",
    "weighings",
    "priorities",
    "picture_versions",
    "picture_voices",
    "comments",
    "results",
    "efforts",
    "progress",
    "conditions",
    "capacities",
    "supports",
    "plan_versions",
    "evaluation",
)


def whole_chain(round: Round, viewer: Viewer) -> Chain:
    """Return every item of a round that the viewer may read, by kind."""
    chain: dict[str, Any] = dict(method_chain(round, viewer))
    about = dict(chain.pop("round"))
    about["id"] = f"question:{round.slug}"
    chain["question"] = [about | {"scope": round.scope, "rests_on": []}]
    makers: tuple[Callable[[Round, Viewer], Chain], ...] = (
        _agreement_items,
        _met,
        _weighed,
        _picture_items,
        _plan_items,
        carried,
    )
    for make in makers:
        chain |= make(round, viewer)
    _add_measurements(chain, round, viewer)
    _add_stories(chain, round, viewer)
    return _without_dangling_references({kind: chain.get(kind, []) for kind in KINDS}, f"question:{round.slug}")


def references(value: Any, name: str = "") -> Iterator[str]:
    """Yield every id that an item refers to, wherever it stands; its own `id` is no reference."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from references(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from references(part, name)
    elif name in REFERRING and isinstance(value, str) and REFERENCE.fullmatch(value):
        yield value


def _agreement_items(round: Round, viewer: Viewer) -> Chain:
    agreements = list(
        Agreement.objects.visible_to(viewer)
        .filter(round=round, withdrawn_at=None)
        .order_by("number")
        .prefetch_related("pledges__organisation", "signatures__organisation", "signatures__by")
    )
    fields = (
        "number",
        *AGREEMENT_TEXTS,
        "until",
        "proposed_at",
        "ended_at",
        "end_reason",
    )
    asked = [f"question:{round.slug}"]
    return {
        "agreements": [_item("agreement", each, fields, rests_on=asked) for each in agreements],
        "pledges": [
            _item(
                "pledge",
                pledge,
                ("what", "audience", "until"),
                organisation=pledge.organisation.name,
                rests_on=[f"agreement:{agreement.pk}"],
            )
            for agreement in agreements
            for pledge in agreement.pledges.all()
            if pledge.withdrawn_at is None
        ],
        "signatures": [
            _item(
                "signature",
                signature,
                ("role", "at", "taken_back_at", "reason"),
                organisation=signature.organisation.name,
                by=str(signature.by),
                rests_on=[f"agreement:{agreement.pk}"],
            )
            for agreement in agreements
            for signature in agreement.signatures.all()
        ],
    }


def _met(round: Round, viewer: Viewer) -> Chain:
    asked = [f"question:{round.slug}"]

    def standing(model: Any) -> Any:
        return model.objects.visible_to(viewer).filter(round=round, withdrawn_at=None)

    return {
        "meetings": [
            _item("meeting", each, ("at", "minutes", "where", "what", "steps", "notes"), rests_on=asked)
            for each in standing(Meeting)
        ],
        "subteams": [
            _item("subteam", each, ("name", "problem", "found"), rests_on=asked) for each in standing(SubTeam)
        ],
        "parked": [
            _item("parked", each, ("text", "why"), organisation=_organisation_name(each.organisation), rests_on=asked)
            for each in standing(Parked).select_related("organisation")
        ],
    }


def _weighed(round: Round, viewer: Viewer) -> Chain:
    """Return what the group weighed and chose; points and reasons are for the core group alone."""
    criteria = list(Criterion.objects.visible_to(viewer).filter(round=round, withdrawn_at=None))
    seen = Round.objects.filter(pk=round.pk, core__in=_circles(viewer)).exists()
    weighings = Weighing.objects.filter(criterion__in=criteria, line__withdrawn_at=None).select_related("organisation")
    chosen = Priority.objects.filter(line__round=round, line__withdrawn_at=None, withdrawn_at=None) if seen else ()
    return {
        "criteria": [
            _item("criterion", criterion, ("text", "weight"), rests_on=[f"question:{round.slug}"])
            for criterion in criteria
        ],
        "weighings": [
            _item(
                "weighing",
                weighing,
                ("points",),
                organisation=weighing.organisation.name,
                rests_on=[f"line:{weighing.line_id}", f"criterion:{weighing.criterion_id}"],
            )
            for weighing in weighings
        ],
        "priorities": [
            _item("priority", each, ("first", "reason"), rests_on=[f"line:{each.line_id}"]) for each in chosen
        ],
    }


def _circles(viewer: Viewer) -> Any:
    from buurtbalans.method.people.models import Circle

    return Circle.objects.visible_to(viewer)


def _picture_items(round: Round, viewer: Viewer) -> Chain:
    versions = list(PictureVersion.objects.visible_to(viewer).filter(round=round).order_by("number"))
    voices = [voice for version in versions for voice in voices_of(version, viewer)]
    comments = [comment for version in versions for comment in comments_of(version, viewer)]
    return {
        "picture_versions": [_version(version, viewer) for version in versions],
        "picture_voices": [
            _item(
                "picture_voice",
                voice,
                ("stance", "words"),
                organisation=voice.organisation.name,
                rests_on=[f"picture_version:{voice.picture_id}"],
            )
            for voice in voices
        ],
        "comments": [
            _item(
                "comment",
                comment,
                ("who", "text", "answer", "answered_at"),
                rests_on=[f"picture_version:{comment.picture_id}"],
            )
            for comment in comments
        ],
    }


def _version(version: PictureVersion, viewer: Viewer) -> Item:
    """Return a version of the picture as it was frozen, with the ids that its content holds in our own form."""
    content = version.content
    rows = Evidence.objects.visible_to(viewer).filter(claim__round=version.round_id)
    stories = dict(rows.filter(story__isnull=False).values_list("pk", "story"))
    lines = [_picture_line(line, stories) for line in frozen_lines(version, viewer)]
    claims = dict.fromkeys(claim["about"] for line in lines for claim in line["claims"])
    frozen = {name: content.get(name) for name in ("finding", "need", "question", "release", "division")}
    dissent = [
        {
            "organisation": one["organisation"],
            "stance": one["stance"],
            "words": one["words"],
            "about": f"claim:{one['claim']}",
        }
        for one in frozen_dissent(version, viewer)
    ]
    return _item(
        "picture_version",
        version,
        ("number", "at", "agreed_at"),
        **frozen,
        lines=lines,
        dissent=dissent,
        gaps=[f"gap:{each['id']}" for each in content.get("gaps", ())],
        asked=[each["name"] for each in content.get("asked", ())],
        rests_on=list(claims),
    )


def _picture_line(line: Item, stories: Mapping[int, int]) -> Item:
    """Return a frozen line with its claims; `stories` gives the story behind the id of each piece of evidence."""
    return {
        "kind": line["kind"],
        "text": line["text"],
        "number": line["number"],
        "first": line["first"],
        "about": f"line:{line['id']}",
        "claims": [
            {
                "about": f"claim:{claim['id']}",
                "verdict": claim["verdict"],
                "figures": [f"figure:{pk}" for pk in claim["figures"]],
                "stories": [f"story:{stories[pk]}" for pk in claim["stories"] if pk in stories],
            }
            for claim in line["claims"]
        ],
    }


def _plan_items(round: Round, viewer: Viewer) -> Chain:
    reports = [report for progress_report in progress_reports(round, viewer).values() for report in progress_report]
    went = ("start", "end", "dose", "quality", "better_off")
    return {
        "progress": [
            _item("progress", one.progress, went, reach=one.reach, rests_on=[f"effort:{one.progress.effort_id}"])
            for one in sorted(reports, key=lambda report: report.progress.pk)
        ],
        "plan_versions": [
            _agreed_plan(plan_version, viewer) for plan_version in plan_versions_of(round, viewer).order_by("number")
        ],
    }


def _agreed_plan(version: PlanVersion, viewer: Viewer) -> Item:
    """Return a version of the plan as it was frozen, with the ids that its content holds in our own form."""
    frozen: dict[str, list[Item]] = {}
    content = readable_content(version, viewer)
    for kind, one in (("results", "result"), ("efforts", "effort"), ("conditions", "condition")):
        frozen[kind] = [_frozen_line(line, one, viewer) for line in content.get(kind, ())]
    claims = dict.fromkeys(each["of"] for lines in frozen.values() for line in lines for each in line["claims"])
    missing = version.content.get("missing", [])
    return _item("plan_version", version, ("number", "at"), **frozen, missing=missing, rests_on=list(claims))


def _frozen_line(line: Item, kind: str, viewer: Viewer) -> Item:
    said = {name: value for name, value in line.items() if name not in ("id", "for", "rests_on", "about")}
    if "about" in line:
        said["about_what"] = line["about"]
    if "for" in line:
        said["for"] = f"result:{line['for']}"
    if "baseline" in line:
        said["baseline"] = told(line["baseline"], viewer)
    claims = [{"of": f"claim:{one['id']}", "text": one["text"], "verdict": one["verdict"]} for one in line["rests_on"]]
    return {"about": f"{kind}:{line['id']}", **said, "claims": claims}


def _add_measurements(chain: Chain, round: Round, viewer: Viewer) -> None:
    """Give the baseline and the figure of now an id of their own, and the stories of the evaluation their place."""
    figures, stories = list(chain["figures"]), {item["id"]: item for item in chain["stories"]}
    results = {f"result:{each.pk}": each for each in results_of(round, viewer)}
    for item in chain["results"]:
        result = results[item["id"]]
        figures.append({"id": f"figure:baseline-{result.pk}", **item["baseline"]})
        item |= {
            "measures": f"figure:baseline-{result.pk}",
            "measured_by": result.measured_by,
            "measured_on": _plain(result.measured_on),
            "asked_too": result.asked_too,
        }
    lines = {f"evaluation:{line.pk}": line for _result, line in rows_of(round, viewer) if line is not None}
    for item in chain["evaluation"]:
        line = lines[item["id"]]
        if line.now is not None:
            figures.append({"id": f"figure:now-{line.pk}", **item["now"]})
            item["measures"] = f"figure:now-{line.pk}"
        item["voice"] = f"story:{line.voice.pk}" if line.voice else None
        if line.voice:
            stories.setdefault(f"story:{line.voice.pk}", _story(line.voice))
    chain["figures"], chain["stories"] = figures, list(stories.values())


def _add_stories(chain: Chain, round: Round, viewer: Viewer) -> None:
    """Add the stories that were told to the core group or the ring of this round and lie beside no claim yet.

    What somebody told to their own organisation stays there, also for a colleague who makes the archive.
    """
    known = {item["id"] for item in chain["stories"]}
    shared = stories_of(round.neighbourhood, viewer).filter(circle__in=round.circles)
    chain["stories"] += [_story(each) for each in shared.order_by("pk") if f"story:{each.pk}" not in known]


def _story(story: Story) -> Item:
    return {"id": f"story:{story.pk}", "text": story.text, "teller": story.teller, "source": story.source}


def _without_dangling_references(chain: Chain, root: str) -> Chain:
    """Return the chain without references to what is not in it; `unseen` says how many those were."""
    known = {item["id"] for items in chain.values() for item in items}
    for kind, items in chain.items():
        for item in items:
            asked = list(item.get("rests_on", []))
            if not asked and kind not in ("question", "figures", "stories"):
                asked = [root]
            seen = [each for each in asked if each in known]
            unseen = len(asked) - len(seen)
            item |= _without_unknown_references(item, known) | {"rests_on": seen, "unseen": unseen}
    return chain


def _without_unknown_references(value: Any, known: Collection[str], name: str = "") -> Any:
    """Return a value without references to what is not known: nothing in their place, or left out of a list."""
    if isinstance(value, dict):
        return {key: _without_unknown_references(part, known, key) for key, part in value.items()}
    if isinstance(value, list):
        parts = [_without_unknown_references(part, known, name) for part in value]
        return [part for part in parts if part is not None] if name in REFERRING else parts
    return None if _is_reference(value, name) and value not in known else value


def _is_reference(value: Any, name: str) -> bool:
    """Return whether a value under this name refers to an item of the chain."""
    return name in REFERRING and isinstance(value, str) and REFERENCE.fullmatch(value) is not None


def _item(kind: str, row: Model, fields: Iterable[str], **more: Any) -> Item:
    item: Item = {"id": f"{kind}:{row.pk}"}
    for name in fields:
        item[name] = _plain(getattr(row, name))
    return item | more


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _organisation_name(organisation: Any) -> str:
    return organisation.name if organisation is not None else ""
