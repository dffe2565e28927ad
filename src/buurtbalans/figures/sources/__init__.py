"""Sources: files of publishers, recognised by their content and read whole or not at all."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from buurtbalans.figures.findings import Finding, Refused, Severity, refuse, unopened
from buurtbalans.figures.observation import KEY, SCHEMA
from buurtbalans.figures.sources.bbga import is_list
from buurtbalans.figures.sources.delivery import AREAS, Read, SourceData, SourceInfo
from buurtbalans.figures.sources.grid import header_of
from buurtbalans.figures.sources.mapping import Mapping
from buurtbalans.figures.sources.registry import SOURCES, ReadRequest, read_one

_AREA = ("area", "division")


def _as_one_delivery(done: Sequence[Read], warnings: list[Finding]) -> SourceData:
    return SourceData(
        _together([read.observations for read in done], KEY),
        _together([read.areas for read in done], _AREA),
        _source([read.source for read in done]),
        warnings,
        {name: description for read in done for name, description in read.described.items()},
    )


def _read_each(requests: Iterable[ReadRequest], source: str | None) -> tuple[list[Read], list[Finding]]:
    """Read every file, also after one that is refused, so that all findings come at once."""
    done: list[Read] = []
    findings: list[Finding] = []
    for request in requests:
        try:
            done.append(_one(request, source))
        except Refused as refused:
            findings += refused.findings
    return done, findings


def read_files(
    paths: Sequence[Path | str],
    *,
    source: str | None = None,
    period: int | None = None,
    mapping: Mapping | None = None,
) -> SourceData:
    """Read files of one source into one delivery.

    Parameters
    ----------
    paths
        Files, or folders of an OData table.
    source
        The source's name; recognised by content when absent.
    period
        The year of the figures, needed when a file does not name it.
    mapping
        How to read a table of which the columns do not speak for themselves.

    Raises
    ------
    Refused
        With the findings of all files at once; nothing of any file is taken then.
    """
    if source is not None and source not in SOURCES:
        raise refuse(f"De bron “{source}” kennen wij niet.", f"Kies uit: {', '.join(SOURCES)}.")
    given = list(map(Path, paths))
    requests = [ReadRequest(path, period, _beside(path, given), mapping) for path in _with_figures(given)]
    done, refusals = _read_each(requests, source)
    warnings = [finding for read in done for finding in read.findings]
    refusals += [*_of_other_sources(done), *_contradicting(done)]
    if refusals or not done:
        raise Refused([*refusals, *warnings])
    return _as_one_delivery(done, warnings)


def _one(asked: ReadRequest, source: str | None) -> Read:
    path = asked.path
    try:
        if path.is_file() and not path.stat().st_size:
            raise refuse("Het bestand is leeg.", "Haal het bestand opnieuw op bij de bron.", file=path.name)
        return read_one(asked, source)
    except OSError as error:
        raise unopened(path, error) from None


def _with_figures(paths: Sequence[Path]) -> list[Path]:
    """Leave out the lists of variables that are given beside the figures they describe."""
    figures = [path for path in paths if not _describes(path)]
    return figures or list(paths)


def _describes(path: Path) -> bool:
    if not path.is_file() or path.suffix.lower() != ".csv":
        return False
    with path.open("rb") as file:
        return is_list(header_of(file.read(4_000).decode("utf-8-sig", errors="replace")))


def _beside(path: Path, given: Sequence[Path]) -> list[Path]:
    near = sorted(path.parent.glob("*.csv")) if path.is_file() else []
    return [candidate for candidate in dict.fromkeys([*given, *near]) if candidate != path and candidate.is_file()]


def _of_other_sources(done: Sequence[Read]) -> list[Finding]:
    """Refuse files of several sources at once: a delivery is of one."""
    first = done[0].source.id if done else ""
    return [
        Finding(
            Severity.REFUSE,
            f"Dit bestand is van de bron “{read.source.id}”, het eerste van “{first}”.",
            "Lees bestanden van één bron tegelijk.",
            read.source.files[0][0],
        )
        for read in done
        if read.source.id != first
    ]


def _together(tables: Sequence[pl.DataFrame], key: Sequence[str]) -> pl.DataFrame:
    """Lay tables under each other; a row that an earlier one told already is left out."""
    whole = tables[0]
    for table in tables[1:]:
        whole = pl.concat([whole, table.join(whole, on=key, how="anti", maintain_order="left")])
    return whole


def _contradicting(done: Sequence[Read]) -> list[Finding]:
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
            Severity.REFUSE,
            f"{times} cijfers van dit jaar zijn anders dan in {done[at[0]].source.files[0][0]}.",
            "Geef alleen het bestand dat klopt, of zeg met --period dat het jaar anders is.",
            done[at[-1]].source.files[0][0],
            times=times,
        )
        for at, times in other.group_by("at").len().sort("at").rows()
    ]


def _source(infos: Sequence[SourceInfo]) -> SourceInfo:
    """Return one source for all files; its period stays empty when they tell of several years."""
    first = infos[0]
    years = {info.period for info in infos}
    return SourceInfo(
        first.id,
        first.publisher,
        " + ".join(dict.fromkeys(info.title for info in infos)),
        first.licence,
        first.url,
        first.period if len(years) == 1 else None,
        tuple(file for info in infos for file in info.files),
    )
