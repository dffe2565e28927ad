"""Every kind of text that people change, as its app says it: for the history, the trash and the erasing of both."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.urls import ResolverMatch, reverse

from buurtbalans.method.base.models import Text
from buurtbalans.method.base.versions import TextKind
from buurtbalans.method.capacities import panels as capacities
from buurtbalans.method.evaluation import panels as evaluation
from buurtbalans.method.people.panels import profile_kind
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.places.panels import landmark_kind
from buurtbalans.method.plans import panels as plans
from buurtbalans.method.rounds import panels as rounds
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.method.stories import panels as stories


def landmarks_page(landmark: Any) -> str:
    """Return the page with what is there and what comes, under the newest round of its neighbourhood, or the trash."""
    round = landmark.neighbourhood.rounds.first()
    return reverse("large_map:landmarks", args=[round.slug]) if round else reverse("trash")


KINDS = {
    kind.label: kind
    for kind in (
        profile_kind(lambda profile: reverse("partners:partner", args=[profile.organisation.slug])),
        landmark_kind(landmarks_page),
        *stories.TEXTS,
        *rounds.TEXTS,
        *plans.TEXTS,
        *capacities.TEXTS,
        *evaluation.TEXTS,
    )
}

# What must stand for a page to be written on: the kind of text that the number in its address is of.
WRITTEN_ON: Final[Mapping[str, str]] = {
    page: label
    for label, pages in {
        "places.landmark": ("large_map:edit_landmark",),
        "stories.story": ("stories:edit", "reviews:review"),
        "stories.feeling": ("feelings:edit", "feelings:share", "reviews:feeling"),
        "stories.ratingsheet": ("ratings:edit",),
        "stories.code": ("stories:edit_code",),
        "rounds.claim": tuple(
            f"rounds:{page}" for page in ("edit_claim", "judge", "opinion", "open_opinions", "add_figure", "add_story")
        ),
        "rounds.gap": ("rounds:edit_gap", "rounds:answer_gap"),
        "rounds.pictureline": ("rounds:edit_line", "rounds:choose"),
        "rounds.criterion": ("rounds:edit_criterion",),
        "rounds.comment": ("rounds:answer_comment",),
        "rounds.subteam": ("rounds:edit_subteam", "rounds:record_subteam_findings"),
        "rounds.meeting": ("rounds:edit_meeting", "rounds:record_meeting_notes"),
        "rounds.pledge": ("rounds:edit_pledge",),
        "plans.result": ("plans:edit_result", "plans:new_effort", "evaluation:new"),
        "plans.effort": tuple(
            f"plans:{page}" for page in ("report", "edit_effort", "decline_effort", "renew_effort", "new_progress")
        ),
        "plans.progress": ("plans:edit_progress",),
        "plans.condition": ("plans:edit_condition",),
        "capacities.capacity": tuple(f"capacities:{page}_capacity" for page in ("edit", "answer", "review")),
        "capacities.support": ("capacities:edit_support",),
        "evaluation.evaluationline": ("evaluation:edit",),
    }.items()
    for page in pages
}
IN_A_ROUND: Final = frozenset(
    {"rounds", "stories", "ratings", "feelings", "plans", "capacities", "evaluation", "large_map"}
)


def withdrawn_text(match: ResolverMatch, viewer: Any) -> tuple[TextKind, Any] | None:
    """Return what was withdrawn under who was writing on a page: the text, what it belongs to, or the whole round.

    Only for who may know that it was: who may bring it back, or reads the trash of the round. For others it is gone.
    """
    for text in _needed(match):
        if not isinstance(text, Text) or text.withdrawn_at is None:
            continue
        kind = KINDS[text.kind_label]
        if kind.visible_to(viewer).filter(pk=text.pk).exists() and (
            kind.can_withdraw(viewer, text) or _reads(viewer, text, kind)
        ):
            return kind, text
        return None
    return None


def _needed(match: ResolverMatch) -> Iterator[Any]:
    """Yield what must stand for a page, the whole round first; nothing when the address is not one."""
    slug, pk = match.kwargs.get("slug"), match.kwargs.get("pk", match.kwargs.get("result"))
    kind = KINDS.get(WRITTEN_ON.get(match.view_name, ""))
    text = kind.model._base_manager.filter(pk=pk).first() if kind else None
    line = kind.ancestors(text) if kind and text else []
    if line and isinstance(line[-1], Round):
        if line[-1].slug == slug:
            yield from reversed(line)
        return
    if match.namespace in IN_A_ROUND:
        yield from Round.objects.with_withdrawn().filter(slug=slug)
    yield from line


def _reads(viewer: Any, text: Any, kind: TextKind) -> bool:
    """Return whether somebody reads the trash of the round that a text is of."""
    top = kind.ancestors(text)[-1]
    return isinstance(top, Round) and may_in(viewer, Permission.READ, top)
