"""What carrying capacity and support show elsewhere: under the plan, and what waits for a person."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.panels import Panel, Task
from buurtbalans.method.base.versions import Edit, TextKind
from buurtbalans.method.capacities import actions, queries, rules
from buurtbalans.method.capacities.models import Capacity, CapacityVoice, Support
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.panels import CHANGED, by_action
from buurtbalans.method.rounds.rules import core_reads, may_in


def carrying(request: HttpRequest, round: Round) -> Panel | None:
    """Return room and support in short for who reads the plan: below it, and in its step."""
    if not may_in(request.user, Permission.READ, round):
        return None
    lines = queries.lines_of(round, request.user)
    held = [(line.name, line.held) for line in lines if line.held]
    supports = [(support, queries.short_words(support)) for support in queries.supports_of(round, request.user)]
    waits = sum(len(line.proposed) for line in lines)
    return Panel(
        "capacities/carrying.html",
        {"round": round, "held": held, "supports": supports, "waits": waits, "today": timezone.localdate()},
    )


def tasks(viewer: Person) -> list[Task]:
    """Return what waits for a person: a proposal to answer, an agreement to look at again."""
    return [*_to_answer(viewer), *_to_review(viewer)]


def _to_answer(viewer: Person) -> Iterator[Task]:
    for one in queries.to_answer(viewer):
        text = _("%(who)s heeft een plaatsingsruimte voorgesteld en vraagt of u het ermee eens bent.") % {
            "who": one.organisation
        }
        yield _task(
            one, "mening", _("Mening geven over de plaatsingsruimte"), text, _("Voorstel bekijken"), "answer_capacity"
        )


def _to_review(viewer: Person) -> Iterator[Task]:
    for one in queries.to_review(viewer):
        yield _task(
            one,
            "kalender",
            _("Plaatsingsruimte opnieuw bekijken"),
            one.reason,
            _("Opnieuw bekijken"),
            "review_capacity",
            before=one.review_on,
        )


def _task(one: Capacity, icon: str, title: Any, text: Any, button: Any, page: str, **more: Any) -> Task:
    url = reverse(f"capacities:{page}", args=[one.round.slug, one.pk])
    return Task(icon, title, text, one.round.neighbourhood.name, button, url, **more)


def _agrees(person: Any, text: Any) -> bool:
    return may_in(person, Permission.AGREE_EFFORT, text.round)


def _given(person: Any, voice: CapacityVoice) -> bool:
    return person.organisation_id == voice.organisation_id and rules.may_answer(person, voice.capacity)


def _page(line: Any) -> str:
    return queries.capacity_url(line.round)


CAPACITY: Final = ("low", "high", "load", "room_low", "room_high", "reason", "review_on")
SUPPORT: Final = ("kind", "what", "who", "unit", "need_low", "need_high", "have", "area", "reason", "review_on")
TEXTS: Final = (
    TextKind(
        Capacity,
        _page,
        rules.may_write,
        (Edit(CAPACITY, by_action(actions.edit_capacity, "capacity")),),
        ("agreed_at",),
        round_path="round",
        parts=("capacities.capacityvoice",),
        withdraw=by_action(actions.withdraw_capacity, "capacity"),
        restore=by_action(actions.restore_capacity, "capacity"),
        names=core_reads(),
    ),
    TextKind(
        CapacityVoice,
        lambda voice: _page(voice.capacity),
        _given,
        (
            Edit(
                ("stance", "words"),
                lambda *, by, of, **was: actions.answer_capacity(by=by, capacity=of.capacity, **was),
            ),
        ),
        stays=CHANGED,
    ),
    TextKind(
        Support,
        _page,
        _agrees,
        (Edit(SUPPORT, by_action(actions.edit_support, "support")),),
        round_path="round",
        withdraw=by_action(actions.withdraw_support, "support"),
        restore=by_action(actions.restore_support, "support"),
        names=core_reads(),
    ),
)
