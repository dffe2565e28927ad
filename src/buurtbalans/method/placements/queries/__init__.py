"""Reads of the placing: whether it is on, which batches there are, and what stands on the page of one."""

from .advice import advised, again, best_of, explained, plans_beside, plans_of, seal_of, shown_again, solved
from .answers import answer_of, open_work, queue_of
from .asking import Asking, to_ask, too_large
from .batches import (
    decisions_of,
    officers,
    pending,
    standing,
    still_followed,
    switches,
    turned_off,
    undecided,
    wishes,
)
from .case import case_of, files_of, lacking, looks_ahead, template
from .changed import changed, changed_unseen
from .choosing import Choosing, choosing
from .headroom import cells_of, recounted
from .known import strange_areas, told_once, with_corporations
from .long import takes_long
from .memory import forget
from .note import note
from .numbers import own_numbers
from .offers import offers
from .page import (
    Box,
    Line,
    Opened,
    bands,
    choices,
    counted,
    homes_of,
    lines,
    names_of,
    opened,
    others,
    reasons_against,
    why,
    why_others,
)
from .pinch import GroupLine, PinchLine, pinching
from .plans import PLANS, PlanLine, chosen_plan, chosen_plans, compared
from .renewal import renewals_of, renewed
from .room import RoomLine, kept, rooms_of, where_from, with_room
from .second import held, judged, to_review
from .waiting import Waiting, longest_first, waiting
from .week import ThisWeek, kept_free, long_week, this_week
from .what_if import MORE, if_room, may_ask, roomy
from .works import (
    Wanted,
    advice_for,
    again_told,
    answer_for,
    asked_now,
    asked_of_advice,
    if_chosen,
    progress,
    proposals_of,
    why_told,
)

__all__ = [
    "MORE",
    "PLANS",
    "Asking",
    "Box",
    "Choosing",
    "GroupLine",
    "Line",
    "Opened",
    "PinchLine",
    "PlanLine",
    "RoomLine",
    "ThisWeek",
    "Waiting",
    "Wanted",
    "advice_for",
    "advised",
    "again",
    "again_told",
    "answer_for",
    "answer_of",
    "asked_now",
    "asked_of_advice",
    "bands",
    "best_of",
    "case_of",
    "cells_of",
    "changed",
    "changed_unseen",
    "choices",
    "choosing",
    "chosen_plan",
    "chosen_plans",
    "compared",
    "counted",
    "decisions_of",
    "explained",
    "files_of",
    "forget",
    "held",
    "homes_of",
    "if_chosen",
    "if_room",
    "judged",
    "kept",
    "kept_free",
    "lacking",
    "lines",
    "long_week",
    "longest_first",
    "looks_ahead",
    "may_ask",
    "names_of",
    "note",
    "offers",
    "officers",
    "open_work",
    "opened",
    "others",
    "own_numbers",
    "pending",
    "pinching",
    "plans_beside",
    "plans_of",
    "progress",
    "proposals_of",
    "queue_of",
    "reasons_against",
    "recounted",
    "renewals_of",
    "renewed",
    "rooms_of",
    "roomy",
    "seal_of",
    "shown_again",
    "solved",
    "standing",
    "still_followed",
    "strange_areas",
    "switches",
    "takes_long",
    "template",
    "this_week",
    "to_ask",
    "to_review",
    "told_once",
    "too_large",
    "turned_off",
    "undecided",
    "waiting",
    "where_from",
    "why",
    "why_others",
    "why_told",
    "wishes",
    "with_corporations",
    "with_room",
]
