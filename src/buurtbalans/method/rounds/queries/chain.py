"""What a round holds: how much, and the chain of every item with its id and the ids that it rests on."""

from typing import Any

from buurtbalans.method.rounds.models import Claim, PictureLine, Round
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
    items = [line for _kind, lines in picture_of(round, viewer) for line in lines]
    claims = list(claims_of(round, viewer))
    told = {e.story for claim in claims for e in claim.laid if e.story is not None}
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
        "figures": [{"id": f"figure:{e.pk}", **e.told} for claim in claims for e in claim.laid if e.told is not None],
        "stories": [
            {"id": f"story:{s.pk}", "text": s.text, "teller": s.teller, "source": s.source}
            for s in sorted(told, key=lambda s: s.pk)
        ],
        "claims": [_claim_item(claim) for claim in claims],
        "gaps": [
            {
                "id": f"gap:{g.pk}",
                "what": g.what,
                "asks": g.organisation.name,
                "whom": g.whom,
                "answer": g.answer,
                "rests_on": [f"claim:{g.claim_id}"] if g.claim_id else [],
            }
            for g in gaps_of(round, viewer)
        ],
        "picture": [
            {
                "id": f"line:{i.pk}",
                "kind": i.kind,
                "text": i.text,
                "rests_on": [f"claim:{c.pk}" for c in i.claims.all()],
            }
            for i in items
        ],
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
            {"organisation": o.organisation.name, "stance": o.stance, "words": o.words} for o in claim.opinions.all()
        ],
        "rests_on": [f"story:{e.story_id}" if e.story_id else f"figure:{e.pk}" for e in claim.laid],
    }
