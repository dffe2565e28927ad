"""An identifier: a piece of a text that leads to one person."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class IdentifierKind(StrEnum):
    """The kinds of identifiers that are recognised."""

    BSN = "bsn"
    NUMBER = "nummer"  # passes the eleven test, but the text does not call it a citizen service number
    PHONE = "telefoon"
    MAIL = "mail"
    ACCOUNT = "rekening"
    PLATE = "kenteken"
    ADDRESS = "adres"
    BIRTH = "geboortedatum"
    NAME = "naam"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A piece of a text from `start` up to `end`, its kind, and the reason why it was taken for one."""

    start: int
    end: int
    kind: IdentifierKind
    why: str


def without_overlaps(identifiers: list[Identifier]) -> Iterator[Identifier]:
    """Yield identifiers in the order of the text; of two that overlap only the one that comes first in the list."""
    chosen: list[Identifier] = []
    for identifier in identifiers:
        if not any(identifier.start < other.end and other.start < identifier.end for other in chosen):
            chosen.append(identifier)
    yield from sorted(chosen, key=lambda identifier: identifier.start)
