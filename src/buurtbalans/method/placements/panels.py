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
            title=_("Besluit nakijken"),
            where=batch.title,
            button=_("Nakijken"),
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
            "%(number)s keer heeft een collega een andere woning gekozen dan het voorstel.",
            "%(number)s keer hebben collega’s een andere woning gekozen dan het voorstel.",
            chosen,
        ) % {"number": chosen}
    if back:
        yield ngettext(
            "Een collega wil %(number)s besluit ongedaan maken dat twee personen hebben genomen.",
            "Collega’s willen %(number)s besluiten ongedaan maken die twee personen hebben genomen.",
            back,
        ) % {"number": back}
    yield gettext("Een tweede persoon moet dat nog nakijken.")
