"""What placing shows elsewhere: on the first page of who places, the choices that wait for a second person."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from buurtbalans.method.people.models import Person
from buurtbalans.method.rounds.panels import Task

from . import queries


def tasks(viewer: Person) -> list[Task]:
    """Return what waits for a person: per list the choices of colleagues that a second person looks at."""
    return [
        Task(
            icon="vraag", title=_("Kijk een andere woning na"), where=batch.title, button=_("Kijk het na"),
            text=ngettext(
                "Een collega koos %(number)s keer een andere woning dan het voorstel. Een tweede persoon kijkt dat na.",
                "Collega’s kozen %(number)s keer een andere woning dan het voorstel. Een tweede persoon kijkt dat na.",
                len(waits),
            ) % {"number": len(waits)},
            url=reverse("placements:review", args=[batch.pk, waits[0].pk]),
        )
        for batch, waits in queries.to_review(viewer)
    ]  # fmt: skip
