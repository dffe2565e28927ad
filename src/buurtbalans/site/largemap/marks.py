"""Marks of the large map: every story, feeling, landmark and effort that a viewer may see, with its place.

What people told stands at the middle of its square of about 100 metres and never finer; what organisations have and do
stands where it is. A story of a whole area stands at the middle of that area, one without either only in the list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

import shapely
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.feeling_fields import Felt
from buurtbalans.method.places.models import Landmark
from buurtbalans.method.places.rules import blurred
from buurtbalans.method.plans.queries.presence import PresenceLine
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.round import Viewer
from buurtbalans.method.stories.models import (
    PLEASANT,
    UNPLEASANT,
    AgeBand,
    DayPart,
    Mood,
    PublishedFeelings,
    TellerKind,
    TimeOfDay,
    Tone,
)
from buurtbalans.method.stories.queries.feelings import feelings_of
from buurtbalans.method.stories.queries.stories import stories_of
from buurtbalans.site.largemap.ground import Place
from buurtbalans.site.largemap.query import MapLayer

LATE: Final = frozenset({TimeOfDay.EVENING, TimeOfDay.NIGHT})
EARLY: Final = frozenset({TimeOfDay.MORNING, TimeOfDay.AFTERNOON})
TOLD: Final = frozenset({MapLayer.STORIES, MapLayer.FEELINGS})  # layers of what people told: their place is a square

# What is read of each: there may be thousands, and a whole row with its circle and author costs three times as much.
OF_TOLD: Final = ("pk", "longitude", "latitude", "who", "age", "circle__kind")
OF_STORY: Final = (
    *OF_TOLD,
    "text",
    "tone",
    "place",
    "area",
    "period",
    "time_of_day",
    "noted_at",
    "created_at",
    "heard_by__name",
)
OF_FEELING: Final = (*OF_TOLD, "mood", "day_part", "reason")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the map: how an address calls it, its layer and kind, where and when, and what it says.

    `place` is None for what has none. `whole` says that it stands for the area `area` and for no place in it. `shape`
    is the line or polygon of works, `circle` the kind of circle that reads it.
    """

    key: str
    layer: MapLayer
    kind: str
    title: str
    place: Place | None
    words: str = ""
    teller: str = ""
    when: str = ""
    day: bool = True
    evening: bool = True
    area: str = ""
    whole: bool = False
    shape: Mapping[str, Any] | None = None
    circle: str = ""
    pk: int = 0

    @property
    def is_story(self) -> bool:
        """Whether it is something that was told."""
        return self.layer is MapLayer.STORIES

    @property
    def is_effort(self) -> bool:
        """Whether it is what an organisation does."""
        return self.layer is MapLayer.EFFORTS

    @property
    def number(self) -> str:
        """How its app calls it."""
        return self.key.rpartition("-")[2]

    @property
    def quoted(self) -> bool:
        """Whether its words are somebody's own, to be set as a voice."""
        return self.layer in TOLD

    @property
    def exact(self) -> bool:
        """Whether its place is its own and no square, field or area."""
        return self.place is not None and not self.whole and self.layer not in TOLD

    @property
    def field(self) -> bool:
        """Whether it is a field of enough people and no single feeling."""
        return self.layer == MapLayer.FEELINGS and self.shape is not None

    @property
    def home(self) -> bool:
        """Whether only one's own organisation may read it."""
        return self.circle == Audience.ORGANISATION

    @property
    def together(self) -> str:
        """What a stack of several kinds is drawn as; a pleasant feeling joins no unpleasant one."""
        if self.layer == MapLayer.FEELINGS:
            return "blij" if self.kind in PLEASANT else "bang" if self.kind in UNPLEASANT else "anders"
        return "vraag" if self.layer == MapLayer.STORIES else self.kind

    def at(self, part: str) -> bool:
        """Return whether it belongs to a part of the day."""
        return self.evening if part == DayPart.EVENING else self.day


def story_marks(round: Round, viewer: Viewer, middles: Mapping[str, Place], only: str = "") -> list[Mark]:
    """Return the stories of the neighbourhood that the viewer may read; with `only` that one mark at most."""
    words, zone, language = _words(Tone, TimeOfDay, TellerKind, AgeBand), get_current_timezone(), get_language()
    heard = _("verteld aan %(who)s, %(when)s")

    def told(row: Any) -> str:
        moment = (row.noted_at or row.created_at).astimezone(zone)
        when = _month(moment.year, moment.month, language)
        return heard % {"who": row.heard_by__name, "when": when} if row.heard_by__name else when

    stories = _one_of(stories_of(round.neighbourhood, viewer), "verhaal-", only)
    return [
        _story(row, middles, words, told(row))
        for row in stories.select_related(None).values_list(*OF_STORY, named=True)
    ]


def _one_of(rows: Any, prefix: str, only: str) -> Any:
    """Return the rows, or those of them that one mark is about: all of them may be thousands."""
    if not only:
        return rows
    return rows.filter(pk=only.removeprefix(prefix)) if only.startswith(prefix) else rows.none()


def _words(*choices: type[TextChoices]) -> Mapping[str, str]:
    """Return what each choice is called, once for all rows; no two of these choices share a value with other words."""
    return {"": ""} | {str(value): str(words) for choice in choices for value, words in choice.choices}


def _story(row: Any, middles: Mapping[str, Place], words: Mapping[str, str], told: str) -> Mark:
    place = _place(row)
    whole = place is None and row.area in middles
    about = " · ".join(filter(None, (row.period, words[row.time_of_day])))
    return Mark(
        f"verhaal-{row.pk}",
        MapLayer.STORIES,
        Tone(row.tone).marker,
        _titled(words[row.tone], row.place),
        middles[row.area] if whole else place,
        row.text,
        _teller(row, words),
        " · ".join(filter(None, (about, told))),
        row.time_of_day not in LATE,
        row.time_of_day not in EARLY,
        row.area,
        whole,
        None,
        row.circle__kind,
        row.pk,
    )


@lru_cache(maxsize=500)
def _month(year: int, month: int, _language: str | None) -> str:
    """Return the name of a month with its year: of thousands of stories there are few."""
    return date_format(date(year, month, 1), "F Y")


def _place(row: Any) -> Place | None:
    """Return where something was told about, to about 100 metres, or None."""
    return None if row.longitude is None or row.latitude is None else blurred(row.longitude, row.latitude)


def _teller(told: Any, words: Mapping[str, str]) -> str:
    """Return who tells it, in bands and without a name."""
    who = words[told.who].capitalize()
    return f"{who}, {words[told.age]}" if told.age else who


def _titled(kind: str, place: str) -> str:
    return f"{kind.capitalize()} · {place}" if place else kind.capitalize()


def feeling_marks(round: Round, viewer: Viewer, only: str = "") -> list[Mark]:
    """Return the single feelings that the viewer may see, as their own page has them; with `only` that one at most."""
    words = _words(Mood, DayPart, TellerKind, AgeBand)
    feelings = _one_of(feelings_of(round.neighbourhood, viewer), "gevoel-", only)
    return [_feeling(row, words) for row in feelings.select_related(None).values_list(*OF_FEELING, named=True)]


def _feeling(row: Any, words: Mapping[str, str]) -> Mark:
    late = row.day_part == DayPart.EVENING
    return Mark(
        f"gevoel-{row.pk}",
        MapLayer.FEELINGS,
        row.mood,
        words[row.mood].capitalize(),
        _place(row),
        row.reason,
        _teller(row, words),
        words[row.day_part],
        not late,
        late,
        circle=row.circle__kind,
        pk=row.pk,
    )


def feeling_field_marks(round: Round, viewer: Viewer) -> list[Mark]:
    """Return what others than the team see of the feelings: fields of enough people, each in one of three words."""
    shown = PublishedFeelings.objects.visible_to(viewer).filter(core=round.core_id, withdrawn_at__isnull=True).first()
    cells = shown.cells if shown else {}
    return [
        _field(f"veld-{part}-{number}", part, each)
        for part in DayPart.values
        for number, each in enumerate(cells.get(part, ()), start=1)
    ]


def _field(key: str, part: str, cell: Mapping[str, Any]) -> Mark:
    west, south, east, north = cell["borders"]
    kind, title = {
        Felt.PLEASANT: ("blij", _("Vooral prettig")),
        Felt.DIFFERS: ("anders", _("Het verschilt")),
        Felt.UNPLEASANT: ("bang", _("Vooral niet prettig")),
    }[Felt(cell["felt"])]
    late = part == DayPart.EVENING
    return Mark(
        key,
        MapLayer.FEELINGS,
        kind,
        title,
        (round_((west + east) / 2), round_((south + north) / 2)),
        teller=_("Dit vlak laat zien hoe mensen zich hier voelen."),
        when=_("Er hebben genoeg mensen meegedaan om dit te kunnen tonen."),
        day=not late,
        evening=late,
        circle="ring",
        shape={
            "type": "Polygon",
            "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
        },
    )


def landmark_marks(round: Round, viewer: Viewer) -> list[Mark]:
    """Return what is there and what comes: facilities, then works; everybody in the round may know them."""
    landmarks = Landmark.objects.visible_to(viewer).active().filter(neighbourhood=round.neighbourhood)
    return [_landmark(landmark) for landmark in landmarks.select_related("organisation")]


def _landmark(landmark: Landmark) -> Mark:
    shape, works = landmark.shape, landmark.is_works
    point = shapely.geometry.shape(shape).point_on_surface()
    when = _months(landmark.starts_on, landmark.ends_on)
    return Mark(
        f"{'werk' if works else 'voorziening'}-{landmark.pk}",
        MapLayer.WORKS if works else MapLayer.LANDMARKS,
        "werk" if works else "voorziening",
        landmark.name,
        (round_(point.x), round_(point.y)),
        landmark.about,
        f"{landmark.get_kind_display()}".capitalize(),
        " · ".join(filter(None, (when, f"{landmark.organisation}", landmark.source))),
        shape=shape if shape["type"] != "Point" else None,
        circle="ring",
        pk=landmark.pk,
    )


def _months(start: date | None, end: date | None) -> str:
    """Return from which month until which: "maart tot juli 2027"."""
    if start and end and (start.year, start.month) != (end.year, end.month):
        first = date_format(start, "F" if start.year == end.year else "F Y")
        return _("%(first)s tot %(last)s") % {"first": first, "last": date_format(end, "F Y")}
    day = start or end
    return date_format(day, "F Y") if day else ""


def round_(degrees: float) -> float:
    """Return degrees to about a metre."""
    return round(degrees, 5)


def effort_marks(lines: list[PresenceLine], middles: Mapping[str, Place]) -> list[Mark]:
    """Return who does what, as the list of that name has it."""
    return [_effort(line, middles) for line in lines]


def _effort(line: PresenceLine, middles: Mapping[str, Place]) -> Mark:
    effort = line.effort
    whole = line.point is None and effort.area in middles
    place = middles[effort.area] if whole else line.point
    state = " · ".join(filter(None, (str(effort.get_state_display()).capitalize(), effort.where)))
    sign = _("Eerste teken: %(sign)s") % {"sign": effort.first_sign}
    return Mark(
        f"inzet-{effort.pk}",
        MapLayer.EFFORTS,
        "inzet",
        str(effort.organisation),
        place,
        effort.what,
        sign,
        state,
        area=effort.area,
        whole=whole,
        circle="core",
        pk=effort.pk,
    )
