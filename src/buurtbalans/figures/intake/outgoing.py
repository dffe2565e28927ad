"""From a partner's counts to observations of a release: what the catalogue knows by name, and what stays inside."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from buurtbalans.figures.area.codes import level_of
from buurtbalans.figures.catalogue.indicator import Catalogue, Kind, SourceKind
from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.intake.counts import Count, Key
from buurtbalans.figures.observation import SCHEMA
from buurtbalans.figures.sources.columns import normal
from buurtbalans.figures.sources.delivery import AREAS, Described, SourceData, SourceInfo


def known_as(name: str, catalogue: Catalogue) -> str | None:
    """Return the id of a partner's count that the catalogue knows by this name or id, or None.

    Examples
    --------
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> known_as("Hulp bij schulden", catalogue()), known_as("Aantal inwoners", catalogue())
    ('debt_help', None)
    """
    wanted = normal(name)
    for id, indicator in catalogue.items():
        entry = catalogue.sources.get(indicator.source)
        partners = entry is not None and entry.kind is SourceKind.PARTNER
        if partners and indicator.kind is Kind.COUNT and wanted in (normal(id), normal(indicator.name)):
            return id
    return None


def outgoing(counts: Mapping[Key, Count], about: SourceInfo, catalogue: Catalogue) -> list[SourceData]:
    """Return a partner's counts as deliveries for a release, one per source that the catalogue knows, and one inside.

    Parameters
    ----------
    counts
        What the partner counted, as it is: the release's own gate decides what is shown of it. Areas without a level,
        such as those of the partner's own, do not go along.
    about
        Who counted, what it is called, and the file it came from; its `id` is for what the catalogue does not know.
    catalogue
        What indicators mean. What it does not know becomes `id:name`, stays inside and is said in a finding.

    Examples
    --------
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> about = SourceInfo("brug-hulp", "De Brug", "Hulp", "", "", None)
    >>> names = ("debt_help", "Koffie")
    >>> counts = {Key(name, "BU03630000", 2025, 2025): Count(41) for name in names}
    >>> [(each.source.id, each.observations["indicator"].to_list()) for each in outgoing(counts, about, catalogue())]
    [('waterdam-buurtteams', ['debt_help']), ('brug-hulp', ['brug-hulp:koffie'])]
    """
    groups: dict[str, list[tuple[str, Key, Count]]] = defaultdict(list)
    names: dict[str, str] = {}
    for key, count in counts.items():
        id = known_as(key.indicator, catalogue)
        if level_of(key.area) is None:
            continue
        if id is None:
            own = f"{about.id}:{normal(key.indicator).replace(' ', '-')}"
            names[own] = key.indicator
            groups[about.id].append((own, key, count))
        else:
            groups[catalogue[id].source].append((id, key, count))
    return [_delivery(source, rows, about, names if source == about.id else {}) for source, rows in groups.items()]


def _delivery(
    source: str, rows: list[tuple[str, Key, Count]], about: SourceInfo, inside: Mapping[str, str]
) -> SourceData:
    told = [
        {
            "area": key.area,
            "level": str(level_of(key.area)),
            "division": key.division,
            "indicator": id,
            "period": key.period,
            "value": None if count.value is None else float(count.value),
            "absence": count.absence and str(count.absence),
        }
        for id, key, count in rows
    ]
    years = {key.period for _id, key, _count in rows}
    info = replace(about, id=source, period=years.pop() if len(years) == 1 else None)
    described = {id: Described(name) for id, name in inside.items()}
    findings = [_inside(name, about) for name in inside.values()]
    return SourceData(pl.DataFrame(told, schema=SCHEMA), AREAS.to_frame(), info, findings, described)


def _inside(name: str, about: SourceInfo) -> Finding:
    what = f"“{name}” van {about.publisher} staat niet in de catalogus. Dit cijfer blijft binnen: niemand ziet het."
    todo = "Wilt u het laten zien? Zet het eerst in de catalogus, met uitleg en bron."
    return Finding(Severity.WARN, what, todo, about.title)
