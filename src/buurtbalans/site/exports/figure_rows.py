"""What an export says of one figure: the value or the reason, and all one must know to use it well."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from django.utils import translation

from buurtbalans.figures.area.codes import AreaLevel, level_of
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.release.frozen import Release
from buurtbalans.site.look.absence import PATTERNS

Cell: TypeAlias = str | int | float | None
KEPT: Final = "Dit cijfer komt uit een eerdere cijferset, want het nieuwe zou samen met het oude te veel vertellen."
DIGITS: Final = 6  # behind the point; what a computer adds behind that says nothing
# Column in a spreadsheet -> name in JSON and in the API.
COLUMNS: Final = {
    "code": "area",
    "naam": "areaName",
    "niveau": "level",
    "grenzen_van": "division",
    "cijfer_id": "indicator",
    "cijfer_naam": "indicatorName",
    "eenheid": "unit",
    "jaar": "period",
    "cijfer": "value",
    "van": "low",
    "tot": "high",
    "waarom_geen_cijfer": "absence",
    "uitleg": "absenceText",
    "let_op": "caveat",
    "bron": "source",
    "uitgever": "publisher",
    "licentie": "licence",
    "uitgave": "release",
}


@dataclass(frozen=True, slots=True)
class Export:
    """A set of figures to save: what it is called, from which release, and the figures, made while they are written.

    `names` gives an area its name; by default the name on the map of its year.
    """

    title: str
    stem: str
    release: Release
    shown: Iterable[Shown]
    names: Callable[[Shown], str] | None = None

    @property
    def columns(self) -> Mapping[str, str]:
        """Return the columns of a spreadsheet with their names in JSON."""
        return COLUMNS

    @property
    def what(self) -> str:
        """Return what the rows are called in JSON."""
        return "figures"

    @property
    def notes(self) -> list[list[str]]:
        """Return what one must know of the columns, for the second sheet of a workbook."""
        return [["Van en tot", "Bij een steekproef ligt het echte cijfer met 90 procent kans tussen van en tot."]]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the cells of every figure, in the order of `COLUMNS`."""
        name_of = self.names or figure_namer(self.release)
        for one in self.shown:
            yield figure_row(one, name_of(one), self.release.id)


def figure_namer(release: Release) -> Callable[[Shown], str]:
    """Return what finds the name of an area on the map of its year; without a map the code serves."""
    known = set(release.manifest.maps) | set(release.divisions)

    def name(one: Shown) -> str:
        division = release.division(one.division) if one.division in known else None
        return division[one.area].name if division is not None and one.area in division else one.area

    return name


def figure_row(one: Shown, name: str, release: str) -> list[Cell]:
    """Return one figure as cells; a value is in the unit that stands beside it."""
    about, source = one.indicator, one.source
    words = absence_text(one.absence) if one.absence else None
    values = [None if n is None else plain(n * about.times) for n in (one.value, one.low, one.high)]
    reason = str(one.absence.value) if one.absence else None
    return [
        one.area,
        name,
        str((level_of(one.area) or AreaLevel.GEBIED).value),
        one.division,
        about.id,
        about.name,
        about.unit,
        one.period,
        *values,
        reason,
        words,
        f"{about.caveat} {KEPT}" if one.kept else about.caveat,
        source.title,
        source.publisher,
        source.licence,
        release,
    ]


@cache
def absence_text(reason: Absence) -> str:
    """Return in Dutch why there is no figure; files and the API speak one language."""
    with translation.override("nl"):
        return str(PATTERNS[reason].why)


def record(cells: list[Cell], columns: Mapping[str, str] = COLUMNS) -> dict[str, Cell]:
    """Return the cells of one row under the names that JSON uses."""
    return dict(zip(columns.values(), cells, strict=True))


def plain(value: float) -> int | float:
    """Return a number as a file holds it: rounded to what says something, whole where it is.

    >>> plain(0.1 + 0.2), plain(3.0)
    (0.3, 3)
    """
    rounded = round(value, DIGITS)
    return int(rounded) if rounded == int(rounded) else rounded
