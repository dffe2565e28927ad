"""Detects every kind of identifier in a text, and leaves out names that are known not to be a person."""

import re
from collections.abc import Iterable

from buurtbalans.pii.addresses import addresses
from buurtbalans.pii.identifier import Identifier, without_overlaps
from buurtbalans.pii.names import person_names
from buurtbalans.pii.numbers import (
    bank_accounts,
    birth_dates,
    citizen_service_numbers,
    licence_plates,
    mail_addresses,
    phone_numbers,
)


class KnownNames:
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
        """Return the start and end of every known name in a text."""
        return [match.span() for match in self._pattern.finditer(text)] if self._pattern else []


def find_identifiers(text: str, known: KnownNames | None = None) -> list[Identifier]:
    """Return the identifiers in a text, in the order of the text.

    Parameters
    ----------
    text
        Dutch words as somebody typed them.
    known
        Names of streets and organisations, which are not persons.

    Examples
    --------
    >>> text = "Bel Fatima, 06-24681357."
    >>> [(text[identifier.start : identifier.end], identifier.kind.value) for identifier in find_identifiers(text)]
    [('Fatima', 'naam'), ('06-24681357', 'telefoon')]
    >>> find_identifiers("Op het Anne Frankplein is het om 21.30 uur donker.")
    []
    """
    identifiers = [
        *mail_addresses(text),
        *bank_accounts(text),
        *phone_numbers(text),
        *birth_dates(text),
        *citizen_service_numbers(text),
        *licence_plates(text),
        *addresses(text),
        *person_names(text, known.spans(text) if known else []),
    ]
    return list(without_overlaps(identifiers))
