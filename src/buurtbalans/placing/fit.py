"""How well a home fits a household: whole points from 0 to 1,000, each part of them explained."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from .case import NO_MOST, Case, Whole
from .load import chains, under
from .settings import PARTS

Points = Mapping[str, Whole]  # per part: households × homes
FURTHER: Final = 3  # levels around a wished area that still give points
_SAID: Final = {  # per part: all points, some, none
    "near": ("ligt waar het huishouden graag wil wonen", "ligt in de buurt van die wens", "ligt ver van die wens"),
    "rooms": ("heeft niet meer kamers dan nodig", "heeft meer kamers dan nodig", "heeft veel meer kamers dan nodig"),
    "rent": ("is ruim betaalbaar", "is betaalbaar", "kost precies de hoogste huur"),
    "provider": ("de begeleiding werkt hier", "", "de begeleiding werkt hier niet"),
    "let_by": ("moet het eerst verhuurd zijn", "moet binnenkort verhuurd zijn", "heeft geen haast"),
    "step_free": ("gelijkvloers waar dat nodig is, of juist niet", "", "is gelijkvloers en dat is niet gevraagd"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the points: how many, of how many, and why in Dutch."""

    name: str
    points: int
    most: int
    why: str


class Fitting:
    """Gives the points of a case; what is the same for all households is worked out once."""

    def __init__(self, case: Case) -> None:
        self.case, self.most = case, case.settings.fit
        self._under, self._chains = under(case.areas), chains(case.areas)
        self._let_by = self._soonest()
        self._providers: dict[str, Whole] = {}
        self._wishes: dict[tuple[int, ...], Whole] = {}

    def points(self, rows: slice) -> Points:
        """Return the points per part of some households for all homes."""
        case, homes = self.case, self.case.homes
        asked = case.households
        wished = np.stack([self._near(near) for near in asked.near[rows]])
        works = np.stack([self._works(provider) for provider in asked.provider[rows]])
        extra = np.maximum(0, homes.rooms[None, :] - asked.rooms_min[rows, None])
        extra[asked.rooms_min[rows] == 0] = 0
        needless = homes.step_free[None, :] & ~asked.step_free[rows, None]
        return {
            "near": wished[:, homes.area],
            "rooms": np.maximum(0, self.most["rooms"] - self.most["rooms_step"] * extra),
            "rent": self._rent(asked.rent_max[rows]),
            "provider": works[:, homes.area],
            "let_by": np.broadcast_to(self._let_by, needless.shape),
            "step_free": np.where(needless, 0, self.most["step_free"]),
        }

    def total(self, rows: slice) -> Whole:
        """Return the points of some households for all homes."""
        total = np.zeros((len(self.case.households.ids[rows]), len(self.case.homes.ids)), dtype=np.int64)
        for part in self.points(rows).values():
            total += part
        return total

    def explained(self, household: int, home: int) -> list[Part]:
        """Return each part of the points of one home for one household, with its why."""
        found = []
        for name, points in self.points(slice(household, household + 1)).items():
            got, most = int(points[0, home]), int(self.most[name])
            said = _SAID[name][0 if got == most else 1 if got else 2]
            found.append(Part(name, got, most, said))
        return found

    def _rent(self, most: Whole) -> Whole:
        """Return the points for rent: all up to an easy part of the highest rent, none at that rent itself."""
        points, easy = int(self.most["rent"]), float(self.case.settings.rent["easy"])
        space = np.maximum(1, np.floor(most * (1 - easy))).astype(np.int64)[:, None]
        left = np.clip(most[:, None] - self.case.homes.rent[None, :], 0, space)
        found: Whole = np.where(most[:, None] == NO_MOST, points, points * left // space)
        return found

    def _near(self, near: tuple[int, ...]) -> Whole:
        """Return the points of every area for a list of wished areas."""
        if near not in self._wishes:
            points = np.zeros(len(self.case.areas.codes), dtype=np.int64)
            for wish in near:
                for further, around in enumerate(self._chains[wish][:FURTHER]):
                    points = np.maximum(points, np.where(self._under[around], self.most["near"] >> further, 0))
            self._wishes[near] = points if near else np.full_like(points, self.most["near"])
        return self._wishes[near]

    def _works(self, provider: str) -> Whole:
        """Return the points of every area for guidance; who asks none loses none, nor does anybody without a list."""
        if provider not in self._providers:
            there = np.zeros(len(self.case.areas.codes), dtype=np.bool_)
            for (code, area), most in self.case.capacity.items():
                if code == provider and most:
                    there |= self._under[area]
            if not provider or not self.case.capacity:
                there[:] = True
            self._providers[provider] = np.where(there, self.most["provider"], 0)
        return self._providers[provider]

    def _soonest(self) -> Whole:
        """Return the points of every home for the day it must be let: all for the first day, none much later."""
        points, days = int(self.most["let_by"]), int(self.case.settings.let_by["days"])
        dates = self.case.homes.let_by
        first = min((day for day in dates if day), default=None)
        if first is None:
            return np.full(len(dates), points, dtype=np.int64)
        return np.array([_early(day, first, days) * points // days for day in dates], dtype=np.int64)


def _early(day: date | None, first: date, days: int) -> int:
    return max(0, days - (day - first).days) if day else 0


assert set(_SAID) == set(PARTS)
