"""How careful the gate is, per source and circle: the fewest behind a figure, and the step it is rounded to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from buurtbalans.figures.catalogue.indicator import Indicator, SourceKind


class Audience(StrEnum):
    """Who sees a figure, from narrow to wide; wider is stricter."""

    OWN = "own"
    CORE = "core"
    RING = "ring"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Care:
    """What the gate asks.

    Attributes
    ----------
    minimum : counts of 1 … minimum - 1 are small; a share or mean needs this many people, homes or answers behind it.
    step : shown counts are rounded to a multiple of this; 1 shows them as they are.
    """

    minimum: int
    step: int = 1


_CARE: Final = {
    SourceKind.PARTNER: {
        Audience.OWN: Care(1),
        Audience.CORE: Care(10),
        Audience.RING: Care(10, step=5),
        Audience.PUBLIC: Care(20, step=5),
    },
    SourceKind.SURVEY: {
        Audience.OWN: Care(1),
        Audience.CORE: Care(20),
        Audience.RING: Care(30),
        Audience.PUBLIC: Care(50),
    },
}


def care(kind: SourceKind, audience: Audience) -> Care:
    """Return how careful the gate is with figures of a kind of source before an audience.

    What a publisher published is as public as it will ever be: it is shown as published.

    Examples
    --------
    >>> care(SourceKind.PARTNER, Audience.PUBLIC)
    Care(minimum=20, step=5)
    >>> care(SourceKind.PUBLISHED, Audience.PUBLIC).minimum
    1
    """
    return _CARE[kind][audience] if kind in _CARE else Care(1)


def fewest(indicator: Indicator, kind: SourceKind, audience: Audience = Audience.PUBLIC) -> int:
    """Return the fewest behind a figure before an audience sees it: by the indicator or the policy, the stricter one.

    Examples
    --------
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> fewest(catalogue()["debt_help"], SourceKind.PARTNER), fewest(catalogue()["lonely_65_plus"], SourceKind.SURVEY)
    (20, 50)
    """
    return max(indicator.minimum, care(kind, audience).minimum)
