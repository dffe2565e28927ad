"""Who does what in a neighbourhood: the efforts and partners of the viewer's rounds, and which need confirmation."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.plans.interventions import intervention_catalogue
from buurtbalans.method.plans.models import Effort, EffortState
from buurtbalans.method.plans.rules import may_write, needs_confirmation
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.partner import Partner, partner_rows
from buurtbalans.method.rounds.queries.round import Viewer, organisations_of, rounds_of

OWN_IDEAS = "eigen-idee"  # theme of the efforts that come from no catalogue


@dataclass(frozen=True, slots=True)
class PresenceFilter:
    """What the list of efforts is narrowed to; empty means all rounds of the viewer."""

    round: str = ""
    area: str = ""
    organisation: str = ""
    theme: str = ""
    only_unconfirmed: bool = False

    @property
    def is_filtered(self) -> bool:
        """Whether the list is narrowed at all."""
        return any((self.round, self.area, self.organisation, self.theme, self.only_unconfirmed))


@dataclass(frozen=True)
class PresenceLine:
    """One effort in the list of who does what; its number is the same in the table and on the map."""

    number: int
    effort: Effort
    neighbourhood: Neighbourhood
    needs_confirmation: bool
    may_confirm: bool

    @property
    def point(self) -> tuple[float, float] | None:
        """The place as longitude and latitude, if one is set."""
        return self.effort.place

    @property
    def codes(self) -> list[str]:
        """The codes of the areas it is about: the area of the effort, or else the whole neighbourhood."""
        return [self.effort.area] if self.effort.area else self.neighbourhood.codes


@dataclass(frozen=True)
class Presence:
    """Who does what: the efforts in the viewer's rounds, and the partners there."""

    lines: list[PresenceLine]
    partners: list[Partner]

    @property
    def unconfirmed(self) -> int:
        """The number of efforts that nobody confirmed in the last half year."""
        return sum(line.needs_confirmation for line in self.lines)


def presence(viewer: Viewer, filter: PresenceFilter, today: date | None = None) -> Presence:
    """Return who does what in the viewer's rounds, as far as it passes the filter; proposals do not count."""
    today = today or timezone.localdate()
    efforts = [(effort, needs_confirmation(effort.confirmed_on, today)) for effort in _accepted_efforts(viewer, filter)]
    if filter.only_unconfirmed:
        efforts = [(effort, is_unconfirmed) for effort, is_unconfirmed in efforts if is_unconfirmed]
    lines = [
        PresenceLine(number, effort, effort.result.round.neighbourhood, is_unconfirmed, may_write(viewer, effort))
        for number, (effort, is_unconfirmed) in enumerate(efforts, start=1)
    ]
    return Presence(lines, _partners(viewer, filter))


def _accepted_efforts(viewer: Viewer, filter: PresenceFilter) -> list[Effort]:
    """Return the accepted efforts that are not done yet and pass the filter, in the order of the list."""
    efforts: QuerySet[Effort] = Effort.objects.visible_to(viewer).active().filter(accepted_at__isnull=False)
    efforts = efforts.exclude(state=EffortState.DONE).select_related(
        "organisation", "owner", "result__round__neighbourhood", "result__round__core"
    )
    if filter.round:
        efforts = efforts.filter(result__round__slug=filter.round)
    if filter.area:
        in_area = Q(area=filter.area) | Q(area="", result__round__neighbourhood__parts__code=filter.area)
        efforts = efforts.filter(in_area).distinct()
    if filter.organisation:
        efforts = efforts.filter(organisation__slug=filter.organisation)
    ordered = efforts.order_by("result__round__neighbourhood__name", "organisation__name", "pk")
    ordered = ordered.prefetch_related("result__round__neighbourhood__parts")
    return [effort for effort in ordered if not filter.theme or filter.theme in themes_of(effort)]


def themes_of(effort: Effort) -> set[str]:
    """Return the themes of an effort: those of the causes its intervention helps against, or that of own ideas."""
    catalogue = intervention_catalogue()
    intervention = catalogue.interventions.get(effort.intervention)
    return {catalogue.causes[code].theme for code in intervention.causes} if intervention else {OWN_IDEAS}


def _core_rounds(viewer: Viewer, filter: PresenceFilter) -> list[Round]:
    """Return the rounds that pass the filter and of which the viewer is in the core group."""
    rounds = rounds_of(viewer).filter(core__in=Circle.objects.ids_visible_to(viewer))
    rounds = rounds.filter(slug=filter.round) if filter.round else rounds
    return list(rounds.filter(neighbourhood__parts__code=filter.area).distinct() if filter.area else rounds)


def _partners(viewer: Viewer, filter: PresenceFilter) -> list[Partner]:
    organisations = {
        organisation.pk: organisation
        for round in _core_rounds(viewer, filter)
        for organisation in organisations_of(round)
        if filter.organisation in ("", organisation.slug)
    }
    return partner_rows(sorted(organisations.values(), key=lambda organisation: organisation.name), viewer)


def presence_choices(viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of the filter: the viewer's rounds, the organisations in them, and the themes."""
    rounds = _core_rounds(viewer, PresenceFilter())
    participants = [organisation for round in rounds for organisation in organisations_of(round)]
    actors = [effort.organisation for effort in _accepted_efforts(viewer, PresenceFilter())]
    names = {organisation.slug: organisation.name for organisation in [*participants, *actors]}
    return {
        "rounds": [(round.slug, str(round.neighbourhood)) for round in rounds],
        "organisations": sorted(names.items(), key=lambda choice: choice[1]),
        "themes": list(intervention_catalogue().themes.items()),
    }


def organisations_by_intervention(viewer: Viewer) -> dict[str, list[str]]:
    """Return the organisations in the viewer's rounds that carry out each intervention already, by its code."""
    organisations: dict[str, list[str]] = {}
    efforts = Effort.objects.visible_to(viewer).active().filter(accepted_at__isnull=False).exclude(intervention="")
    for code, name in efforts.order_by("organisation__name").values_list("intervention", "organisation__name"):
        if name not in organisations.setdefault(code, []):
            organisations[code].append(name)
    return organisations


def unconfirmed_efforts(viewer: Person, today: date | None = None) -> list[Effort]:
    """Return the efforts of a person that nobody confirmed in the last half year.

    An effort without an owner belongs to everybody of its organisation.
    """
    today = today or timezone.localdate()
    own = Effort.objects.visible_to(viewer).active().filter(organisation=viewer.organisation_id)
    own = own.filter(Q(owner=viewer) | Q(owner__isnull=True), accepted_at__isnull=False)
    efforts = own.exclude(state=EffortState.DONE).select_related("result__round__neighbourhood", "organisation")
    return [effort for effort in efforts if needs_confirmation(effort.confirmed_on, today)]
