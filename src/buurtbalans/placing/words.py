"""The advice in Dutch words: why this home, why no home, what was not met, and what stands beside it."""

from collections.abc import Iterator

import numpy as np

from .agreements import capacity_over, shares_short
from .case import NO_MOST, NONE
from .explain import what_helps
from .fit import Fitting
from .load import chains, weights
from .pairs import SAID, Filters
from .solve import Advice


class Saying:
    """Says why for one advice; what all households share is worked out once."""

    def __init__(self, advice: Advice) -> None:
        self.advice, self.case = advice, advice.case
        self._fitting, self._filters = Fitting(advice.case), Filters(advice.case)
        placed = np.flatnonzero(advice.outcome.home != NONE)
        self.lives = {int(advice.outcome.home[one]): int(one) for one in placed}
        bounded, load = advice.room.bounded, advice.outcome.load
        least = int(weights(self.case).min(initial=advice.room.scale))
        full = bounded & (load + least > advice.room.ceiling)
        self.blocked = [next((area for area in chain if full[area]), NONE) for chain in chains(advice.case.areas)]

    def best(self, household: int) -> tuple[int, int] | None:
        """Return the home that fits a household best, without all others, and its points; its own home wins a tie."""
        own = self.advice.pairs.of(household)
        fits = self.advice.pairs.fit[own]
        if not len(fits):
            return None
        homes, most = self.advice.pairs.home[own], int(fits.max())
        best = homes[fits == most]
        mine = int(self.advice.outcome.home[household])
        return (mine if mine in best else int(best[0])), most

    def why_home(self, household: int) -> str:
        """Return why a household is advised its home: what fits less, and where its own best home goes."""
        home, ids = int(self.advice.outcome.home[household]), self.case.homes.ids
        if (household, home) in self.advice.wishes.locks:
            return "Deze plaatsing lag vast."
        parts = self._fitting.explained(household, home)
        less = [f"{part.why} ({part.points} van {part.most})" for part in parts if part.points < part.most]
        said = f"{sum(part.points for part in parts)} van 1000 punten"
        said += f"; minder dan alles: {'; '.join(less)}." if less else ": alles past."
        best = self.best(household)
        if best is None or best[0] == home:
            return f"{said} Dit is de eigen beste woning."
        other = self.lives.get(best[0])
        if other is not None:
            return f"{said} De eigen beste woning {ids[best[0]]} gaat naar {self.case.households.ids[other]}."
        full = self.blocked[int(self.case.homes.area[best[0]])]
        where = f"gebied {self.case.areas.codes[full]} is vol" if full != NONE else "dat maakt haar gebied te vol"
        return f"{said} De eigen beste woning {ids[best[0]]} blijft leeg: {where}."

    def why_none(self, household: int) -> str:
        """Return why a household has no home."""
        own = self.advice.pairs.of(household)
        homes = self.advice.pairs.home[own]
        if not len(homes):
            helps = "; ".join(what_helps(self.advice, household, self._filters))
            helped = f" Zou helpen: {helps}." if helps else ""
            return f"no_home: Geen woning past: {self._failing(household)}{helped}"
        free = [int(home) for home in homes if int(home) not in self.lives]
        if not free:
            many = (
                "De enige woning die past, gaat" if len(homes) == 1 else f"Alle {len(homes)} woningen die passen, gaan"
            )
            return f"homes_taken: {many} naar een ander huishouden."
        full = sorted({self.case.areas.codes[area] for area in map(self._full, free) if area != NONE})
        if full:
            return f"ceiling: De vrije woningen die passen, liggen in een gebied dat vol is: {', '.join(full)}."
        return "price: Een plaatsing kost de gebieden of de afspraken meer dan zij oplevert."

    def _full(self, home: int) -> int:
        return self.blocked[int(self.case.homes.area[home])]

    def _failing(self, household: int) -> str:
        """Return what keeps homes from a household, the most frequent first."""
        fails = self._filters.failing(slice(household, household + 1))
        counts = sorted(((int(flags.sum()), SAID[reason]) for reason, flags in fails.items()), reverse=True)
        return "; ".join(f"{words} ({many} woningen)" for many, words in counts if many) + "." if any(
            many for many, _ in counts
        ) else "er is geen woning, of zij zijn afgewezen of liggen vast."  # fmt: skip

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
            yield f"Corporatie {code}: {used} woningen, {short} onder het minimum van {used + short}."
        for code, place, here, more in capacity_over(case, found.home):
            where = case.areas.codes[place]
            yield f"Aanbieder {code} in gebied {where}: {here} huishoudens, {more} meer dan de {here - more} die kan."
        over = np.flatnonzero(self.advice.room.bounded & (found.load > self.advice.room.ceiling))
        for area in over:
            above = (found.load[area] - self.advice.room.ceiling[area]) / self.advice.room.scale
            yield f"Gebied {case.areas.codes[area]}: {above:g} boven het plafond, door wat vastligt."

    def _short(self, group: int) -> str:
        """Return why no more households of a group are placed."""
        waiting = np.flatnonzero((self.case.households.group == group) & (self.advice.outcome.home == NONE))
        if not len(waiting):
            return "Er zijn niet meer huishoudens."
        without = sum(not len(self.advice.pairs.fit[self.advice.pairs.of(int(one))]) for one in waiting)
        return f"Nog {len(waiting)} wachten; voor {without} daarvan past geen enkele woning."
