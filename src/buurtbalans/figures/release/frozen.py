"""A release: a dated, checked, frozen set of observations on disk, opened whole or not at all."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Final

import polars as pl

from buurtbalans.figures.area.division import Division
from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.rules import Key
from buurtbalans.figures.release.confidential import CONFIDENTIAL, kept_in
from buurtbalans.figures.release.lookup import Lookup
from buurtbalans.figures.release.manifest import NAME, Manifest, digest

OBSERVATIONS: Final = "observations.parquet"
NAMED: Final = "areas_named.parquet"


def areas_file(year: int) -> str:
    """Return the name of the file with the map of a year.

    Examples
    --------
    >>> areas_file(2022)
    'areas-2022.parquet'
    """
    return f"areas-{year}.parquet"


class Release:
    """One frozen release; its figures are read on first use and then stay in memory.

    It goes on working while another release is published: nothing of a release changes after it was made.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._reading = Lock()
        self._divisions: dict[int, Division] = {}

    @classmethod
    def open(cls, folder: Path, seal: str | None = None) -> "Release":
        """Open the release in a folder after holding every file against its sha256.

        Parameters
        ----------
        folder
            The folder of the release.
        seal
            The sha256 of the manifest, where it is known from elsewhere.

        Raises
        ------
        Refused
            When a file is missing or is not what it was.
        """
        problems = damage(folder, seal)
        if problems:
            raise Refused(problems)
        return cls(folder, Manifest.from_json((folder / NAME).read_bytes()))

    @property
    def id(self) -> str:
        """The name of the release: its date and a number."""
        return self.manifest.id

    @property
    def guarded(self) -> bool:
        """Whether its figures of partners and surveys went through the gate when it was made."""
        return CONFIDENTIAL in self.manifest.sha256s

    @property
    def divisions(self) -> tuple[int, ...]:
        """The years of the maps in this release."""
        return self.manifest.divisions

    def division(self, year: int) -> Division:
        """Return the map of a division year: its own, or the one that the manifest names for it.

        Raises
        ------
        KeyError
            When the release has no map for that year.
        """
        map_year = year if year in self.divisions else self.manifest.maps[year]
        with self._reading:
            if map_year not in self._divisions:
                self._divisions[map_year] = Division.from_frame(pl.read_parquet(self.folder / areas_file(map_year)))
            return self._divisions[map_year]

    @cached_property
    def areas(self) -> pl.DataFrame:
        """The areas that the sources speak of, by the sources' own names: area, name, level, division, municipality."""
        return pl.read_parquet(self.folder / NAMED)

    @cached_property
    def kept(self) -> frozenset[Key]:
        """Which figures are values of an earlier release, because the new ones would tell too much beside them."""
        return kept_in(self.folder / CONFIDENTIAL) if self.guarded else frozenset()

    def figures(
        self,
        areas: Iterable[str] | None = None,
        indicators: Iterable[str] | None = None,
        periods: Iterable[int] | None = None,
        level: str | None = None,
    ) -> pl.DataFrame:
        """Return the observations that answer every given condition; without conditions all of them.

        Parameters
        ----------
        areas, indicators, periods
            What to keep; `None` keeps everything, an empty list nothing.
        level
            One level of area, for example `"buurt"`.

        Returns
        -------
        DataFrame[SCHEMA]
            In the order of the release: level, municipality, indicator, period, area. Figures of partners and surveys
            are what the public may see; in a release that was made without the gate they are absent.
        """
        figures = self._lookup.find(areas, indicators, periods, level)
        return figures if self.guarded else _closed(figures)

    @property
    def _lookup(self) -> Lookup:
        with self._reading:
            return self._read

    @cached_property
    def _read(self) -> Lookup:
        return Lookup(self.folder / OBSERVATIONS)


def _closed(frame: pl.DataFrame) -> pl.DataFrame:
    """Withhold all that did not go through the gate."""
    from buurtbalans.figures.catalogue.indicator import SourceKind
    from buurtbalans.figures.catalogue.reader import catalogue

    known = catalogue()
    names = [id for id in frame["indicator"].unique() if id in known]
    inside = [id for id in names if known.kind_of(known[id].source) is not SourceKind.PUBLISHED]
    hidden = pl.col("indicator").is_in(inside)
    reason = pl.lit(Absence.NOT_SHARED.value, frame.schema["absence"])
    return frame.with_columns(
        value=pl.when(~hidden).then("value"),
        absence=pl.when(hidden & pl.col("absence").is_null()).then(reason).otherwise("absence"),
    )


def damage(folder: Path, seal: str | None = None) -> list[Finding]:
    """Return what is no longer as it was in the folder of a release; nothing when it is whole.

    Examples
    --------
    >>> [finding.what for finding in damage(Path("no-such-folder"))]
    ['Het manifest van uitgave no-such-folder ontbreekt of is beschadigd.']
    """
    todo = "Zet een eerdere uitgave terug of lees de bestanden opnieuw in."
    try:
        manifest = Manifest.from_json((folder / NAME).read_bytes())
        if manifest.id != folder.name or (seal and digest(folder / NAME) != seal):
            raise ValueError("another manifest")
    except (OSError, ValueError):
        what = f"Het manifest van uitgave {folder.name} ontbreekt of is beschadigd."
        return [Finding(Severity.REFUSE, what, todo, file=NAME)]
    changed = [name for name, sha256 in manifest.sha256s.items() if _digest(folder / name) != sha256]
    what = f"Uitgave {folder.name} is beschadigd: een bestand ontbreekt of is veranderd."
    return [Finding(Severity.REFUSE, what, todo, file=name) for name in changed]


def _digest(path: Path) -> str:
    try:
        return digest(path)
    except OSError:
        return ""
