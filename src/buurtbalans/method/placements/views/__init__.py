"""Pages of the placing: the switch, the batches, the advice on one, and what people decide."""

from .asking import asking
from .batch import Draw, batch, batches, new, replay, template
from .decide import close, decide, log, reconsider, reopen, review
from .paper import paper
from .plans import choose_plan, plans
from .room import room
from .switch import switch
from .what_if import what_if

__all__ = [
    "Draw",
    "asking",
    "batch",
    "batches",
    "choose_plan",
    "close",
    "decide",
    "log",
    "new",
    "paper",
    "plans",
    "reconsider",
    "reopen",
    "replay",
    "review",
    "room",
    "switch",
    "template",
    "what_if",
]
