"""Reads a text once for every kind of clue, and leaves out what is known not to be a person."""

import re
from collections.abc import Iterable

from buurtbalans.clues.addresses import addresses
from buurtbalans.clues.clue import Clue, apart
from buurtbalans.clues.names import names
from buurtbalans.clues.numbers import accounts, births, citizen_numbers, mails, phones, plates


class Known:
    """Names of streets, areas, schools and organisations: where one of them stands, no person is named.

    Parameters
    ----------
    words
        The names as they are written, such as "Roos Vermeerplein" or "De Hoop". Case makes no difference.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        longest = sorted({word.strip() for word in words if word.strip()}, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.I) if longest else None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where a known name stands in a text."""
        return [found.span() for found in self._pattern.finditer(text)] if self._pattern else []


def find(text: str, known: Known | None = None) -> list[Clue]:
    """Return what leads to one person in a text, in the order of the text.

    Parameters
    ----------
    text
        Dutch words as somebody typed them.
    known
        Names of streets and organisations that are no persons.

    Examples
    --------
    >>> [(text[one.start : one.end], one.kind.value) for text in ["Bel Fatima, 06-24681357."] for one in find(text)]
    [('Fatima', 'naam'), ('06-24681357', 'telefoon')]
    >>> find("Op het Anne Frankplein is het om 21.30 uur donker.")
    []
    """
    found = [*mails(text), *accounts(text), *phones(text), *births(text), *citizen_numbers(text), *plates(text)]
    found += addresses(text)
    found += names(text, known.spans(text) if known else [])
    return list(apart(found))
