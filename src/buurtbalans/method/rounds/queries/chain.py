"""What a round holds: how much, and the chain of every item with its id and the ids that it rests on."""

from collections.abc import Iterable
from typing import Any

from buurtbalans.method.rounds.models import Claim, Evidence, Gap, PictureLine, Round
from buurtbalans.method.rounds.queries.claims import claims_of, gaps_of
from buurtbalans.method.rounds.queries.picture import picture_of
from buurtbalans.method.rounds.queries.round import Viewer
from buurtbalans.method.stories.queries.stories import stories_of


def content_counts(round: Round, viewer: Viewer) -> dict[str, int]:
    """Return how much a round holds, as far as the viewer may see."""
    claims = Claim.objects.visible_to(viewer).filter(round=round, withdrawn_at=None)
    return {
        "stories": stories_of(round.neighbourhood, viewer).count(),
        "claims": claims.count(),
        "tested": claims.exclude(verdict="").count(),
        "gaps": gaps_of(round, viewer).filter(answer="").count(),
        "lines": PictureLine.objects.visible_to(viewer).filter(round=round).count(),
    }


def chain(round: Round, viewer: Viewer) -> dict[str, Any]:
    """Return what a round rests on, as far as the viewer may see: every item with its id and the ids it rests on."""
    claims = list(claims_of(round, viewer))
    evidence = [e for claim in claims for e in claim.laid]
    return {
        "round": {
            "id": f"round:{round.pk}",
            "slug": round.slug,
            "neighbourhood": round.neighbourhood.name,
            "areas": round.neighbourhood.codes,
            "division": round.neighbourhood.division,
            "occasion": round.occasion,
            "question": round.question,
            "release": round.release,
        },
        "figures": [{"id": f"figure:{e.pk}", **e.told} for e in evidence if e.told is not None],
        "stories": _story_items(evidence),
        "claims": [_claim_item(claim) for claim in claims],
        "gaps": [_gap_item(gap) for gap in gaps_of(round, viewer)],
        "picture": [_line_item(line) for _kind, lines in picture_of(round, viewer) for line in lines],
    }


def _story_items(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    """Return the stories among the evidence, each once, in the order of their ids."""
    stories = {e.story for e in evidence if e.story is not None}
    return [
        {"id": f"story:{s.pk}", "text": s.text, "teller": s.teller, "source": s.source}
        for s in sorted(stories, key=lambda s: s.pk)
    ]


def _gap_item(gap: Gap) -> dict[str, Any]:
    return {
        "id": f"gap:{gap.pk}",
        "what": gap.what,
        "asks": gap.organisation.name,
        "whom": gap.whom,
        "answer": gap.answer,
        "rests_on": [f"claim:{gap.claim_id}"] if gap.claim_id else [],
    }


def _line_item(line: PictureLine) -> dict[str, Any]:
    return {
        "id": f"line:{line.pk}",
        "kind": line.kind,
        "text": line.text,
        "rests_on": [f"claim:{claim.pk}" for claim in line.claims.all()],
    }


def _claim_item(claim: Claim) -> dict[str, Any]:
    return {
        "id": f"claim:{claim.pk}",
        "text": claim.text,
        "brought_in_by": claim.organisation.name,
        "verdict": claim.verdict or None,
        "reason": claim.reason,
        "evidence": [
            {"says": e.says, "note": e.note, "of": f"story:{e.story_id}" if e.story_id else f"figure:{e.pk}"}
            for e in claim.laid
        ],
        "opinions": [
            {"organisation": o.organisation.name}
            | {name: getattr(o, name) for name in ("answer", "answer_reason", "stance", "words")}
            for o in claim.opinions.all()
        ],
        "rests_on": [f"story:{e.story_id}" if e.story_id else f"figure:{e.pk}" for e in claim.laid],
    }
