"""How publishers name the columns of their areas: one row per layout, the finest level of a file first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from buurtbalans.figures.area.codes import AreaLevel


@dataclass(frozen=True, slots=True)
class Layout:
    """The column names of one kind of file; an empty name means that the file does not have it.

    `level` is None where codes of every level stand in one column.
    """

    publisher: str
    level: AreaLevel | None
    code: str
    name: str
    local: str = ""
    since: str = ""
    until: str = ""
    stadsdeel: str = ""
    gebied: str = ""
    municipality: str = ""
    identity: str = ""


LAYOUTS: Final = (
    Layout(
        "Gemeente Amsterdam, gebieden",
        AreaLevel.BUURT,
        "cbsCode",
        "naam",
        local="code",
        since="beginGeldigheid",
        until="eindGeldigheid",
        gebied="ligtInGgwgebiedId",
        identity="identificatie",
    ),
    Layout("Gemeente Amsterdam, kaarten", AreaLevel.BUURT, "Buurt_code", "Buurt", stadsdeel="Stadsdeel_code"),
    Layout(
        "Gemeente Amsterdam, kaarten",
        AreaLevel.WIJK,
        "Buurtcombinatie_code",
        "Buurtcombinatie",
        stadsdeel="Stadsdeel_code",
    ),
    Layout("Gemeente Amsterdam, kaarten", AreaLevel.STADSDEEL, "Stadsdeel_code", "Stadsdeel"),
    Layout("CBS en Kadaster", AreaLevel.BUURT, "buurtcode", "buurtnaam", municipality="gemeentenaam"),
    Layout("CBS en Kadaster", AreaLevel.WIJK, "wijkcode", "wijknaam", municipality="gemeentenaam"),
    Layout("CBS en Kadaster", AreaLevel.GEMEENTE, "gemeentecode", "gemeentenaam"),
    Layout("CBS en Kadaster", None, "statcode", "statnaam"),
    Layout("CBS en Kadaster", None, "id", "name"),
)


def layout_of(columns: Iterable[str]) -> Layout | None:
    """Return the layout whose code column is present, the finest level first, or None.

    Examples
    --------
    >>> layout_of(["Stadsdeel_code", "Buurtcombinatie_code", "Buurtcombinatie"]).level
    <AreaLevel.WIJK: 'wijk'>
    """
    present = set(columns)
    return next((layout for layout in LAYOUTS if layout.code in present), None)
