"""Writes of the placing: every one by somebody, with an audit row that holds counts and numbers, never a household."""

from .advice import (
    advise,
    ask_work,
    choose_plan,
    fail_work,
    finish_advice,
    finish_answer,
    finish_plans,
    start_again,
)
from .batches import close, erase_batches, import_batch, remove_batch, reopen, switch
from .deciding import decide, reconsider, review
from .room import renew_room, restore_room
from .week import follow_week, reconsider_week

__all__ = [
    "advise",
    "ask_work",
    "choose_plan",
    "close",
    "decide",
    "erase_batches",
    "fail_work",
    "finish_advice",
    "finish_answer",
    "finish_plans",
    "follow_week",
    "import_batch",
    "reconsider",
    "reconsider_week",
    "remove_batch",
    "renew_room",
    "reopen",
    "restore_room",
    "review",
    "start_again",
    "switch",
]
