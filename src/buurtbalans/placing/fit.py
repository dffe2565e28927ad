"""How well a home fits a household: whole points from 0 to 1,000, each part of them explained."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.placing.case import NO_INDEX, UNBOUNDED, Case, IntArray
from buurtbalans.placing.load import under
from buurtbalans.placing.settings import PARTS
from buurtbalans.placing.text import Text

Points = Mapping[str, NDArray[Any]]  # per part
FURTHER: Final = 3  # levels around a wished area that still give points
# Per part: all points, some, none; what is lost is said as what is less, after "de woning".
_SAID: Final[Mapping[str, tuple[Text, Text, Text]]] = {
    "near": (
        Text("is in een gebied waar het huishouden graag wil wonen"),
        Text("is niet precies op de plek waar het huishouden graag wil wonen"),
        Text("is ver van de plek waar het huishouden graag wil wonen"),
    ),
    "rooms": (
        Text("heeft niet meer kamers dan nodig"),
        Text("heeft meer kamers dan nodig"),
        Text("heeft veel meer kamers dan nodig"),
    ),
    "rent": (
        Text("is ruim betaalbaar"),
        Text("is minder ruim betaalbaar"),
        Text("kost precies de hoogste huur die het huishouden kan betalen"),
    ),
    "provider": (
        Text("is in een gebied waar de begeleiding werkt"),
        Text("is in een gebied waar de begeleiding niet werkt"),
        Text("is in een gebied waar de begeleiding niet werkt"),
    ),
    "let_by": (
        Text("moet het eerst verhuurd zijn"),
        Text("hoeft minder snel verhuurd te zijn"),
        Text("hoeft nog niet snel verhuurd te zijn"),
    ),
    "step_free": (
        Text("is gelijkvloers waar dat nodig is, of juist niet"),
        Text("is gelijkvloers en dat is niet gevraagd"),
        Text("is gelijkvloers en dat is niet gevraagd"),
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the points: how many, of how many, and why."""

    name: str
    points: int
    most: int
    why: Text


class Fitting:
    """Gives the points of a case; what is the same for many households or homes is worked out once."""

    def __init__(self, case: Case) -> None:
        self.case, self.most = case, case.settings.fit
        self._under = under(case.areas)
        self._around = self._points_around()
        self._let_by = self._soonest()
        self._wish, self._near = _tables(case.households.near, self._wished, len(case.areas.codes))
        self._guide, self._works = _tables(case.households.provider, self._guided, len(case.areas.codes))

    def points(self, households: IntArray, homes: IntArray) -> Points:
        """Return the points per part of households for homes, pair by pair; the two are laid beside each other."""
        asked, offered = self.case.households, self.case.homes
        area, rooms = offered.area[homes], asked.rooms_min[households]
        extra = np.where(rooms > 0, np.maximum(0, offered.rooms[homes] - rooms), 0)
        needless = offered.step_free[homes] & ~asked.step_free[households]
        return {
            "near": self._near[self._wish[households], area],
            "rooms": np.maximum(0, self.most["rooms"] - self.most["rooms_step"] * extra),
            "rent": self._rent(asked.rent_max[households], offered.rent[homes]),
            "provider": self._works[self._guide[households], area],
            "let_by": np.broadcast_to(self._let_by[homes], needless.shape),
            "step_free": np.where(needless, 0, self.most["step_free"]),
        }

    def total(self, households: IntArray, homes: IntArray) -> IntArray:
        """Return all points of households for homes, pair by pair."""
        total: IntArray = sum(self.points(households, homes).values(), start=np.zeros((), dtype=np.int64))
        return total

    def explained(self, household: int, home: int) -> list[Part]:
        """Return each part of the points of one home for one household, with its why."""
        return self.each(np.array([household]), np.array([home]))[0]

    def each(self, households: IntArray, homes: IntArray) -> list[list[Part]]:
        """Return of every pair each part of its points, with its why."""
        points = self.points(households, homes)
        columns = [[_part(name, got, int(self.most[name])) for got in points[name].tolist()] for name in points]
        return [list(parts) for parts in zip(*columns, strict=True)]

    def _rent(self, most: IntArray, rent: IntArray) -> IntArray:
        """Return the points for rent: all up to an easy part of the highest rent, none at that rent itself."""
        points, easy = int(self.most["rent"]), float(self.case.settings.rent["easy"])
        space = np.maximum(1.0, np.floor(most * (1 - easy)))
        left = np.clip(most - rent, 0.0, space)
        values: IntArray = np.where(most == UNBOUNDED, points, points * left // space).astype(np.int64)
        return values

    def _wished(self, near: tuple[int, ...]) -> IntArray:
        """Return the points of every area for a list of wished areas."""
        if not near:
            return np.full(len(self.case.areas.codes), self.most["near"])
        values: IntArray = self._around[list(near)].max(axis=0).astype(np.int64)
        return values

    def _points_around(self) -> NDArray[np.int16]:
        """Return for every area that somebody can wish the points of all areas: in it, and a few levels around it."""
        above = np.arange(len(self.case.areas.codes))
        values = np.zeros((len(above), len(above)), dtype=np.int16)
        for further in range(FURTHER):
            some = above != NO_INDEX
            points = np.where(self._under[above[some]], self.most["near"] >> further, 0).astype(np.int16)
            values[some] = np.maximum(values[some], points)
            above = np.where(some, self.case.areas.parent[above], NO_INDEX)
        return values

    def _guided(self, provider: str) -> IntArray:
        """Return the points of every area for guidance; who asks none loses none, nor does anybody without a list."""
        there = np.zeros(len(self.case.areas.codes), dtype=np.bool_)
        for (code, area), most in self.case.capacity.items():
            if code == provider and most:
                there |= self._under[area]
        if not provider or not self.case.capacity:
            there[:] = True
        return np.where(there, self.most["provider"], 0)

    def _soonest(self) -> IntArray:
        """Return the points of every home for the day it must be let: all for the first day, none much later."""
        points, days = int(self.most["let_by"]), int(self.case.settings.let_by["days"])
        dates = self.case.homes.let_by
        first = min((day for day in dates if day), default=None)
        if first is None:
            return np.full(len(dates), points, dtype=np.int64)
        return np.array([_early(day, first, days) * points // days for day in dates], dtype=np.int64)


def _part(name: str, got: int, most: int) -> Part:
    return Part(name, got, most, _SAID[name][0 if got == most else 1 if got else 2])


def _tables(asked: Sequence[Any], points: Callable[[Any], IntArray], areas: int) -> tuple[IntArray, NDArray[np.int16]]:
    """Return what every household asks as a row of a table, and the table: the points of all areas for each wish."""
    kinds = {request: row for row, request in enumerate(dict.fromkeys(asked))}
    table = np.array([points(kind) for kind in kinds], dtype=np.int16).reshape(len(kinds), areas)
    return np.array([kinds[one] for one in asked], dtype=np.int64), table


def _early(day: date | None, first: date, days: int) -> int:
    return max(0, days - (day - first).days) if day else 0


assert set(_SAID) == set(PARTS)
