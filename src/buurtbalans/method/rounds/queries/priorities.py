"""Reads of what comes first: the points of every organisation beside each other, their spread, and who differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.rounds.models import Criterion, LineKind, PictureLine, Priority, Round, Weighing
from buurtbalans.method.rounds.queries.round import Viewer, organisations_of

PROPOSED: Final = (  # each is answered from "not at all" to "very much", as the points run
    _("Hoeveel mensen hebben hiermee te maken?"),
    _("Hoe ernstig is dit voor deze mensen?"),
    _("Hoeveel kunnen onze organisaties hieraan doen?"),
    _("Hoe zwaar raakt dit mensen die het al moeilijk hebben?"),
    _("Hoeveel erger wordt het als wij niets doen?"),
)
MOST: Final = 3  # points on one criterion
WIDE: Final = 1 / 3  # organisations that lie a third of the scale apart differ


@dataclass(frozen=True)
class Points:
    """What one organisation gives a line in all, or None while it did not weigh every criterion."""

    name: str
    total: int | None
    far: bool


@dataclass(frozen=True)
class Row:
    """A line of the picture with the points of each organisation, from lowest to highest, and what was chosen."""

    line: PictureLine
    points: list[Points]
    low: int | None
    high: int | None
    most: int
    choice: Priority | None

    @property
    def quiet(self) -> list[str]:
        """The organisations that did not give all their points yet."""
        return [point.name for point in self.points if point.total is None]

    @property
    def wide(self) -> bool:
        """Whether organisations lie far apart on this line."""
        return self.low is not None and self.high is not None and _far(self.high - self.low, self.most)


def weighed_lines(round: Round, viewer: Viewer) -> list[PictureLine]:
    """Return the lines that can come first: strengths, chances, concerns and causes that stand in the picture."""
    lines = PictureLine.objects.visible_to(viewer).filter(round=round).exclude(kind=LineKind.UNKNOWN)
    rows = list(lines.select_related("priority"))
    return [line for kind in LineKind for line in rows if line.kind == kind]


def criteria_of(round: Round, viewer: Viewer) -> "QuerySet[Criterion]":
    """Return what the group pays attention to."""
    criteria: QuerySet[Criterion] = Criterion.objects.visible_to(viewer).filter(round=round, withdrawn_at=None)
    return criteria


def proposed(criteria: Iterable[Criterion]) -> list[str]:
    """Return the criteria that the method proposes and that are not on the list yet."""
    there = {criterion.text for criterion in criteria}
    return [str(text) for text in PROPOSED if str(text) not in there]


def rows_of(round: Round, viewer: Viewer) -> list[Row]:
    """Return every line with the points that organisations give it; no mean is made of them."""
    criteria = {criterion.pk: criterion.weight for criterion in criteria_of(round, viewer)}
    lines = weighed_lines(round, viewer)
    given: dict[tuple[int, int], dict[int, int]] = {}
    for weighing in Weighing.objects.filter(line__in=lines, criterion__in=criteria):
        given.setdefault((weighing.line_id, weighing.organisation_id), {})[weighing.criterion_id] = weighing.points
    names = {organisation.pk: organisation.name for organisation in organisations_of(round)}
    names |= _left(given, names)
    most = MOST * sum(criteria.values())
    return [_row(line, criteria, given, names, most) for line in lines]


def _left(given: dict[tuple[int, int], Any], names: dict[int, str]) -> dict[int, str]:
    """Return the organisations that gave points and left the round since: their points stay."""
    gone = {organisation for _line, organisation in given if organisation not in names}
    weighings = Weighing.objects.filter(organisation__in=gone).values_list("organisation", "organisation__name")
    return dict(weighings.distinct())


def _row(
    line: PictureLine,
    criteria: dict[int, int],
    given: dict[tuple[int, int], dict[int, int]],
    names: dict[int, str],
    most: int,
) -> Row:
    totals: dict[int, int] = {}
    for pk in names:
        cells = given.get((line.pk, pk), {})
        if criteria and len(cells) == len(criteria):
            totals[pk] = sum(criteria[criterion] * points for criterion, points in cells.items())
    far = _outside(totals, most)
    points = [Points(name, totals.get(pk), pk in far) for pk, name in names.items()]
    points.sort(key=lambda point: (point.total is None, point.total or 0, point.name))
    low, high = (min(totals.values()), max(totals.values())) if totals else (None, None)
    return Row(line, points, low, high, most, _choice(line))


def _outside(totals: dict[int, int], most: int) -> set[int]:
    """Return who differs: the organisations that lie a third of the scale or more from the middle one."""
    return {pk for pk, total in totals.items() if _far(abs(total - median(totals.values())), most)}


def _far(distance: float, most: int) -> bool:
    return most > 0 and distance >= most * WIDE


def _choice(line: PictureLine) -> Priority | None:
    choice: Priority | None = getattr(line, "priority", None)
    return choice if choice is not None and choice.withdrawn_at is None else None


def own_points(round: Round, organisation: int) -> dict[tuple[int, int], int]:
    """Return the points that one organisation gave, by line and criterion."""
    weighings = Weighing.objects.filter(line__round=round, organisation=organisation)
    return {(weighing.line_id, weighing.criterion_id): weighing.points for weighing in weighings}
