"""Reads of the versions of a picture: what is frozen in one, who agreed, what changed, and what residents say of it.

What `PictureVersion.content` holds; papers and exports read it:

    finding, need, question   the picture in one sentence, what the neighbourhood needs, the question
    release, division         of which figures and which borders it speaks
    lines                     [{id, version, kind, text, number, first, claims}], strengths first; `number` is empty for
                              causes and unknowns; `first` says whether the group works on it first (true, false, empty)
      claims                  [{id, version, verdict, figures, stories}]: ids of the evidence that lay beside the claim
    gaps                      [{id, version}]: the questions that were open
    dissent                   [{organisation, stance, words, claim, lines}]: who saw a verdict otherwise, where; `stance` is
                              what it said of the verdict, or else what it answered before it
    asked                     [{id, name}]: the organisations that it was laid before

A frozen figure and a told story keep their own audience: the content holds their ids and never their words, so a
version that is shared wider takes nothing along that was meant for the core group.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from buurtbalans.method.base.versions import ERASED, differences
from buurtbalans.method.rounds.models import (
    Claim,
    Comment,
    Evidence,
    Gap,
    LineKind,
    Opinion,
    PictureLine,
    PictureVersion,
    PictureVoice,
    Priority,
    Round,
)
from buurtbalans.method.rounds.queries.picture import NUMBERED
from buurtbalans.method.rounds.queries.publication import public_notes, public_voices
from buurtbalans.method.rounds.queries.round import Viewer, organisations_of
from buurtbalans.method.stories.models import Story

Pieces = list[tuple[str, bool]]


def content_of(round: Round) -> dict[str, Any]:
    """Return the working picture as a version freezes it; see the head of this module."""
    lines = PictureLine.objects.filter(round=round).prefetch_related("claims__evidence")
    ordered = [line for kind in LineKind for line in lines if line.kind == kind]
    chosen = dict(Priority.objects.filter(line__in=ordered, withdrawn_at=None).values_list("line", "first"))
    numbers = {line.pk: at for at, line in enumerate((each for each in ordered if each.kind in NUMBERED), start=1)}
    gaps = Gap.objects.filter(round=round, withdrawn_at=None, answer="")
    return {
        "finding": round.finding,
        "need": round.need,
        "question": round.question,
        "release": round.release,
        "division": round.neighbourhood.division,
        "lines": [_line(line, numbers.get(line.pk), chosen.get(line.pk)) for line in ordered],
        "gaps": [{"id": gap.pk, "version": gap.version} for gap in gaps],
        "dissent": _dissent(ordered),
        "asked": [{"id": organisation.pk, "name": organisation.name} for organisation in organisations_of(round)],
    }


def _line(line: PictureLine, number: int | None, first: bool | None) -> dict[str, Any]:
    return {
        "id": line.pk,
        "version": line.version,
        "kind": line.kind,
        "text": line.text,
        "number": number,
        "first": first,
        "claims": [_claim(claim) for claim in line.claims.all()],
    }


def _claim(claim: Any) -> dict[str, Any]:
    laid = [each for each in claim.evidence.all() if each.withdrawn_at is None]
    return {
        "id": claim.pk,
        "version": claim.version,
        "verdict": claim.verdict,
        "figures": [each.pk for each in laid if each.story_id is None],
        "stories": [each.pk for each in laid if each.story_id is not None],
    }


def _dissent(lines: list[PictureLine]) -> list[dict[str, Any]]:
    resting: dict[int, list[int]] = {}
    opinions: dict[int, Any] = {}
    for line in lines:
        for claim in line.claims.all():
            for opinion in claim.opinions.dissenting().select_related("organisation"):
                opinions[opinion.pk] = opinion
                resting.setdefault(opinion.pk, []).append(line.pk)
    return [
        {
            "organisation": opinion.organisation.name,
            "stance": opinion.stance or opinion.answer,
            "words": opinion.own_words,
            "claim": opinion.claim_id,
            "lines": resting[pk],
        }
        for pk, opinion in sorted(opinions.items())
    ]


def texts_in(content: dict[str, Any]) -> Iterator[str]:
    """Yield every text that somebody wrote in a version."""
    yield from (content["finding"], content["need"], content["question"])
    yield from (line["text"] for line in content["lines"])
    yield from (one["words"] for one in content["dissent"])


def picture_versions(round: Round, viewer: Viewer) -> "QuerySet[PictureVersion]":
    """Return the versions of a picture that the viewer may read, the newest first."""
    versions: QuerySet[PictureVersion] = PictureVersion.objects.visible_to(viewer).filter(round=round)
    return versions.select_related("round__neighbourhood", "circle", "by", "agreed_by")


def newest(round: Round) -> PictureVersion | None:
    """Return the last version that was laid before the organisations, whoever may read it."""
    return PictureVersion.objects.filter(round=round).first()


def latest_version(round: Round, viewer: Viewer) -> tuple[PictureVersion | None, bool]:
    """Return the newest version that the viewer may read, and whether the working picture changed since the last."""
    last = newest(round)
    changed = last is None or last.content != content_of(round)
    return picture_versions(round, viewer).first(), changed


def voices_of(picture: PictureVersion, viewer: Viewer) -> list[PictureVoice]:
    """Return what organisations think of a version, by name, as far as the sharing agreement covers them.

    Somebody outside the round reads the opinions that were made public, in the words that were agreed to.
    """
    if not _takes_part(picture, viewer):
        return public_voices(picture) if picture.is_public else []
    voices = PictureVoice.objects.within_agreement(viewer).filter(picture=picture)
    return list(voices.select_related("organisation"))


def _takes_part(picture: PictureVersion, viewer: Viewer) -> bool:
    return Round.objects.visible_to(viewer).filter(pk=picture.round_id).exists()


def silent(picture: PictureVersion) -> list[tuple[int, str]]:
    """Return the organisations that a version was laid before and that did not answer."""
    heard = set(picture.voices.filter(withdrawn_at=None).values_list("organisation", flat=True))
    return [(each["id"], each["name"]) for each in picture.content["asked"] if each["id"] not in heard]


@dataclass(frozen=True)
class VersionOpinionRow:
    """What one organisation says of a version, or that it did not answer yet."""

    name: str
    voice: PictureVoice | None
    own: bool
    only_own: bool  # whether nobody outside the organisation reads what it says
    public_note: str = ""  # for the round: what everybody reads of it, when that is not all


def version_opinions(picture: PictureVersion, viewer: Viewer) -> list[VersionOpinionRow]:
    """Return for each organisation that was asked, and each that answered, what it says of a version."""
    mine = viewer.organisation_id if viewer.is_authenticated else None
    notes = public_notes(picture) if _takes_part(picture, viewer) else {}
    return opinion_rows(picture, voices_of(picture, viewer), mine, notes)


def opinion_rows(
    picture: PictureVersion,
    voices: Iterable[PictureVoice],
    mine: int | None = None,
    notes: Mapping[int, str] = MappingProxyType({}),
) -> list[VersionOpinionRow]:
    """Return a row for each organisation that was asked and for each of these opinions; `mine` is the own one."""
    given = {voice.organisation_id: voice for voice in voices}
    names = {each["id"]: each["name"] for each in picture.content["asked"]}
    names |= {pk: voice.organisation.name for pk, voice in given.items() if pk not in names}
    waiting = PictureVoice.objects.waiting_for_signature().filter(picture=picture, organisation__in=given)
    only_own = set(waiting.values_list("organisation", flat=True))
    return [
        VersionOpinionRow(name, given.get(pk), pk == mine, pk in only_own, notes.get(pk, ""))
        for pk, name in names.items()
    ]


def kinds_of(picture: PictureVersion, viewer: Viewer) -> list[tuple[LineKind, list[dict[str, Any]]]]:
    """Return the lines of a version per kind, strengths first; empty kinds stay in."""
    lines = frozen_lines(picture, viewer)
    return [(kind, [line for line in lines if line["kind"] == kind]) for kind in LineKind]


def frozen_lines(picture: PictureVersion, viewer: Viewer) -> list[dict[str, Any]]:
    """Return the lines of a version with the claims and stories that the sharing agreement covers today."""
    claims = Claim.objects.with_withdrawn().within_agreement(viewer).filter(round=picture.round_id)
    readable = set(claims.values_list("pk", flat=True))
    told = Evidence.objects.filter(story__in=Story.objects.within_agreement(viewer), claim__round=picture.round_id)
    stories = set(told.values_list("pk", flat=True))
    return [
        line
        | {
            "claims": [
                claim | {"stories": [pk for pk in claim["stories"] if pk in stories]}
                for claim in line["claims"]
                if claim["id"] in readable
            ]
        }
        for line in picture.content["lines"]
    ]


def open_questions(picture: PictureVersion, viewer: Viewer) -> list[Gap]:
    """Return the questions that were open when a version was frozen, as they read then; only the core group reads them.

    A question that was removed since is not among them.
    """
    frozen = {each["id"]: each["version"] for each in picture.content.get("gaps", ())}
    gaps = Gap.objects.visible_to(viewer).filter(pk__in=frozen, round=picture.round_id, withdrawn_at=None)
    return [_gap_as_it_was(gap, frozen[gap.pk]) for gap in gaps.select_related("organisation")]


def _gap_as_it_was(gap: Gap, version: int) -> Gap:
    """Put the words that a question had in an earlier version on the row in memory, which is not saved."""
    for past in gap.past.filter(version__gte=version):
        if "what" in past.fields:
            gap.what = str(ERASED) if past.erased_at else past.fields["what"]
    return gap


def frozen_dissent(picture: PictureVersion, viewer: Viewer) -> list[dict[str, Any]]:
    """Return who saw a verdict otherwise when a version was frozen, with the numbers of the lines that rest on it.

    Only the core group reads that, as the form of an opinion promises.
    """
    if not picture.content["dissent"]:
        return []
    claims = Claim.objects.visible_to(viewer).filter(round=picture.round_id)
    opinions = Opinion.objects.visible_to(viewer).filter(claim__in=claims)
    readable = set(opinions.values_list("claim", "organisation__name"))
    numbers = {line["id"]: line["number"] for line in picture.content["lines"]}
    return [
        one | {"numbers": [numbers[pk] for pk in one["lines"] if numbers.get(pk)]}
        for one in picture.content["dissent"]
        if (one["claim"], one["organisation"]) in readable
    ]


@dataclass(frozen=True)
class Change:
    """What differs between two versions: what kind of change, the piece before and the piece after."""

    what: str
    before: Pieces
    after: Pieces


def changes(old: PictureVersion, new: PictureVersion) -> list[Change]:
    """Return what changed from one version to the next: its sentences, and lines that came, went or were reworded."""
    rows = []
    for name in ("finding", "need"):
        if old.content[name] != new.content[name]:
            rows.append(Change("changed", *differences(old.content[name], new.content[name])))
    before = {line["id"]: line for line in old.content["lines"]}
    after = {line["id"]: line for line in new.content["lines"]}
    rows += [change for pk, line in after.items() if (change := _line_change(before.get(pk), line))]
    gone = [line for pk, line in before.items() if pk not in after]
    return rows + [Change("gone", [(line["text"], True)], []) for line in gone]


def _line_change(old: dict[str, Any] | None, new: dict[str, Any]) -> Change | None:
    """Return how a line of the picture differs from what it was, None when it does not."""
    if old is None:
        return Change("new", [], [(new["text"], True)])
    if old["text"] != new["text"]:
        return Change("changed", *differences(old["text"], new["text"]))
    if _rests(old) != _rests(new):
        return Change("moved", [], [(new["text"], False)])
    return None


def _rests(line: dict[str, Any]) -> tuple[Any, ...]:
    claims = sorted((claim["id"], claim["verdict"]) for claim in line["claims"])
    return line["kind"], line["first"], claims


def comments_of(picture: PictureVersion, viewer: Viewer) -> list[Comment]:
    """Return what residents say of a version; outside the ring only what was answered after everybody could read it."""
    standing = Comment.objects.within_agreement(viewer).filter(picture=picture).select_related("author")
    if _takes_part(picture, viewer):
        return list(standing)
    if not picture.is_public:
        return []
    return [comment for comment in standing.exclude(answer="") if comment.is_for_everybody]


def public_version(slug: str) -> "QuerySet[PictureVersion]":
    """Return the versions of a round's picture that everybody may read, the newest first."""
    return PictureVersion.objects.filter(round__slug=slug, circle__kind="public").select_related("round__neighbourhood")


def version_url(picture: PictureVersion) -> str:
    """Return the address of a version."""
    return reverse("rounds:version", args=[picture.round.slug, picture.number])
