"""Reads of feelings: the single ones for the team, and the fields of enough people that others may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.protection import feeling_fields
from buurtbalans.figures.protection.feeling_fields import Feel, Felt, Field
from buurtbalans.figures.protection.policy import disclosure_rule
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.places.rules import SQUARE, square_of
from buurtbalans.method.stories.models import (
    PLEASANT,
    UNPLEASANT,
    ContributionQuerySet,
    DayPart,
    Feeling,
    PublishedFeelings,
)

Bounds = tuple[float, float, float, float]  # west, south, east, north


class FeltLook(NamedTuple):
    """How a field looks: its words, and the class of the five whose colour it has."""

    words: str | Promise
    class_number: int


FELT_LOOKS: Final[Mapping[Felt, FeltLook]] = {
    Felt.PLEASANT: FeltLook(gettext_lazy("vooral prettig"), 4),
    Felt.DIFFERS: FeltLook(gettext_lazy("verschilt"), 3),
    Felt.UNPLEASANT: FeltLook(gettext_lazy("vooral niet prettig"), 2),
}


@dataclass(frozen=True, slots=True)
class FeelingSquare:
    """A field as others see it: its borders in degrees, and how it feels there in one of three words."""

    borders: Bounds
    felt: Felt

    @property
    def look(self) -> FeltLook:
        """Its words and colour."""
        return FELT_LOOKS[self.felt]


@dataclass(frozen=True)
class Outward:
    """What others would see of the feelings now, or in `refused` why they see nothing."""

    cells: dict[str, Any]
    counted: dict[str, Any]
    voices: int
    minimum: int
    refused: str = ""

    @property
    def parts(self) -> dict[DayPart, list[FeelingSquare]]:
        """The fields per part of the day."""
        return fields_in(self.cells)


def feelings_of(neighbourhood: Neighbourhood, viewer: "Person | AnonymousUser") -> ContributionQuerySet:
    """Return the standing single feelings of a neighbourhood that the viewer may see, newest first."""
    feelings: ContributionQuerySet = Feeling.objects.visible_to(viewer).active().filter(neighbourhood=neighbourhood)
    return feelings.select_related("heard_by", "circle", "asked")


def shown_to(viewer: "Person | AnonymousUser", core: Circle) -> PublishedFeelings | None:
    """Return the newest view of a round's feelings that the viewer may see, or None."""
    published = PublishedFeelings.objects.visible_to(viewer).filter(core=core)
    return published.select_related("circle").first()


def views_of(core: Circle) -> "list[PublishedFeelings]":
    """Return all views that a round showed of its feelings, newest first, withdrawn ones too: for its guide."""
    return list(PublishedFeelings.objects.with_withdrawn().filter(core=core).select_related("circle"))


def fields_in(cells: Mapping[str, Any]) -> dict[DayPart, list[FeelingSquare]]:
    """Return the fields of a view per part of the day; of a part with too few people none."""
    return {
        part: [FeelingSquare(tuple(each["borders"]), Felt(each["felt"])) for each in cells.get(part, [])]
        for part in DayPart
    }


def outward(neighbourhood: Neighbourhood, core: Circle, circle: Circle, bounds: Bounds) -> Outward:
    """Return what a circle would see now of the feelings that the core group of a round has (decision 11)."""
    rule = disclosure_rule(SourceKind.SURVEY, circle.audience)
    minimum = feeling_fields.minimum_people(rule.minimum_frequency)
    earlier = list(
        PublishedFeelings.objects.with_withdrawn().filter(core=core).order_by("pk")
    )  # withdrawn ones too: they were seen
    frame = _frame(earlier, bounds)
    standing = Feeling.objects.agreed().active()
    told = standing.filter(circle=core, neighbourhood=neighbourhood)
    cells: dict[str, Any] = {"frame": [frame.x, frame.y, frame.wide, frame.high]}
    counted: dict[str, Any] = {}
    people, thin = set(), False
    for part in DayPart:
        views = [(_feels(view, part), _fields(view, part)) for view in earlier]
        before, seen = views[-1] if views else ([], [])
        kept = feeling_fields.counted(before, seen, map(_feel, told.filter(day_part=part)), minimum)
        thin = thin or feeling_fields.isolates(views, kept, minimum)
        fields = feeling_fields.shown(kept, frame, minimum)
        cells[part] = [_cell(field.field, field.felt) for field in fields]
        counted[part] = [list(feel) for feel in kept]
        people |= {feel.voice for feel in kept if any(field.field.holds(feel) for field in fields)}
    return Outward(cells, counted, len(people), minimum, _refused(earlier, circle, cells, counted, minimum, thin))


def _refused(
    earlier: list[PublishedFeelings],
    circle: Circle,
    cells: dict[str, Any],
    counted: dict[str, Any],
    minimum: int,
    thin: bool,
) -> str:
    """Return why there is nothing to show, or nothing new; or nothing, when it can be shown."""
    if not any(cells[part] for part in DayPart):
        words = _("Er zijn nog te weinig mensen, want anderen zien een vlak pas als er minstens %(number)s in zitten.")
        return words % {"number": minimum}
    last = earlier[-1] if earlier else None
    same = last is not None and (last.cells, last.circle_id, last.withdrawn_at) == (cells, circle.pk, None)
    if thin or same or (last is not None and last.counted == counted and last.circle_id == circle.pk):
        words = _(
            "De kaart is nog te weinig veranderd, dus deel de kaart opnieuw als minstens %(number)s mensen iets hebben toegevoegd."
        )
        return words % {"number": minimum}
    return ""


def _frame(earlier: Iterable[PublishedFeelings], bounds: Bounds) -> Field:
    """Return the frame of a neighbourhood: that of the first view, so that all views have the same fields."""
    for view in earlier:
        return Field(*view.cells["frame"])
    west, south, east, north = bounds
    return feeling_fields.around([square_of(west, south), square_of(east, north)])


def _feel(feeling: Feeling) -> Feel:
    sign = (
        feeling_fields.PLEASANT
        if feeling.mood in PLEASANT
        else feeling_fields.UNPLEASANT
        if feeling.mood in UNPLEASANT
        else 0
    )
    assert feeling.point is not None  # a constraint of the table
    return Feel(feeling.pk, str(feeling.voice), *square_of(*feeling.point), sign)


def _feels(view: PublishedFeelings, part: DayPart) -> list[Feel]:
    return [Feel(*each) for each in view.counted.get(part, [])]


def _fields(view: PublishedFeelings, part: DayPart) -> list[Field]:
    return [Field(*each["field"]) for each in view.cells.get(part, [])]


def _cell(field: Field, felt: Felt) -> dict[str, Any]:
    (east, north), (x, y, wide, high) = SQUARE, (field.x, field.y, field.wide, field.high)
    borders = [round(at, 6) for at in (x * east, y * north, (x + wide) * east, (y + high) * north)]
    return {"field": [x, y, wide, high], "borders": borders, "felt": felt.value}
