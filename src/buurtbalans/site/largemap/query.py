"""What the address of the large map asks for: everything that is chosen on it, so that a link shows the same map."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.stories.models import DayPart


class MapLayer(models.TextChoices):
    """The layers of the large map in their fixed order, as an address writes them, each with its title."""

    FIGURES = "cijfers", _("Cijfers")
    STORIES = "verhalen", _("Verhalen")
    FEELINGS = "gevoelens", _("Gevoelens")
    LANDMARKS = "voorzieningen", _("Voorzieningen")
    WORKS = "werk", _("Geplande werkzaamheden")
    EFFORTS = "inzet", _("Acties uit het plan")


FIRST: Final = tuple(layer for layer in MapLayer if layer is not MapLayer.EFFORTS)  # what the map opens with
NONE: Final = "geen"
AREA: Final = "gebied-"  # starts the key of an area, where a mark or an area can be meant
DAY, EVENING = DayPart.DAY, DayPart.EVENING


@dataclass(frozen=True, slots=True)
class MapQuery:
    """Which layers, which part of the day, which area or mark is chosen, which figure, and whether it is projected."""

    slug: str
    layers: tuple[MapLayer, ...] = FIRST
    part: DayPart = DAY
    area: str = ""
    pick: str = ""
    figure: str = ""
    hall: bool = False

    @classmethod
    def read(cls, slug: str, query: Mapping[str, str]) -> "MapQuery":
        """Read what is asked for; nonsense counts as nothing."""
        layers = query.get("lagen", "")
        named = tuple(layer for layer in MapLayer if layer in layers.split(","))
        return cls(
            slug,
            named if layers else FIRST,
            EVENING if query.get("deel") == EVENING else DAY,
            query.get("gebied", "")[:12],
            query.get("kies", "")[:40],
            query.get("cijfer", "")[:200],
            query.get("zaal") == "1",
        )

    @property
    def parts(self) -> dict[str, str]:
        """What this writes in an address; what the map opens with is left out."""
        said = {
            "lagen": "" if self.layers == FIRST else ",".join(self.layers) or NONE,
            "deel": "" if self.part == DAY else self.part,
            "cijfer": self.figure,
            "gebied": self.area,
            "kies": self.pick,
            "zaal": "1" if self.hall else "",
        }
        return {name: value for name, value in said.items() if value}

    def to(self, page: str = "large_map:page", *args: Any, **other: Any) -> str:
        """Return the address of a page of the large map with this choice, with some parts changed."""
        parts = replace(self, **other).parts
        return reverse(page, args=[self.slug, *args]) + (f"?{urlencode(parts, safe=',:')}" if parts else "")

    def picking(self, key: str) -> "MapQuery":
        """Return the same with a mark, a stack or an area chosen, by its key."""
        code = key.removeprefix(AREA) if key.startswith(AREA) else ""
        return replace(self, pick="" if code else key, area=code)

    def flipped(self, layer: MapLayer) -> tuple[MapLayer, ...]:
        """Return the layers with one turned on or off, in their fixed order."""
        return _in_order({*self.layers} ^ {layer})

    @property
    def is_evening(self) -> bool:
        """Whether it is about the evening, and not about the day."""
        return self.part is EVENING

    def shows(self, layer: MapLayer) -> bool:
        """Return whether a layer is on."""
        return layer in self.layers


def _in_order(layers: Iterable[MapLayer]) -> tuple[MapLayer, ...]:
    wanted = set(layers)
    return tuple(layer for layer in MapLayer if layer in wanted)
