"""Pages of the placing: the switch, the batches, the advice on one, and what people decide."""

from .asking import asking
from .batch import Draw, batch, batches, new, replay, template
from .decide import decide, log, reconsider, review
from .ending import close, remove, reopen
from .note import note
from .paper import paper
from .pinch import pinch
from .plans import choose_plan, plans
from .room import renew_room, restore_room, room
from .switch import switch
from .week import follow_week, reconsider_week, week
from .what_if import what_if
from .works import work

__all__ = [
    "Draw",
    "asking",
    "batch",
    "batches",
    "choose_plan",
    "close",
    "decide",
    "follow_week",
    "log",
    "new",
    "note",
    "paper",
    "pinch",
    "plans",
    "reconsider",
    "reconsider_week",
    "remove",
    "renew_room",
    "reopen",
    "replay",
    "restore_room",
    "review",
    "room",
    "switch",
    "template",
    "week",
    "what_if",
    "work",
]
