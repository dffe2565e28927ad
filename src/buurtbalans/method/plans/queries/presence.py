"""Who does what here: the efforts and the partners of one's rounds, with who keeps each line true and since when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.plans.models import Effort, EffortState
from buurtbalans.method.plans.rules import is_old, may_write
from buurtbalans.method.plans.works import works
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.partner import Partner, partner_rows
from buurtbalans.method.rounds.queries.round import Viewer, organisations_of, rounds_of

OWN_IDEAS = "eigen-idee"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty means all of their rounds."""

    round: str = ""
    area: str = ""
    organisation: str = ""
    theme: str = ""
    old: bool = False

    @property
    def narrow(self) -> bool:
        """Return whether anything was asked for."""
        return any((self.round, self.area, self.organisation, self.theme, self.old))


@dataclass(frozen=True)
class Line:
    """What one organisation does here: the same number stands in the table and on the map."""

    number: int
    effort: Effort
    neighbourhood: Neighbourhood
    old: bool
    may_confirm: bool

    @property
    def point(self) -> tuple[float, float] | None:
        """The place as longitude and latitude, where one was set."""
        return self.effort.place

    @property
    def codes(self) -> list[str]:
        """The buurten it is about: the one that was named, else the whole neighbourhood."""
        return [self.effort.area] if self.effort.area else self.neighbourhood.codes


@dataclass(frozen=True)
class Presence:
    """Everything that is done here, and who is there."""

    lines: list[Line]
    partners: list[Partner]

    @property
    def old(self) -> int:
        """How many lines nobody looked at for half a year."""
        return sum(line.old for line in self.lines)


def presence(viewer: Viewer, wanted: Wanted, today: date | None = None) -> Presence:
    """Return who does what in the viewer's rounds, as far as it is what they look for; proposals are no presence."""
    today = today or timezone.localdate()
    efforts = _efforts(viewer, wanted)
    found = [
        Line(
            number, effort, effort.result.round.neighbourhood, is_old(effort.true_on, today), may_write(viewer, effort)
        )
        for number, effort in enumerate((e for e in efforts if not wanted.old or is_old(e.true_on, today)), start=1)
    ]
    return Presence(found, _partners(viewer, wanted))


def _efforts(viewer: Viewer, wanted: Wanted) -> list[Effort]:
    efforts: QuerySet[Effort] = Effort.objects.visible_to(viewer).active().filter(accepted_at__isnull=False)
    efforts = efforts.exclude(state=EffortState.DONE).select_related(
        "organisation", "owner", "result__round__neighbourhood", "result__round__core"
    )
    if wanted.round:
        efforts = efforts.filter(result__round__slug=wanted.round)
    if wanted.area:
        here = Q(area=wanted.area) | Q(area="", result__round__neighbourhood__parts__code=wanted.area)
        efforts = efforts.filter(here).distinct()
    if wanted.organisation:
        efforts = efforts.filter(organisation__slug=wanted.organisation)
    ordered = efforts.order_by("result__round__neighbourhood__name", "organisation__name", "pk")
    ordered = ordered.prefetch_related("result__round__neighbourhood__parts")
    return [effort for effort in ordered if not wanted.theme or wanted.theme in themes_of(effort)]


def themes_of(effort: Effort) -> set[str]:
    """Return the themes of an effort: those of the causes that it helps against; an own idea has none yet."""
    work = works().efforts.get(effort.works)
    return {works().causes[code].theme for code in work.causes} if work else {OWN_IDEAS}


def _core_rounds(viewer: Viewer, wanted: Wanted) -> list[Round]:
    rounds = rounds_of(viewer).filter(core__in=Circle.objects.visible_to(viewer))
    rounds = rounds.filter(slug=wanted.round) if wanted.round else rounds
    return list(rounds.filter(neighbourhood__parts__code=wanted.area).distinct() if wanted.area else rounds)


def _partners(viewer: Viewer, wanted: Wanted) -> list[Partner]:
    seated = {one.pk: one for round in _core_rounds(viewer, wanted) for one in organisations_of(round)}
    asked = [one for one in seated.values() if wanted.organisation in ("", one.slug)]
    return partner_rows(sorted(asked, key=lambda one: one.name), viewer)


def presence_choices(viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    """Return what one can narrow the list by: one's rounds, the organisations in them, and the themes."""
    rounds = _core_rounds(viewer, Wanted())
    seated = {one.slug: one.name for round in rounds for one in organisations_of(round)}
    seated |= {effort.organisation.slug: effort.organisation.name for effort in _efforts(viewer, Wanted())}
    return {
        "rounds": [(round.slug, str(round.neighbourhood)) for round in rounds],
        "organisations": sorted(seated.items(), key=lambda one: one[1]),
        "themes": list(works().themes.items()),
    }


def does_already(viewer: Viewer) -> dict[str, list[str]]:
    """Return which organisations in the viewer's rounds do an effort of the list already, by its code."""
    found: dict[str, list[str]] = {}
    efforts = Effort.objects.visible_to(viewer).active().filter(accepted_at__isnull=False).exclude(works="")
    for code, name in efforts.order_by("organisation__name").values_list("works", "organisation__name"):
        if name not in found.setdefault(code, []):
            found[code].append(name)
    return found


def to_confirm(viewer: Person, today: date | None = None) -> list[Effort]:
    """Return the efforts that a person keeps true and that nobody looked at for half a year.

    An effort without an owner is for everybody of its organisation.
    """
    today = today or timezone.localdate()
    mine = Effort.objects.visible_to(viewer).active().filter(organisation=viewer.organisation_id)
    mine = mine.filter(Q(owner=viewer) | Q(owner__isnull=True), accepted_at__isnull=False)
    rows = mine.exclude(state=EffortState.DONE).select_related("result__round__neighbourhood", "organisation")
    return [effort for effort in rows if is_old(effort.true_on, today)]
