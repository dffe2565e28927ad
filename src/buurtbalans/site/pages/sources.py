"""The sources: which are in this release, which the product knows besides, what they tell, and how to get them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.catalogue.indicator import Indicator, SourceKind
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.fetching import SOURCES as FETCHED
from buurtbalans.figures.release.frozen import Release
from buurtbalans.figures.sources.delivery import SourceInfo
from buurtbalans.figures.sources.mapping import SHIPPED, read_mapping
from buurtbalans.figures.text import spoken

RELIABLE: Final = {
    SourceKind.PUBLISHED: _(
        "Dit cijfer is een telling van iedereen uit een register. De bron heeft kleine aantallen afgerond."
    ),
    SourceKind.SURVEY: _("Dit cijfer komt uit een steekproef. Daarom tonen we een onzekerheidsmarge van 90 procent."),
    SourceKind.PARTNER: _(
        "Dit cijfer is een telling door een partner, en die telt alleen mensen die daar bekend zijn."
    ),
}
KINDS: Final = {
    SourceKind.PUBLISHED: _("openbaar register"),
    SourceKind.SURVEY: _("onderzoek onder bewoners"),
    SourceKind.PARTNER: _("telling van een partner"),
}

TELLS: Final = {  # tables that the product knows by their columns, and of which the catalogue has no figures
    "leefbaarometer": _("Hoe fijn het ergens wonen is, zoals het Rijk dat schat met een model."),
    "politie": _("Hoeveel misdrijven en overlast de politie heeft geregistreerd."),
    "pdok-wijken-en-buurten": _("De kaart van wijken en buurten, met een deel van de kerncijfers."),
}
INVENTED: Final = "waterdam-"


@dataclass(frozen=True, slots=True)
class Source:
    """One source: its words, who publishes it, what it brings and whether this release has it.

    `years` are those of its figures; `tried` is false for a table that was never read from a real file.
    """

    id: str
    name: str
    publisher: str
    tells: str | Promise
    cannot: str
    licence: str
    url: str
    kind: SourceKind | None
    indicators: tuple[Indicator, ...]
    years: tuple[int, ...] = ()
    present: bool = False
    tried: bool = True
    invented: bool = False

    @property
    def reliable(self) -> "str | Promise":
        """Return how sure its figures are, in words."""
        return RELIABLE[self.kind] if self.kind else ""

    @property
    def kind_words(self) -> "str | Promise":
        """Return what kind of source it is."""
        return KINDS[self.kind] if self.kind else ""

    @property
    def fetched(self) -> bool:
        """Return whether one command brings it."""
        return self.id in FETCHED

    @property
    def delivered(self) -> bool:
        """Return whether a partner brings it."""
        return self.kind is SourceKind.PARTNER


def infos_of(release: Release | None, source: str) -> list[SourceInfo]:
    """Return what the publishers said of the files of a source in a release, also of one that follows it."""
    known = catalogue().sources
    infos = release.manifest.sources if release else ()
    return [info for info in infos if info.id == source or (info.id in known and known[info.id].like == source)]


def source_of(indicator: Indicator, release: Release | None) -> str:
    """Return the source that brings an indicator in this release: its own, or the one that follows it."""
    infos = infos_of(release, indicator.source)
    return infos[-1].id if infos else indicator.source


def in_release(release: Release, years: dict[str, set[int]]) -> list[Source]:
    """Return the sources of a release in its own order, with the years of their figures."""
    present = set(release.manifest.indicators)
    by_id: dict[str, SourceInfo] = {info.id: info for info in release.manifest.sources}
    return [_present(info, present, years) for info in by_id.values()]


def _present(info: SourceInfo, present: set[str], years: dict[str, set[int]]) -> Source:
    entry = catalogue().sources.get(info.id)
    mine = tuple(one for one in catalogue().of_source(info.id) if one.id in present and not one.restricted)
    told = {year for one in mine for year in years.get(one.id, ())}
    return Source(
        info.id,
        (entry.name if entry else "") or info.title,
        info.publisher,
        spoken(entry.tells, entry.tells_en) if entry else "",
        spoken(entry.cannot, entry.cannot_en) if entry else "",
        info.licence,
        info.url,
        catalogue().kind_of(info.id),
        mine,
        tuple(sorted(told)),
        present=True,
        invented=info.invented,
    )


def elsewhere(release: Release | None) -> list[Source]:
    """Return the sources that the product can read and this release lacks; those of the invented town are left out."""
    infos = release.manifest.sources if release else ()
    there = {info.id for info in infos} | {catalogue().sources[i.id].like for i in infos if i.id in catalogue().sources}
    return [source for source in _known() if source.id not in there]


@cache
def _known() -> Sequence[Source]:
    """Return every source of the catalogue about real places, and every table that the product knows by its columns."""
    tables = {table.id: table for path in sorted(SHIPPED.glob("*.toml")) if (table := read_mapping(path, shipped=True))}
    known = []
    for entry in catalogue().sources.values():
        mine = tuple(one for one in catalogue().of_source(entry.id) if not one.restricted)
        if entry.id.startswith(INVENTED):
            continue
        table = tables.pop(entry.id, None)
        publisher, licence, url = (table.publisher, table.licence, table.url) if table else ("", "", "")
        known.append(
            Source(
                entry.id,
                entry.name,
                publisher,
                spoken(entry.tells, entry.tells_en),
                spoken(entry.cannot, entry.cannot_en),
                licence,
                url,
                entry.kind,
                mine,
            )
        )
    for table in tables.values():
        if table.title:
            known.append(
                Source(
                    table.id,
                    table.title,
                    table.publisher,
                    TELLS.get(table.id, ""),
                    "",
                    table.licence,
                    table.url,
                    None,
                    (),
                    tried=table.tried,
                )
            )
    return known


def restricted(release: Release | None) -> list[Indicator]:
    """Return the restricted indicators that this release holds and no page shows."""
    present = set(release.manifest.indicators) if release else set()
    return [one for one in catalogue().values() if one.restricted and one.id in present]
