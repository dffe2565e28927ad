"""Reads of ratings: how residents and professionals spread over 1 to 7, before and after; never one number."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from django.contrib.auth.models import AnonymousUser

from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.stories.models import Aspect, Rating, RatingSheet, Side, When

FEWEST: Final = 5  # a group of fewer answers to a theme is not shown
SCORES: Final = tuple(range(1, 8))
Group = tuple[When, Side]


@dataclass(frozen=True)
class Spread:
    """How many of a group gave each number, and how many did not know; hidden when they are too few."""

    counts: tuple[int, ...]
    unknown: int = 0

    @property
    def number(self) -> int:
        """How many gave a number."""
        return sum(self.counts)

    @property
    def hidden(self) -> bool:
        """Whether so few gave a number that one could see who."""
        return self.number < FEWEST

    @property
    def middle(self) -> tuple[int, int]:
        """From where to where the middle half of the group lies; only where it is shown."""
        sums = list(accumulate(self.counts))
        low = next(score for score, sum_ in zip(SCORES, sums, strict=True) if 4 * sum_ > self.number)
        high = next(score for score, sum_ in zip(SCORES, sums, strict=True) if 4 * sum_ >= 3 * self.number)
        return low, max(low, high)

    def apart(self, other: "Spread") -> float:
        """Return how far two groups lie apart, in steps of the scale: how much of one must move to become the other."""
        sums = (accumulate(spread.counts) for spread in (self, other))
        return sum(abs(a / self.number - b / other.number) for a, b in zip(*sums, strict=True))


@dataclass(frozen=True)
class Rated:
    """One of the twelve themes: its spread per group, and the reasons of the groups that are shown."""

    aspect: Aspect
    groups: dict[Group, Spread]
    reasons: dict[Group, list[str]]

    def apart(self, one: Group, other: Group) -> float:
        """Return how far two groups lie apart; 0 when one of them is not shown."""
        first, second = self.groups.get(one), self.groups.get(other)
        return 0.0 if not first or not second or first.hidden or second.hidden else first.apart(second)


@dataclass(frozen=True)
class Apart:
    """Two groups that differ most about a theme."""

    theme: Rated
    one: Group
    other: Group

    @property
    def spreads(self) -> list[tuple[Group, Spread]]:
        """The two groups with how they spread."""
        return [(group, self.theme.groups[group]) for group in (self.one, self.other)]


def sheets_of(core: Circle, author: Person) -> list[RatingSheet]:
    """Return the sheets that a person wrote down in a round, newest first."""
    return list(RatingSheet.objects.filter(circle=core, author=author))


def sheets_counted(core: Circle, viewer: Person | AnonymousUser) -> list[tuple[When, int]]:
    """Return how many sheets a round has from its beginning and its end, without those it has none of."""
    counts = Counter(RatingSheet.objects.within_agreement(viewer).filter(circle=core).values_list("when", flat=True))
    return [(when, counts[when]) for when in When if counts[when]]


def themes_of(core: Circle, viewer: Person | AnonymousUser) -> list[Rated]:
    """Return the twelve themes of a round as somebody of the core group sees them."""
    sheets = RatingSheet.objects.within_agreement(viewer).filter(circle=core)
    standing = Rating.objects.filter(sheet__in=sheets).select_related("sheet")
    ratings = list(standing.order_by("sheet_id", "pk"))
    return [_theme(Aspect(aspect), [r for r in ratings if r.aspect == aspect]) for aspect in Aspect.values]


def _theme(aspect: Aspect, ratings: Iterable[Rating]) -> Rated:
    by_group: dict[Group, list[Rating]] = {}
    for rating in ratings:
        by_group.setdefault((When(rating.sheet.when), Side(rating.sheet.side)), []).append(rating)
    groups = {group: _spread(by_group[group]) for when in When for side in Side if (group := (when, side)) in by_group}
    reasons = {group: _reasons(by_group[group]) for group, spread in groups.items() if not spread.hidden}
    return Rated(aspect, groups, {group: texts for group, texts in reasons.items() if texts})


def _reasons(ratings: Iterable[Rating]) -> list[str]:
    """Return the reasons that were given with ratings, in alphabetical order."""
    return sorted(rating.reason for rating in ratings if rating.reason)


def _spread(ratings: Iterable[Rating]) -> Spread:
    scores = Counter(rating.score for rating in ratings)
    return Spread(tuple(scores[score] for score in SCORES), scores[None])


def largest_contrasts(themes: Iterable[Rated]) -> list[Apart]:
    """Return where residents and professionals differ most, and where residents moved most since the beginning."""
    every = list(themes)
    pairs: list[tuple[Group, Group]] = [
        ((When.AFTER, Side.RESIDENT), (When.AFTER, Side.PROFESSIONAL)),
        ((When.BEFORE, Side.RESIDENT), (When.BEFORE, Side.PROFESSIONAL)),
        ((When.BEFORE, Side.RESIDENT), (When.AFTER, Side.RESIDENT)),
    ]
    contrasts = []
    for one, other in pairs:
        theme = max(every, key=lambda theme: theme.apart(one, other), default=None)
        if theme is not None and theme.apart(one, other) >= 1:
            contrasts.append(Apart(theme, one, other))
    sides = [contrast for contrast in contrasts if contrast.one[0] == contrast.other[0]][:1]
    return [*sides, *(contrast for contrast in contrasts if contrast.one[0] != contrast.other[0])]
