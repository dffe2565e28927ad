"""What one area looks like on the map: one of five classes, or the reason why it has no figure."""

import re
from dataclasses import dataclass

from buurtbalans.figures.observation import Absence

FILL = re.compile(r"[ks][1-5]")


@dataclass(frozen=True, slots=True)
class MapClass:
    """The fill of an area and what it says in words.

    `fill` is `k1`–`k5` (with a direction, 5 is better), `s1`–`s5` (no judgement, 5 is more) or a reason for absence;
    `value` is the figure as people read it, `words` the class or the reason.
    """

    fill: str
    words: str = ""
    value: str = ""

    def __post_init__(self) -> None:
        if not FILL.fullmatch(self.fill):
            object.__setattr__(self, "fill", Absence(self.fill).value)

    @property
    def css(self) -> str:
        """The class of the style sheet, empty for an absent figure: that has a pattern."""
        if self.absent:
            return ""
        return ("oordeel-" if self.fill[0] == "k" else "reeks-") + self.fill[1]

    @property
    def absent(self) -> bool:
        """Whether there is a reason instead of a figure."""
        return not FILL.fullmatch(self.fill)

    def sentence(self, name: str) -> str:
        """Name, value and words, as a screen reader and a pointer get them."""
        said = ", ".join(part for part in (str(self.value), str(self.words)) if part)
        return f"{name}: {said}" if said else name
