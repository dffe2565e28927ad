"""Mijn buurten: a greeting, what waits for me, a map of my neighbourhoods, and my rounds."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from buurtbalans.method.base.panels import Task
from buurtbalans.method.capacities import panels as capacities
from buurtbalans.method.evaluation import panels as evaluation
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may_anywhere
from buurtbalans.method.placements import panels as placements
from buurtbalans.method.plans import panels as plans
from buurtbalans.method.rounds import panels as rounds
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.round import StepRow, rounds_of, row_of
from buurtbalans.site.map.small_maps import Mark, draw_home_map
from buurtbalans.site.pages.city_release import requested_city_release
from buurtbalans.site.pages.desks import desks

AT_MOST = 3
NUMBERS = (
    gettext_lazy("nul"),
    gettext_lazy("één"),
    gettext_lazy("twee"),
    gettext_lazy("drie"),
    gettext_lazy("vier"),
    gettext_lazy("vijf"),
    gettext_lazy("zes"),
    gettext_lazy("zeven"),
    gettext_lazy("acht"),
    gettext_lazy("negen"),
    gettext_lazy("tien"),
    gettext_lazy("elf"),
    gettext_lazy("twaalf"),
)


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what is mine: at most three tasks, my neighbourhoods on the map, my rounds with their six steps."""
    person = request.user
    rows = [row_of(round, person) for round in rounds_of(person).order_by("created_at")]
    tasks = waiting(person)
    context = {
        "greeting": greeting(timezone.localtime(), person, len(rows), len(tasks)),
        "tasks": tasks[:AT_MOST],
        "rest": tasks[AT_MOST:],
        "rows": rows,
        "map": my_map(request, rows),
        "desks": list(desks(person)),
        "may_start": may_anywhere(person, Permission.START_ROUND),
    }
    return render(request, "site/home.html", context)


def waiting(person: Person) -> list[Task]:
    """Return what waits for a person, the nearest date first."""
    tasks = [task for part in (rounds, plans, capacities, placements, evaluation) for task in part.tasks(person)]
    return sorted(tasks, key=lambda task: task.before or date.max)


def greeting(now: datetime, person: Person, rounds: int, tasks: int) -> str:
    """Return two or three short sentences: hello, where one joins, and how much waits."""
    hello = _("Goedemorgen") if now.hour < 12 else _("Goedemiddag") if now.hour < 18 else _("Goedenavond")
    name = person.first_name or person.username
    said = [f"{hello}, {name}."]
    if rounds:
        text = ngettext(
            "U doet mee aan de ronde in %(number)s buurt.", "U doet mee aan de rondes in %(number)s buurten.", rounds
        )
        said.append(text % {"number": in_words(rounds)})
    if tasks:
        text = ngettext("Er staat %(number)s taak voor u klaar.", "Er staan %(number)s taken voor u klaar.", tasks)
        said.append(text % {"number": in_words(tasks)})
    elif rounds:
        said.append(_("Er staan op dit moment geen taken voor u klaar."))
    return " ".join(said)


def in_words(number: int) -> str:
    """Return a small number in words, a larger one in figures."""
    return str(NUMBERS[number]) if number < len(NUMBERS) else str(number)


def my_map(request: HttpRequest, rows: Sequence[tuple[Round, list[StepRow], StepRow]]) -> Any:
    """Return the map of the city with the neighbourhoods of my rounds, each with its step; nothing without rounds."""
    if not rows:
        return None
    place = rows[0][0].neighbourhood
    here = requested_city_release(request, within=place.municipality)
    if here is None:
        return None
    marks = [
        mark(round, current)
        for round, _steps, current in rows
        if round.neighbourhood.municipality == place.municipality
    ]
    return draw_home_map(here.division, here.municipality.code, marks, layers=here.layers)


def mark(round: Round, step: StepRow) -> Mark:
    """Return a neighbourhood for the map: its step as number, its name, and the way to its round."""
    note: str | Promise = _("stap %(number)s · %(name)s") % {"number": step.number, "name": step.name}
    return Mark(
        round.neighbourhood.codes,
        step.number,
        round.neighbourhood.name,
        str(note),
        reverse("rounds:round", args=[round.slug]),
    )
