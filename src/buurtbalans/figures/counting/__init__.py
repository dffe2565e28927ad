"""Points to counts per area: a grid over the map answers by lookup, and on a border by exact arithmetic."""

from .areas import CountMap, read_map
from .grid import Grid, build
from .kernel import locate
from .local import Counted, count
from .points import Coordinates, coordinates_of, open_points
from .tally import Tally
from .values import By

__all__ = [
    "By",
    "Coordinates",
    "CountMap",
    "Counted",
    "Grid",
    "Tally",
    "build",
    "coordinates_of",
    "count",
    "locate",
    "open_points",
    "read_map",
]
