"""Reads of what people tell: who may see what, what waits for a look, and what may lead to a person."""

from .clues import known, marked
from .codebook import Counted, codes_of, counted, hung
from .feelings import Bounds, FeltField, Outward, feelings_of, fields_in, outward, shown_to, views_of
from .notes import sent
from .ratings import FEWEST, SCORES, Apart, Rated, Spread, most_apart, sheets_counted, sheets_of, themes_of
from .search import Asked, Pieces, asked_for, found_in, pieces
from .stories import sent_back_to, stories_of, to_review

__all__ = [
    "FEWEST",
    "SCORES",
    "Apart",
    "Asked",
    "Bounds",
    "Counted",
    "FeltField",
    "Outward",
    "Pieces",
    "Rated",
    "Spread",
    "asked_for",
    "codes_of",
    "counted",
    "feelings_of",
    "fields_in",
    "found_in",
    "hung",
    "known",
    "marked",
    "most_apart",
    "outward",
    "pieces",
    "sent",
    "sent_back_to",
    "sheets_counted",
    "sheets_of",
    "shown_to",
    "stories_of",
    "themes_of",
    "to_review",
    "views_of",
]
