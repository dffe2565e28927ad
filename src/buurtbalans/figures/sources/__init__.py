"""Sources: files of publishers, recognised by their content and read whole or not at all."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from buurtbalans.figures.findings import Finding, Refused, Weight, refuse
from buurtbalans.figures.indicator import catalogue
from buurtbalans.figures.observation import KEY, SCHEMA
from buurtbalans.figures.sources import cbs
from buurtbalans.figures.sources.checksums import changed
from buurtbalans.figures.sources.columns import compact
from buurtbalans.figures.sources.delivery import AREAS, Delivery, SourceInfo

__all__ = ["AREAS", "SOURCES", "Delivery", "SourceInfo", "catalogue_names", "read_files"]

SOURCES = (cbs.ID,)
_AREA = ("area", "division")


def catalogue_names(source: str) -> dict[str, str]:
    """Return the catalogue id per column name of a source, names compact (`columns.compact`).

    Examples
    --------
    >>> catalogue_names("cbs-kwb")["aantalinwoners"] in catalogue()
    True
    """
    return {compact(name): indicator for name, indicator in catalogue().columns(source).items()}


def read_files(paths: Sequence[Path | str], *, source: str | None = None, period: int | None = None) -> Delivery:
    """Read files of one source into one delivery.

    Parameters
    ----------
    paths
        Files, or folders of an OData table.
    source
        The source's name; recognised by content when absent.
    period
        The year of the figures, needed when a file does not name it.

    Raises
    ------
    Refused
        With the findings of all files at once; nothing of any file is taken then.
    """
    if source is not None and source not in SOURCES:
        raise refuse(f"De bron “{source}” kennen wij niet.", f"Kies uit: {', '.join(SOURCES)}.")
    names = catalogue_names(cbs.ID)
    done: list[cbs.Read] = []
    findings: list[Finding] = []
    for path in map(Path, paths):
        try:
            done.append(_one(path, period, names))
        except Refused as refused:
            findings += refused.findings
    warnings = [finding for read in done for finding in read.findings]
    findings += _contradicting(done)
    if findings or not done:
        raise Refused([*findings, *warnings])
    return Delivery(
        _together([read.observations for read in done], KEY),
        _together([read.areas for read in done], _AREA),
        _source([read.source for read in done]),
        warnings,
    )


def _one(path: Path, period: int | None, names: Mapping[str, str]) -> cbs.Read:
    try:
        if path.is_file() and not path.stat().st_size:
            raise refuse("Het bestand is leeg.", "Haal het bestand opnieuw op bij de bron.", file=path.name)
        sheet = cbs.sheet_of(path)
    except FileNotFoundError:
        raise refuse("Dit bestand bestaat niet.", "Kijk de naam na.", file=str(path)) from None
    except OSError as error:
        what = f"Dit bestand is niet te openen ({error.strerror})."
        raise refuse(what, "Kijk de rechten na.", file=str(path)) from None
    if sheet is None:
        what = "Wij herkennen dit bestand niet. De regel met namen van kolommen ontbreekt of is anders."
        todo = f"Haal het bestand op bij de bron, zonder het te bewerken. Wij lezen: {', '.join(SOURCES)}."
        raise refuse(what, todo, file=path.name, row=1)
    if damaged := changed(path if path.is_dir() else path.parent, sheet.files):
        raise Refused(damaged)
    return cbs.read(sheet, period, names)


def _together(tables: Sequence[pl.DataFrame], key: Sequence[str]) -> pl.DataFrame:
    """Lay tables under each other; a row that an earlier one told already is left out."""
    whole = tables[0]
    for table in tables[1:]:
        whole = pl.concat([whole, table.join(whole, on=key, how="anti", maintain_order="left")])
    return whole


def _contradicting(done: Sequence[cbs.Read]) -> list[Finding]:
    """Refuse files that give the same area, indicator and year a different figure; the same figure twice is fine."""
    named = pl.concat([AREAS.to_frame(), *(read.areas for read in done)]).select(_AREA)
    shared = named.filter(named.is_duplicated()).unique()
    if shared.is_empty():
        return []
    numbered = [read.observations.with_columns(pl.lit(at).alias("at")) for at, read in enumerate(done)]
    figures = pl.concat(numbered).join(shared, on=_AREA, how="semi").unique(SCHEMA.names(), keep="first")
    other = figures.group_by(KEY).agg(pl.col("at").sort()).filter(pl.col("at").list.len() > 1)
    return [
        Finding(
            Weight.REFUSE,
            f"{times} cijfers van dit jaar zijn anders dan in {done[at[0]].source.files[0][0]}.",
            "Geef alleen het bestand dat klopt, of zeg met --period dat het jaar anders is.",
            done[at[-1]].source.files[0][0],
            times=times,
        )
        for at, times in other.group_by("at").len().sort("at").rows()
    ]


def _source(found: Sequence[SourceInfo]) -> SourceInfo:
    """Return one source for all files; its period stays empty when they tell of several years."""
    first = found[0]
    years = {info.period for info in found}
    return SourceInfo(
        first.id,
        first.publisher,
        " + ".join(dict.fromkeys(info.title for info in found)),
        first.licence,
        first.url,
        first.period if len(years) == 1 else None,
        tuple(file for info in found for file in info.files),
    )
