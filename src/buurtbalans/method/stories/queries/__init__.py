"""Reads of what people tell: who may see what, what waits for a look, what may lead to a person, and what changed."""

from .clues import known, marked
from .codebook import Counted, codes_of, counted, hung
from .notes import sent
from .search import Pieces, asked_for, found_in, pieces
from .stories import stories_of, to_review
from .texts import differences

__all__ = [
    "Counted",
    "Pieces",
    "asked_for",
    "codes_of",
    "counted",
    "differences",
    "found_in",
    "hung",
    "known",
    "marked",
    "pieces",
    "sent",
    "stories_of",
    "to_review",
]
