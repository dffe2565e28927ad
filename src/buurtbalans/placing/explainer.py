"""The advice in Dutch words: why this home, why no home, what was not met, and what stands beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.placing.advice import Advice
from buurtbalans.placing.agreements import capacity_over, owned, shares_short
from buurtbalans.placing.case import NO_INDEX, UNBOUNDED
from buurtbalans.placing.explain import what_helps
from buurtbalans.placing.fit import Part
from buurtbalans.placing.load import chains, weights
from buurtbalans.placing.pairs import SAID
from buurtbalans.placing.text import Fact, Text

NAMED: Final = 5  # homes, or areas
Missed = tuple[tuple[str, ...], float, Text]  # of whom it was agreed, by how much it is missed, and the sentence


def comma(number: float) -> str:
    """Return a number as Dutch writes it."""
    return f"{number:g}".replace(".", ",")


def _first(names: list[str]) -> Fact:
    """Return the first of some names, and how many more there are."""
    named, more = ", ".join(names[:NAMED]), len(names) - NAMED
    return Text("%(homes)s en nog %(more)s", facts={"homes": named, "more": more}) if more > 0 else named


@dataclass(frozen=True)
class Why:
    """Why a household has no home: a word for machines, and sentences."""

    code: str
    texts: tuple[Text, ...]

    def __str__(self) -> str:
        return f"{self.code}: {' '.join(map(str, self.texts))}"


class Explainer:
    """Says why for one advice; areas have their `names`, or else codes. What all share is worked out once."""

    def __init__(self, advice: Advice, names: Mapping[str, str] | None = None) -> None:
        self.advice, self.case = advice, advice.case
        self._area = [(names or {}).get(code, code) for code in advice.case.areas.codes]
        placed = np.flatnonzero(advice.outcome.home != NO_INDEX)
        self._taken = np.zeros(len(self.case.homes.ids), dtype=np.bool_)
        self._taken[advice.outcome.home[placed]] = True
        self.lives = {int(advice.outcome.home[one]): int(one) for one in placed}
        bounded, load = advice.room.bounded, advice.outcome.load
        least = int(weights(self.case).min(initial=advice.room.scale))
        full = bounded & (load + least > advice.room.ceiling)
        blocked = [next((area for area in chain if full[area]), NO_INDEX) for chain in chains(advice.case.areas)]
        self.blocked: NDArray[np.int64] = np.array(blocked, dtype=np.int64)

    @cached_property
    def _parts(self) -> dict[int, list[Part]]:
        """Return of every proposal the parts of its points."""
        home = self.advice.outcome.home
        placed = np.flatnonzero(home != NO_INDEX)
        return dict(zip(placed.tolist(), self.advice.fitting.each(placed, home[placed]), strict=True))

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
        best = np.full(len(home), NO_INDEX, dtype=np.int64)
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
        if full == NO_INDEX:
            return "dan komt haar gebied boven zijn plafond"
        return f"gebied {self._area[full]} is aan zijn plafond"

    @cached_property
    def _rejected(self) -> dict[int, list[int]]:
        """Return the homes that people rejected for each household."""
        numbers: dict[int, list[int]] = {}
        for household, home in sorted(self.advice.wishes.rejections):
            numbers.setdefault(household, []).append(home)
        return numbers

    @cached_property
    def _locked(self) -> list[tuple[int, int]]:
        """Return the locked homes by household."""
        return sorted(self.advice.wishes.locks)

    def why_none(self, household: int) -> Why:
        """Return why a household has no home."""
        own = self.advice.pairs.of(household)
        homes, decided = self.advice.pairs.home[own], tuple(self._decided(household))
        if len(homes):
            why = self._why_no_other(homes)
            return Why(why.code, (*why.texts, *decided))
        helps = tuple(what_helps(self.advice, household))
        helped = (Text("Dit kan een plaatsing mogelijk maken: %(helps)s.", facts={"helps": helps}),) if helps else ()
        if decided:
            return Why("decided", (*decided, *helped))
        fails = Text("Geen woning past: %(why)s.", facts={"why": self._failing(household)})
        return Why("no_home", (fails, *helped))

    def _why_no_other(self, homes: NDArray[np.int32]) -> Why:
        """Return why none of the homes that are left for a household went to it."""
        free = homes[~self._taken[homes]]
        if not len(free):
            taken = Text(
                "De enige woning die past, gaat naar een ander huishouden.",
                "Alle %(number)s woningen die passen, gaan naar een ander huishouden.",
                len(homes),
            )
            return Why("homes_taken", (taken,))
        around = np.unique(self.blocked[self.case.homes.area[free]])
        if areas := [self._area[area] for area in around.tolist() if area != NO_INDEX]:
            above = Text(
                "De vrije woningen die passen, zijn in een gebied zonder plaatsingsruimte: %(areas)s.",
                facts={"areas": _first(areas)},
            )
            return Why("ceiling", (above,))
        dear = Text("Een plaatsing is voor de gebieden of de quota nadeliger dan zij het huishouden oplevert.")
        return Why("price", (dear,))

    def _failing(self, household: int) -> tuple[Text, ...]:
        """Return what keeps homes from a household, the most frequent first."""
        fails = self.advice.filters.failing(slice(household, household + 1))
        counts = [(int(flags.sum()), SAID[reason]) for reason, flags in fails.items()]
        said = tuple(
            Text("%(what)s (%(number)s woning)", "%(what)s (%(number)s woningen)", many, {"what": words})
            for many, words in sorted(counts, key=lambda count: (count[0], str(count[1])), reverse=True)
            if many
        )
        return said or (Text("er is geen woning"),)

    def _suitable_homes(self, household: int) -> set[int]:
        """The homes that pass the hard filters for a household, whatever people decided."""
        fails = self.advice.filters.failing(slice(household, household + 1))
        return set(np.flatnonzero(~np.any([flags[0] for flags in fails.values()], axis=0)).tolist())

    def _decided(self, household: int) -> Iterator[Text]:
        """Yield which homes would fit a household, had people not decided otherwise."""
        rejected = self._rejected.get(household, [])
        if not rejected and not self._locked:
            return
        suitable = self._suitable_homes(household)
        away = [home for home in rejected if home in suitable]
        open_to_others = suitable.difference(away)
        locked = [home for other, home in self._locked if other != household and home in open_to_others]
        if locked:
            yield Text(
                "%(homes)s is passend, maar is al toegewezen aan een ander huishouden.",
                "%(homes)s zijn passend, maar zijn al toegewezen aan een ander huishouden.",
                len(locked),
                self._named(locked),
            )
        if away:
            yield Text(
                "%(homes)s is passend, maar is eerder afgewezen.",
                "%(homes)s zijn passend, maar zijn eerder afgewezen.",
                len(away),
                self._named(away),
            )

    def _named(self, homes: list[int]) -> dict[str, Fact]:
        """Return some homes by their numbers, and how many more there are."""
        return {"homes": _first([self.case.homes.ids[home] for home in homes])}

    def slacks(self) -> Iterator[Text]:
        """Yield what was agreed and is not met, in sentences."""
        return (text for _of, _much, text in self.missed())

    def missed(self) -> Iterator[Missed]:
        """Yield what was agreed and is not met."""
        case, outcome = self.case, self.advice.outcome
        yield from self._groups_missed()
        for code, used, short in shares_short(case, outcome.home):
            text = Text(
                "Corporatie %(owner)s: %(number)s woning, %(short)s onder het minimum van %(least)s. %(why)s",
                "Corporatie %(owner)s: %(number)s woningen, %(short)s onder het minimum van %(least)s. %(why)s",
                used,
                {"owner": code, "short": short, "least": used + short, "why": self._short_share(code)},
            )
            yield ("share", code), short, text
        for code, place, here, more in capacity_over(case, outcome.home):
            text = Text(
                "Aanbieder %(provider)s in gebied %(area)s: %(number)s huishouden, "
                "%(more)s meer dan de %(most)s die kan.",
                "Aanbieder %(provider)s in gebied %(area)s: %(number)s huishoudens, "
                "%(more)s meer dan de %(most)s die kan.",
                here,
                {"provider": code, "area": self._area[place], "more": more, "most": here - more},
            )
            yield ("capacity", code, case.areas.codes[place]), more, text
        over = np.flatnonzero(self.advice.room.bounded & (outcome.load > self.advice.room.ceiling))
        for area in over.tolist():
            above = float((outcome.load[area] - self.advice.room.ceiling[area]) / self.advice.room.scale)
            text = Text(
                "Gebied %(area)s: %(above)s boven de plaatsingsruimte, door plaatsingen die al vaststaan.",
                facts={"area": self._area[area], "above": comma(above)},
            )
            yield ("area", case.areas.codes[area]), above, text

    def _groups_missed(self) -> Iterator[Missed]:
        """Yield which groups are below their minimum or above their maximum."""
        groups, outcome = self.case.groups, self.advice.outcome
        for place, code in enumerate(groups.codes):
            placed, low, high = (int(one[place]) for one in (outcome.group, groups.minimum, groups.maximum))
            facts: dict[str, Fact] = {"group": code, "placed": placed}
            if placed < low:
                text = Text(
                    "Groep %(group)s: %(placed)s geplaatst, %(short)s onder het minimum van %(low)s. %(why)s",
                    facts=facts | {"short": low - placed, "low": low, "why": self._short(place)},
                )
                yield ("group", code), low - placed, text
            if high < UNBOUNDED and placed > high:
                text = Text(
                    "Groep %(group)s: %(placed)s geplaatst, %(over)s boven het maximum van %(high)s.",
                    facts=facts | {"over": placed - high, "high": high},
                )
                yield ("group", code), placed - high, text

    def _short_share(self, code: str) -> Text:
        """Return why no more homes of a corporation are used."""
        own = owned(self.case, code)
        if (many := int(own.sum())) < self.case.shares[code]:
            return Text(
                "Er is maar %(number)s woning van deze corporatie in de plaatsingsronde.",
                "Er zijn maar %(number)s woningen van deze corporatie in de plaatsingsronde.",
                many,
            )
        return Text(
            "Er is nog %(number)s woning van deze corporatie vrij.",
            "Er zijn nog %(number)s woningen van deze corporatie vrij.",
            int((own & ~self._taken).sum()),
        )

    def _short(self, group: int) -> Text:
        """Return why no more households of a group are placed."""
        waiting = np.flatnonzero((self.case.households.group == group) & (self.advice.outcome.home == NO_INDEX))
        if not len(waiting):
            return Text("Er zijn niet meer huishoudens in deze plaatsingsronde.")
        without = sum(not len(self.advice.pairs.fit[self.advice.pairs.of(int(one))]) for one in waiting)
        return Text(
            "Nog %(number)s wacht; voor %(without)s daarvan past geen enkele woning.",
            "Nog %(number)s wachten; voor %(without)s daarvan past geen enkele woning.",
            len(waiting),
            {"without": without},
        )
