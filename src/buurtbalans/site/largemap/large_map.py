"""All that the large map of a round holds for one viewer: read once, for the page, the list, the data and the print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

import numpy as np
import shapely
from shapely import Geometry

from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.queries.presence import PresenceFilter, presence
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.evidence import borders_of
from buurtbalans.method.rounds.queries.round import Viewer
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.site.largemap import marks
from buurtbalans.site.largemap.figures import FigureChoices, figures_for
from buurtbalans.site.largemap.ground import Ground, ground_of
from buurtbalans.site.largemap.marks import Mark
from buurtbalans.site.largemap.query import MapLayer, MapQuery


@dataclass(frozen=True, eq=False)
class LargeMap:
    """The large map of a round: its ground, its figures, and every mark that the viewer may see."""

    round: Round
    asked: MapQuery
    ground: Ground
    figures: FigureChoices
    marks: tuple[Mark, ...]

    @cached_property
    def of_layer(self) -> Mapping[str, list[Mark]]:
        """The marks of each layer in this part of the day, whether the layer is on or not, in the order of the list."""
        by_layer: dict[str, list[Mark]] = {layer: [] for layer in MapLayer}
        for mark in self.marks:
            if mark.at(self.asked.part):
                by_layer[mark.layer].append(mark)
        return by_layer

    @cached_property
    def listed(self) -> list[Mark]:
        """What the list holds: the marks of the layers that are on, also those without a place."""
        return [mark for layer in MapLayer if self.asked.shows(layer) for mark in self.of_layer[layer]]

    @cached_property
    def drawn(self) -> list[Mark]:
        """What stands on the map: what the list holds and has a place."""
        return [mark for mark in self.listed if mark.place is not None]

    @cached_property
    def picked(self) -> Mark | None:
        """The mark that is chosen, also when its layer is off."""
        return next((mark for mark in self.marks if mark.key == self.asked.pick), None)

    @property
    def shared(self) -> "LargeMap":
        """The same without what only the viewer's own organisation may read."""
        return replace(self, marks=tuple(mark for mark in self.marks if not mark.home))

    @cached_property
    def area(self) -> str:
        """The code of the area that is chosen, empty when there is none in view."""
        return self.asked.area if self.asked.area in self.ground.areas else ""

    def within(self, code: str) -> list[Mark]:
        """Return the marks in an area, of all layers in this part of the day."""
        marks = list(chain.from_iterable(self.of_layer.values()))
        of_whole_area = [mark for mark in marks if mark.area == code and (mark.whole or not mark.place)]
        return _marks_inside(marks, self.ground.areas[code].geometry) + of_whole_area


def _marks_inside(marks: Iterable[Mark], border: Geometry) -> list[Mark]:
    """Return the marks with a place of their own that lies within a border."""
    points = [(mark, mark.place) for mark in marks if mark.place and not mark.whole]
    inside = shapely.contains_xy(border, np.array([place for _mark, place in points]).reshape(-1, 2))
    return [mark for (mark, _place), lies in zip(points, inside, strict=True) if lies]


def read_large_map(round: Round, viewer: Viewer, asked: MapQuery, only: str = "") -> LargeMap | None:
    """Return the large map of a round for a viewer, or None when there are no borders of its neighbourhood.

    With `only` it holds no other story or feeling than that one mark, or than those of that stack.
    """
    ground = ground_of(round.neighbourhood, borders_of(round))
    if ground is None:
        return None
    efforts = presence(viewer, PresenceFilter(round=round.slug)).lines
    all_marks = (
        *marks.story_marks(round, viewer, ground.middles, only),
        *marks.feeling_marks(round, viewer, only),
        *(() if may_in(viewer, Permission.READ, round) else marks.feeling_field_marks(round, viewer)),
        *marks.landmark_marks(round, viewer),
        *marks.effort_marks(efforts, ground.middles),
    )
    return LargeMap(round, asked, ground, figures_for(round, viewer, ground, asked.figure), all_marks)
