"""Maps for tests: the invented town with a class for every buurt."""

import xml.etree.ElementTree as ET
from collections.abc import Callable

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.observation import Absence
from buurtbalans.site.demo.town import town
from buurtbalans.site.map.classes import MapClass

SVG = "{http://www.w3.org/2000/svg}"
WORDS = ("duidelijk lager dan de stad", "iets lager", "ongeveer als de stad", "iets hoger", "duidelijk hoger")


def classes() -> dict[str, MapClass]:
    """Return five classes and every reason for absence, spread over the town."""
    codes = [area.code for area in town().now.of_level(AreaLevel.BUURT)]
    fills = [*(f"k{number}" for number in range(1, 6)), *Absence]
    words = [*WORDS, *(str(reason) for reason in Absence)]
    return {
        code: MapClass(fills[n % 12], words[n % 12], "5 van de 100" if n % 12 < 5 else "")
        for n, code in enumerate(codes)
    }


def parsed(drawing: str) -> ET.Element:
    """Return a drawing as XML, with the namespace that HTML leaves out."""
    return ET.fromstring(drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def found(drawing: str, kind: str, that: Callable[[ET.Element], bool] = lambda part: True) -> list[ET.Element]:
    """Return the elements of a kind in a drawing."""
    return [part for part in parsed(drawing).iter(SVG + kind) if that(part)]
