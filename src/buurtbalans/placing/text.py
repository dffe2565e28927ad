"""Texts of the advice: Dutch sentences with facts in them, which whoever shows them may say in another language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Union

Fact = Union[str, int, "Text", Sequence["Text"]]
Find = Callable[[str, str, int], str]  # the sentence for one, for many, and how many there are: the one to fill in


def in_dutch(one: str, many: str, number: int) -> str:
    """Return the sentence as it stands in the source."""
    return many if many and number != 1 else one


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence, or a part of one; `many` is for more than one, and facts may be texts themselves.

    Examples
    --------
    >>> str(Text("%(number)s woning", "%(number)s woningen", 2))
    '2 woningen'
    >>> Text("kan niet: %(why)s.", facts={"why": (Text("te klein"), Text("te duur"))}).told()
    'kan niet: te klein; te duur.'
    """

    one: str
    many: str = ""
    number: int = 1
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.told()

    def told(self, find: Find = in_dutch) -> str:
        """Return the sentence with its facts, in the language that `find` knows."""
        batch = find(self.one, self.many, self.number)
        if not self.facts and not self.many:
            return batch
        return batch % {"number": self.number, **{name: _told(fact, find) for name, fact in self.facts.items()}}


def _told(fact: Fact, find: Find) -> str:
    if isinstance(fact, Text):
        return fact.told(find)
    return str(fact) if isinstance(fact, str | int) else "; ".join(one.told(find) for one in fact)
