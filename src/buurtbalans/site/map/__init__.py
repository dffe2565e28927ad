"""Maps as drawings of the server: a city in classes, a city with one buurt marked, a city with my buurten."""

from .classes import MapClass
from .draw import draw_map
from .felt import DrawnDot, DrawnField, draw_felt
from .layers import Layers
from .pin import draw_ground
from .small import Mark, draw_home_map, draw_locator
from .spots import Spot, draw_place, draw_spots
from .streets import Pin, Streets, draw_streets
from .view import View

__all__ = [
    "DrawnDot",
    "DrawnField",
    "Layers",
    "MapClass",
    "Mark",
    "Pin",
    "Spot",
    "Streets",
    "View",
    "draw_felt",
    "draw_ground",
    "draw_home_map",
    "draw_locator",
    "draw_map",
    "draw_place",
    "draw_spots",
    "draw_streets",
]
