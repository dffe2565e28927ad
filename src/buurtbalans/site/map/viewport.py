"""Which part of a city a map shows: all of it or a closer look; a link, so it works without JavaScript."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

CLOSEST = 16


@dataclass(frozen=True, slots=True)
class Viewport:
    """How many times closer than the whole city, and around which place (degrees); an address says 1, 2, 4, 8 or 16."""

    zoom: float = 1
    centre: tuple[float, float] | None = None

    @classmethod
    def asked(cls, query: Mapping[str, str], around: tuple[float, float] | None = None) -> "Viewport":
        """Read a view from the address (`?zoom=4&midden=5.2001,52.2002`); nonsense counts as the whole city.

        `around` is the place to look at when the address names none: the chosen area, for example.
        """
        digits = query.get("zoom", "1")
        zoom = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 2 else 1
        zoom = 2 ** int(math.log2(min(max(zoom, 1), CLOSEST)))
        return cls(zoom, _place(query.get("midden", "")) or around) if zoom > 1 else cls()

    @property
    def closer(self) -> "Viewport | None":
        """The view one step nearer, or None at the nearest."""
        return replace(self, zoom=self.zoom * 2) if self.zoom < CLOSEST else None

    @property
    def wider(self) -> "Viewport | None":
        """The view one step back, or None when the whole city is in view."""
        return replace(self, zoom=self.zoom // 2) if self.zoom > 1 else None

    def zoom_links(self, base: str) -> dict[str, str]:
        """Return the addresses of a closer and a wider map, each empty at its end; `base` has a query already."""
        return {
            "closer": f"{base}&{self.closer.query}" if self.closer else "",
            "wider": (f"{base}&{self.wider.query}" if self.wider.query else base) if self.wider else "",
        }

    @property
    def query(self) -> str:
        """The view as part of an address, empty for the whole city."""
        if self.zoom == 1:
            return ""
        place = {"midden": f"{self.centre[0]:.4f},{self.centre[1]:.4f}"} if self.centre else {}
        return urlencode({"zoom": self.zoom, **place}, safe=",")


def _place(text: str) -> tuple[float, float] | None:
    try:
        longitude, latitude = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        return None
    return round(longitude, 4), round(latitude, 4)
