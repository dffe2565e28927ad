"""How the findings of a release count and name things, in Dutch."""

from collections.abc import Iterable
from typing import Final

NAMED: Final = 5  # how many codes a sentence names


def some(codes: Iterable[str], named: int = NAMED) -> str:
    """Return a few codes as words, and how many more there are.

    Examples
    --------
    >>> some(["A"]), some(["B", "A"]), some("ABCDEFG")
    ('A', 'A en B', 'A, B, C, D, E en nog 2')
    """
    names = sorted(codes)
    if len(names) > named:
        return f"{', '.join(names[:named])} en nog {number(len(names) - named)}"
    return " en ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def number(count: int) -> str:
    """Return a count as the Dutch write it.

    Examples
    --------
    >>> number(14574)
    '14.574'
    """
    return f"{count:,}".replace(",", ".")


def many(count: int, one: str, more: str) -> str:
    """Return a count with its noun in the right number.

    Examples
    --------
    >>> many(1, "gemeente", "gemeenten"), many(2500, "gemeente", "gemeenten")
    ('1 gemeente', '2.500 gemeenten')
    """
    return f"{number(count)} {one if count == 1 else more}"
