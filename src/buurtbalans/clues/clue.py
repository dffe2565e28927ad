"""What a clue is: a piece of a text that leads to one person."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class ClueKind(StrEnum):
    """What kind of clue it is."""

    BSN = "bsn"
    NUMBER = "nummer"  # passes the test of eleven, but nothing says that it is a citizen service number
    PHONE = "telefoon"
    MAIL = "mail"
    ACCOUNT = "rekening"
    PLATE = "kenteken"
    ADDRESS = "adres"
    BIRTH = "geboortedatum"
    NAME = "naam"


@dataclass(frozen=True, slots=True)
class Clue:
    """A piece of a text, from `start` up to `end`, of a kind, and why it was taken for that."""

    start: int
    end: int
    kind: ClueKind
    why: str


def apart(found: list[Clue]) -> Iterator[Clue]:
    """Yield clues in the order of the text; of two that overlap only the one that stands first in the list."""
    kept: list[Clue] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    yield from sorted(kept, key=lambda one: one.start)
