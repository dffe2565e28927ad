"""Reads of figures that are made of others: taken together, carried over borders, laid side by side, page by page.

What an area may not show is taken out before anything is computed, so that nothing withheld can be worked out from
a mean, a spread or a sum. Only these queries touch the raw figures of a release; what leaves is `Shown` or made of it.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache

import polars as pl

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.comparison.dispersion import StandardDeviations, standard_deviations
from buurtbalans.figures.crosswalk.convert import Crosswalk, convert_figures
from buurtbalans.figures.derivation.computed import with_computed_indicators
from buurtbalans.figures.derivation.working_area import combine_areas
from buurtbalans.figures.protection.gate import Shown, through, withheld
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries.releases import shown

KEY = ("area", "division", "indicator", "period")


def shown_together(release: Release, codes: Collection[str]) -> list[Shown]:
    """Return the figures of several buurten as one area, absent where a part is absent."""
    name = "+".join(codes)
    frame = combine_areas(release.figures(areas=codes), catalogue(), area=name, parts=codes)
    kept = {(name, year, id, period) for area, year, id, period in release.kept if area in codes}
    return through(with_computed_indicators(frame, catalogue()), catalogue(), release.manifest.sources, kept=kept)


def shown_carried(release: Release, walk: Crosswalk, areas: Iterable[str]) -> list[tuple[Shown, float | None]]:
    """Return the figures of areas carried over to other borders, each with the share of it that is estimated."""
    new = convert_figures(release.figures(areas=areas), walk, catalogue())
    estimates = {row[:3]: row[3] for row in new.select("area", "indicator", "period", "estimated").iter_rows()}
    passed = through(new.drop("estimated"), catalogue(), release.manifest.sources)
    return [(one, estimates[one.area, one.indicator.id, one.period]) for one in passed]


def spreads_shown(release: Release, areas: Collection[str]) -> StandardDeviations:
    """Return how far areas lie apart per indicator and period, computed from what they may show only."""
    return standard_deviations(withheld(release.figures(areas=areas), catalogue()), catalogue())


def passed(release: Release, areas: Collection[str], indicators: Collection[str]) -> pl.DataFrame:
    """Return figures as a table, with the gate's reasons in place of what may not be shown: to count what there is."""
    wanted = catalogue().with_needs(indicators)
    frame = withheld(release.figures(areas=areas, indicators=wanted), catalogue())
    return frame.filter(pl.col("indicator").is_in(list(indicators)))


def offered(release: Release) -> list[str]:
    """Return the indicators of a release that anybody may ask for, in the order of the catalogue."""
    present = set(release.manifest.indicators)
    return [one.id for one in catalogue().values() if one.id in present and not one.restricted]


@lru_cache(maxsize=1024)
def periods_of(release: Release, indicator: str) -> tuple[int, ...]:
    """Return the years for which a release speaks of an indicator, whether or not a figure may be shown."""
    return tuple(sorted(set(release.figures(indicators=[indicator])["period"].to_list())))


def page_of_shown(
    release: Release,
    areas: Collection[str] | None,
    indicators: Collection[str],
    periods: Collection[int] | None,
    level: str | None,
    *,
    first: int,
    most: int,
) -> tuple[int, list[Shown]]:
    """Return how many figures answer the conditions, and the page that starts at `first`, as they may be shown.

    A withheld figure counts and stands in its place with its reason; what nobody may ask for does not count.
    """
    wanted = [one for one in offered(release) if one in set(indicators)]
    figures = release.figures(areas=areas, indicators=wanted, periods=periods, level=level)
    keys = figures.select(KEY).cast({"area": pl.String}).sort(KEY)
    page = keys.slice(first, most)
    on_page = set(page.iter_rows())
    each = [list(page[name].unique()) for name in ("area", "indicator", "period")]
    passed = shown(release, areas=each[0], indicators=each[1], periods=each[2], level=level) if on_page else []
    return keys.height, [s for s in passed if (s.area, s.division, s.indicator.id, s.period) in on_page]
