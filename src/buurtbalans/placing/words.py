"""The advice in Dutch words: why this home, why no home, what was not met, and what stands beside it."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .agreements import capacity_over, shares_short
from .case import NO_MOST, NONE
from .explain import what_helps
from .fit import Part
from .load import chains, weights
from .pairs import SAID
from .solve import Advice

NAMED: Final = 5  # homes


def homes_in_words(many: int) -> str:
    """Return a number of homes."""
    return f"{many} woning{'en' if many != 1 else ''}"


def comma(number: float) -> str:
    """Return a number as Dutch writes it."""
    return f"{number:g}".replace(".", ",")


class Saying:
    """Says why for one advice; areas have their `names`, or else codes. What all share is worked out once."""

    def __init__(self, advice: Advice, names: Mapping[str, str] | None = None) -> None:
        self.advice, self.case = advice, advice.case
        self._area = [(names or {}).get(code, code) for code in advice.case.areas.codes]
        self._fitting, self._filters = advice.fitting, advice.filters
        placed = np.flatnonzero(advice.outcome.home != NONE)
        self._taken = np.zeros(len(self.case.homes.ids), dtype=np.bool_)
        self._taken[advice.outcome.home[placed]] = True
        self.lives = {int(advice.outcome.home[one]): int(one) for one in placed}
        bounded, load = advice.room.bounded, advice.outcome.load
        least = int(weights(self.case).min(initial=advice.room.scale))
        full = bounded & (load + least > advice.room.ceiling)
        blocked = [next((area for area in chain if full[area]), NONE) for chain in chains(advice.case.areas)]
        self.blocked: NDArray[np.int64] = np.array(blocked, dtype=np.int64)

    @cached_property
    def _parts(self) -> dict[int, list[Part]]:
        """Return of every proposal the parts of its points."""
        placed = np.flatnonzero(self.advice.outcome.home != NONE)
        return dict(zip(placed.tolist(), self._fitting.each(placed, self.advice.outcome.home[placed]), strict=True))

    @cached_property
    def _best(self) -> dict[int, tuple[int, int]]:
        """Return the home that fits every household best, without all others, and its points; its own wins a tie."""
        pairs, home = self.advice.pairs, self.advice.outcome.home
        some = np.flatnonzero(np.diff(pairs.start))
        if not len(some):
            return {}
        most = np.maximum.reduceat(pairs.fit, pairs.start[some])
        fits = np.flatnonzero(pairs.fit == np.repeat(most, np.diff(pairs.start)[some]))
        household = pairs.household[fits]
        best = np.full(len(home), NONE, dtype=np.int64)
        best[household[::-1]] = pairs.home[fits[::-1]]  # of equals the first stays
        mine = home[household] == pairs.home[fits]
        best[household[mine]] = home[household[mine]]
        return dict(zip(some.tolist(), zip(best[some].tolist(), most.tolist(), strict=True), strict=True))

    def best(self, household: int) -> tuple[int, int] | None:
        """Return the home that fits a household best, without all others, and its points; its own home wins a tie."""
        return self._best.get(household)

    def why_home(self, household: int) -> str:
        """Return why a household is advised its home: what fits less, and where its own best home goes."""
        home, ids = int(self.advice.outcome.home[household]), self.case.homes.ids
        if (household, home) in self.advice.wishes.locks:
            return "Deze plaatsing lag vast."
        parts = self._parts[household]
        less = [f"{part.why} ({part.points} van {part.most})" for part in parts if part.points < part.most]
        said = f"{sum(part.points for part in parts)} van 1000 punten"
        said += f"; minder dan alles: {'; '.join(less)}." if less else ": alles past."
        best = self.best(household)
        if best is None or best[0] == home:
            return f"{said} Dit is de eigen beste woning."
        other = self.lives.get(best[0])
        if other is not None:
            return f"{said} De eigen beste woning {ids[best[0]]} gaat naar {self.case.households.ids[other]}."
        return f"{said} De eigen beste woning {ids[best[0]]} blijft leeg: {self.why_empty(best[0])}."

    def why_empty(self, home: int) -> str:
        """Return why nobody is advised a home."""
        full = self.blocked[int(self.case.homes.area[home])]
        return f"gebied {self._area[full]} is vol" if full != NONE else "dat maakt haar gebied te vol"

    @cached_property
    def _rejected(self) -> dict[int, list[int]]:
        """Return the homes that people rejected for each household."""
        found: dict[int, list[int]] = {}
        for household, home in sorted(self.advice.wishes.rejections):
            found.setdefault(household, []).append(home)
        return found

    @cached_property
    def _fast(self) -> list[tuple[int, int]]:
        """Return what lies fast, household by household."""
        return sorted(self.advice.wishes.locks)

    def why_none(self, household: int) -> str:
        """Return why a household has no home."""
        own = self.advice.pairs.of(household)
        homes, decided = self.advice.pairs.home[own], self._decided(household)
        if len(homes):
            return f"{self._why_no_other(homes)}{decided and ' '}{decided}"
        helps = "; ".join(what_helps(self.advice, household, self._filters))
        helped = f" Zou helpen: {helps}." if helps else ""
        why = f"decided: {decided}" if decided else f"no_home: Geen woning past: {self._failing(household)}"
        return why + helped

    def _why_no_other(self, homes: NDArray[np.int32]) -> str:
        """Return why none of the homes that are left for a household went to it."""
        free = homes[~self._taken[homes]]
        if not len(free):
            many = (
                "De enige woning die past, gaat" if len(homes) == 1 else f"Alle {len(homes)} woningen die passen, gaan"
            )
            return f"homes_taken: {many} naar een ander huishouden."
        around = np.unique(self.blocked[self.case.homes.area[free]])
        full = [self._area[area] for area in around.tolist() if area != NONE]
        if full:
            return f"ceiling: De vrije woningen die passen, liggen in een gebied dat vol is: {', '.join(full)}."
        return "price: Een plaatsing kost de gebieden of de afspraken meer dan zij oplevert."

    def _failing(self, household: int) -> str:
        """Return what keeps homes from a household, the most frequent first."""
        fails = self._filters.failing(slice(household, household + 1))
        counts = sorted(((int(flags.sum()), SAID[reason]) for reason, flags in fails.items()), reverse=True)
        said = "; ".join(f"{words} ({homes_in_words(many)})" for many, words in counts if many)
        return f"{said or 'er is geen woning'}."

    def _decided(self, household: int) -> str:
        """Return which homes would fit a household, had people not decided otherwise."""
        ids, rejected = self.case.homes.ids, self._rejected.get(household, [])
        if not rejected and not self._fast:
            return ""
        fits = ~np.any([flags[0] for flags in self._filters.failing(slice(household, household + 1)).values()], axis=0)
        away = [home for home in rejected if fits[home]]
        wanted = set(np.flatnonzero(fits).tolist()).difference(away)
        fast = [home for one, home in self._fast if home in wanted and one != household]
        said = []
        for homes, what in ((fast, ("ligt", "liggen", "vast voor een ander")), (away, ("is", "zijn", "afgewezen"))):
            named = ", ".join(ids[home] for home in homes[:NAMED])
            more = f" en nog {len(homes) - NAMED}" if len(homes) > NAMED else ""
            if homes:
                verb, would = (what[1], "zouden") if len(homes) > 1 else (what[0], "zou")
                said.append(f"{named}{more} {verb} {what[2]}, en {would} passen.")
        return " ".join(said)

    def slacks(self) -> Iterator[str]:
        """Yield what was agreed and is not met, in sentences."""
        case, found = self.case, self.advice.outcome
        for place, code in enumerate(case.groups.codes):
            placed, low, high = (int(one[place]) for one in (found.group, case.groups.minimum, case.groups.maximum))
            if placed < low:
                why = self._short(place)
                yield f"Groep {code}: {placed} geplaatst, {low - placed} onder het minimum van {low}. {why}"
            if high < NO_MOST and placed > high:
                yield f"Groep {code}: {placed} geplaatst, {placed - high} boven het maximum van {high}."
        for code, used, short in shares_short(case, found.home):
            yield f"Corporatie {code}: {homes_in_words(used)}, {short} onder het minimum van {used + short}."
        for code, place, here, more in capacity_over(case, found.home):
            where = case.areas.codes[place]
            yield f"Aanbieder {code} in gebied {where}: {here} huishoudens, {more} meer dan de {here - more} die kan."
        over = np.flatnonzero(self.advice.room.bounded & (found.load > self.advice.room.ceiling))
        for area in over:
            above = (found.load[area] - self.advice.room.ceiling[area]) / self.advice.room.scale
            yield f"Gebied {case.areas.codes[area]}: {comma(float(above))} boven het plafond, door wat vastligt."

    def _short(self, group: int) -> str:
        """Return why no more households of a group are placed."""
        waiting = np.flatnonzero((self.case.households.group == group) & (self.advice.outcome.home == NONE))
        if not len(waiting):
            return "Er zijn niet meer huishoudens."
        without = sum(not len(self.advice.pairs.fit[self.advice.pairs.of(int(one))]) for one in waiting)
        return f"Nog {len(waiting)} wachten; voor {without} daarvan past geen enkele woning."
