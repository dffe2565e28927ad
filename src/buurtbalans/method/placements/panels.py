"""What placing shows elsewhere: on the first page of who places, and in mail, what waits for a second person."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.panels import Task
from buurtbalans.method.people.models import Person
from buurtbalans.method.placements.models import PlacingChoice, PlacingDecision
from buurtbalans.method.placements.queries import second_review


def tasks(viewer: Person) -> list[Task]:
    """Return what waits for a person: per list what colleagues chose or ask back, for a second person to look at."""
    return [
        Task(
            icon="vraag",
            title=_("Kijk een besluit na"),
            where=batch.title,
            button=_("Kijk het na"),
            text=" ".join(_words(waits)),
            url=_address(waits[0]),
        )
        for batch, waits in second_review.to_review(viewer)
    ]


def asking(viewer: Person) -> list[str]:
    """Return the address of every decision that a second person still looks at; about no household."""
    return [_address(wait) for _batch, waits in second_review.to_review(viewer) for wait in waits]


def _address(one: PlacingDecision) -> str:
    return reverse("placements:review", args=[one.batch_id, one.pk])


def _words(waits: Sequence[PlacingDecision]) -> Iterator[str]:
    back = sum(wait.choice == PlacingChoice.BACK for wait in waits)
    chosen = len(waits) - back
    if chosen:
        yield ngettext(
            "Een collega koos %(number)s keer een andere woning dan het voorstel.",
            "Collega’s kozen %(number)s keer een andere woning dan het voorstel.",
            chosen,
        ) % {"number": chosen}
    if back:
        yield ngettext(
            "Een collega vraagt %(number)s besluit terug dat twee personen namen.",
            "Collega’s vragen %(number)s besluiten terug die twee personen namen.",
            back,
        ) % {"number": back}
    yield gettext("Een tweede persoon kijkt dat na.")
