"""The rebuild of a release: the deliveries it was made of, so that one can be added or left out."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import polars as pl

from buurtbalans.figures.catalogue.indicator import Catalogue
from buurtbalans.figures.observation import KEY, SCHEMA
from buurtbalans.figures.release.confidential import CONFIDENTIAL
from buurtbalans.figures.release.frozen import OBSERVATIONS, Release
from buurtbalans.figures.sources.delivery import AREAS, SourceData, SourceInfo


def source_deliveries(release: Release, catalogue: Catalogue, without: Collection[str] = ()) -> list[SourceData]:
    """Return the deliveries of a release, each source with its own figures.

    Parameters
    ----------
    release
        The release to rebuild; it stays as it is.
    catalogue
        Says which indicator is of which source.
    without
        Seals (sha256) of files: a source that was made of one of these is left out, with its figures.

    Raises
    ------
    ValueError
        When figures are of no source of the release, or when what is left out cannot be told from what stays.
    """
    frame, areas = _real(release), release.areas
    sources = list(release.manifest.sources)
    withdrawn = _withdrawn(sources, without)
    owner = {name: _owner(name, catalogue, sources) for name in frame["indicator"].unique().to_list()}
    deliveries = []
    for info in sources:
        same = [other for other in sources if other.id == info.id]
        if info not in withdrawn:
            own = frame.filter(pl.col("indicator").is_in(_indicators_of(info, owner)))
            deliveries.append(SourceData(_of_period(own, info, same), AREAS.to_frame(), replace(info)))
        elif len(same) > 1 and info.period is None:
            raise ValueError(f"the figures of {info.id} come from several deliveries")
    if deliveries:  # the areas of a release are delivered once
        deliveries[0] = replace(deliveries[0], areas=areas)
    return deliveries


def _real(release: Release) -> pl.DataFrame:
    """Return the observations as they were delivered: with the real figures in place of what the public may see.

    What was withheld once must not be withheld from again: the gate of the new release starts from the real figures.
    """
    frame = pl.read_parquet(release.folder / OBSERVATIONS)
    if not release.guarded:
        return frame
    inside = pl.read_parquet(release.folder / CONFIDENTIAL).select(SCHEMA.names()).cast(dict(SCHEMA))  # type: ignore[arg-type]
    return pl.concat([frame.join(inside, on=KEY, how="anti", maintain_order="left"), inside])


def _withdrawn(sources: Collection[SourceInfo], seals: Collection[str]) -> list[SourceInfo]:
    """Return the sources that were made of a file with one of these seals."""
    return [info for info in sources if not set(seals).isdisjoint(seal for _name, seal in info.files)]


def _indicators_of(info: SourceInfo, owner: Mapping[str, str]) -> list[str]:
    return [name for name, source in owner.items() if source == info.id]


def _owner(name: str, catalogue: Catalogue, sources: Collection[SourceInfo]) -> str:
    ids = [info.id for info in sources]
    if name not in catalogue:
        return name.partition(":")[0]
    own = catalogue[name].source
    if own in ids:
        return own
    return next((id for id in ids if (entry := catalogue.sources.get(id)) and entry.like == own), own)


def _of_period(rows: pl.DataFrame, info: SourceInfo, same: Collection[SourceInfo]) -> pl.DataFrame:
    """Return the rows of one file's period; the first file without a period has those of the years without a file."""
    if len(same) == 1:
        return rows
    if info.period is not None:
        return rows.filter(pl.col("period") == info.period)
    first = next(other for other in same if other.period is None)
    periods = [other.period for other in same if other.period is not None]
    return rows.filter(~pl.col("period").is_in(periods)) if info is first else rows.clear()
