"""How wide a name is in Source Sans 3 semibold, so that the server knows which names fit."""

import unicodedata
from functools import lru_cache

# Thousandths of the letter size, grouped by width.
GROUPS = {
    200: " ",
    266: "ijlI.,'’:·",
    322: "ft()-/",
    373: "r",
    431: "sz",
    470: "cx",
    503: "evyJLYa0123456789",
    521: "gkF",
    545: "oETVXZS",
    560: "bdhnpquAP",
    594: "BKRC",
    627: "DGU",
    662: "HNOQ&",
    745: "wM",
    800: "W",
    843: "m",
}
WIDTHS = {letter: width for width, letters in GROUPS.items() for letter in letters}
OTHER = 560
BREAKS = " /-"
SHORT = 2  # letters that a line holds at least


def width(text: str, size: float) -> float:
    """Return the width of a text in pixels at a letter size in pixels."""
    return _thousandths(text) * size / 1000


@lru_cache(maxsize=20_000)
def _thousandths(text: str) -> int:
    plain = unicodedata.normalize("NFD", text)
    return sum(WIDTHS.get(letter, OTHER) for letter in plain if not unicodedata.combining(letter))


def halves(text: str) -> tuple[str, str] | None:
    """Break a name of several words in two lines that are as equal as can be, or return None for one word."""
    breaks = [place for place, letter in enumerate(text) if letter in BREAKS and SHORT <= place < len(text) - SHORT]
    if not breaks:
        return None
    pairs = [(text[: place + 1].strip(), text[place + 1 :].strip()) for place in breaks]
    return min(pairs, key=lambda pair: max(width(pair[0], 1), width(pair[1], 1)))
