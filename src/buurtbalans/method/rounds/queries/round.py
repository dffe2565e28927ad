"""Reads of a round: its steps, its team, where one can start, and what it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.base.panels import Words
from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission, Role, roles_with
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.places.queries import ReadyArea, neighbourhoods, ready_to_begin, remark_on
from buurtbalans.method.rounds.models import Claim, Round, RoundStep, StepState
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.method.rounds.steps import STEPS, Step

Viewer = Person | AnonymousUser


MOST_PLACES = 1_000  # a longer list is no choice any more: start from the page of the buurt


@dataclass(frozen=True)
class StepRow:
    """One step of one round: what it is, and where it stands."""

    step: Step
    row: RoundStep
    url: str
    note: Words

    @property
    def number(self) -> int:
        return self.step.number

    @property
    def name(self) -> Words:
        return self.step.title

    @property
    def state(self) -> str:
        """How the building block `stappen` calls the state."""
        return {StepState.AHEAD: "later", StepState.NOW: "now", StepState.DONE: "done"}[StepState(self.row.state)]


def rounds_of(viewer: Viewer) -> "QuerySet[Round]":
    """Return the rounds that the viewer is part of, with their steps."""
    rounds: QuerySet[Round] = Round.objects.visible_to(viewer)
    with_place = rounds.select_related("neighbourhood", "core", "ring")
    return with_place.prefetch_related("steps", "meetings", "neighbourhood__parts")


def steps_of(round: Round, viewer: Viewer) -> list[StepRow]:
    """Return the six steps of a round with their state and a short remark under the current ones."""
    rows = {row.number: row for row in round.steps.all()}
    return [
        StepRow(
            step,
            rows[step.number],
            reverse("rounds:step", args=[round.slug, step.number]),
            _remark(round, rows[step.number], viewer),
        )
        for step in STEPS
    ]


def _remark(round: Round, row: RoundStep, viewer: Viewer) -> Words:
    if row.note:
        return row.note
    if row.number == 3 and row.state == StepState.NOW and may_in(viewer, Permission.READ, round):
        claims = Claim.objects.visible_to(viewer).filter(round=round)
        counts = claims.aggregate(all=Count("pk"), tested=Count("pk", filter=~Q(verdict="")))
        if counts["all"]:
            return _("%(tested)s van %(all)s met een conclusie") % counts
    return ""


def current_step(steps: Iterable[StepRow]) -> StepRow:
    """Return the step that the round is in: the last one that is busy, else the first that has not begun."""
    rows = list(steps)
    busy = [row for row in rows if row.state == "now"]
    ahead = [row for row in rows if row.state == "later"]
    return busy[-1] if busy else ahead[0] if ahead else rows[-1]


def row_of(round: Round, viewer: Viewer) -> tuple[Round, list[StepRow], StepRow]:
    """Return a round with its steps and the current one, as a row of a list."""
    steps = steps_of(round, viewer)
    return round, steps, current_step(steps)


def team_of(round: Round, role: Role | None = None) -> list[Person]:
    """Return the people of the core group (or with one role in the round), by organisation."""
    roles = [role] if role else [Role.PROCESS_GUIDE, Role.CORE_MEMBER]
    circle = round.ring if role in (Role.RING_MEMBER, Role.AMBASSADOR) else round.core
    people = Person.objects.filter(memberships__circle=circle, memberships__role__in=roles)
    return list(people.select_related("organisation").order_by("organisation__name", "first_name").distinct())


def organisations_of(round: Round) -> list[Organisation]:
    """Return the organisations in the core group that can give an opinion."""
    speaking = {
        "people__memberships__circle": round.core,
        "people__memberships__role__in": roles_with(Permission.GIVE_OPINION),
        "people__is_active": True,
    }
    return list(Organisation.objects.filter(**speaking).distinct())


def places_to_start() -> list[tuple[Any, Any]]:
    """Return where a round can start: neighbourhoods that exist, and the buurten of the newest boundaries."""
    places = neighbourhoods()
    drawn = [(f"n{place.pk}", _with_remark(place.name, remark_on(place))) for place in places]
    release = releases.current_release()
    if release is None:
        return [(_("Buurten die al meedoen"), drawn)]
    ready = [(f"k{area.id}", _with_remark(area.name, area.words)) for area in _ready(release)]
    groups = [(_("Buurten die al meedoen"), drawn), (_("Beschikbare gebieden"), ready)]
    return [group for group in groups if group[1]] + [(_("Andere buurten"), _other_buurten(release, places))]


def _other_buurten(release: Release, places: Iterable[Neighbourhood]) -> list[tuple[str, str]]:
    """Return the buurten of the newest boundaries that are no neighbourhood yet, by name, at most MOST_PLACES."""
    whole = {place.codes[0] for place in places if len(place.codes) == 1 and place.is_whole_areas}
    division = release.division(max(release.divisions))
    others = [area for area in division.of_level(AreaLevel.BUURT) if area.code not in whole]
    buurten = [(f"{division.year}:{area.code}", area.name) for area in others[:MOST_PLACES]]
    return sorted(buurten, key=lambda place: place[1])


def _with_remark(name: str, remark: str) -> str:
    """Return the name of a place, marked when there is something to know about it."""
    return f"{name} *" if remark else name


def _ready(release: Release) -> list[ReadyArea]:
    """Return the areas that are ready to begin with in a release."""
    return ready_to_begin(release.divisions, lambda year: [area.code for area in release.division(year)])


def remarks_to_start() -> list[tuple[str, str]]:
    """Return what one must know of places where a round can start: the name and the remark."""
    release = releases.current_release()
    ready = [(area.name, area.words) for area in _ready(release)] if release else []
    known = [(place.name, remark_on(place)) for place in neighbourhoods()]
    return [(name, words) for name, words in ready + known if words]


def start_fields(given: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of `start_round` from the form: a neighbourhood that exists, or the fields of a new one."""
    about = {name: given[name] for name in ("occasion", "question", "scope")}
    release = releases.current_release()
    if release is None:
        raise ValidationError(
            _("Er zijn nog geen cijfers gepubliceerd, en zonder cijfers kan een ronde niet beginnen."),
            code="no_release",
        )
    about["release"] = release.id
    if given["place"].startswith("n"):
        return about | {"neighbourhood": Neighbourhood.objects.get(pk=given["place"][1:])}
    if given["place"].startswith("k"):
        return about | {"neighbourhood": _drawn_from(release, given)}
    return about | {"neighbourhood": _buurt_from(release, given)}


def _buurt_from(release: Release, given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a new neighbourhood that is one buurt of the release, chosen as `year:code`."""
    year, code = given["place"].split(":")
    division = release.division(int(year))
    area, above = division[code], division.ancestors(code)
    return {
        "name": given["name"] or area.name,
        "municipality": next((a.code for a in above if a.level is AreaLevel.GEMEENTE), ""),
        "division": int(year),
        "codes": [code],
        "known": [a.code for a in division],
        "wider": next((a.name for a in above if a.level is AreaLevel.WIJK), ""),
        "streets": given["streets"],
    }


def _drawn_from(release: Release, given: dict[str, Any]) -> dict[str, Any]:
    """Return what to draw for a ready area, under its own name or another."""
    area = next(area for area in _ready(release) if area.id == given["place"][1:])
    return {
        "name": given["name"] or area.name,
        "municipality": area.municipality,
        "division": area.division,
        "codes": list(area.codes),
        "known": [each.code for each in release.division(area.division)],
        "wider": area.wider,
        "streets": given["streets"],
    }


def round_url(round: Round) -> str:
    """Return the address of a round."""
    return reverse("rounds:round", args=[round.slug])


def people_to_invite(round: Round) -> "QuerySet[Person]":
    """Return the people who can still join: they work for an organisation or stand alone, and are in neither circle."""
    inside = Person.objects.filter(memberships__circle__in=[round.core_id, round.ring_id])
    return Person.objects.filter(is_active=True).exclude(pk__in=inside.values("pk")).order_by("first_name")
