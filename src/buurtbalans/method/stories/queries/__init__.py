"""Reads of what people tell: who may see what, what waits for a look, what may lead to a person, and what changed."""

from .clues import known, marked
from .stories import stories_of, to_review
from .texts import differences

__all__ = ["differences", "known", "marked", "stories_of", "to_review"]
