"""Reads of how efforts go: reach, dose and quality per while, with small numbers of people kept small."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbalans.method.plans.models import Progress
from buurtbalans.method.plans.rules import FEW_PEOPLE, counts_exactly
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.round import Viewer


@dataclass(frozen=True)
class Report:
    """One while of one effort as a viewer may read it; `reach` is in words, so no small number slips through."""

    progress: Progress
    reach: str


def reports_of(round: Round, viewer: Viewer) -> dict[int, list[Report]]:
    """Return how the efforts of a round went, the newest while first, by effort."""
    told = Progress.objects.visible_to(viewer).active().filter(effort__result__round=round)
    found: dict[int, list[Report]] = {}
    for progress in told.select_related("effort__result__round", "author").order_by("-end", "-pk"):
        exactly = counts_exactly(viewer, progress.effort)
        words = reached_words(progress.reached, progress.meant, exactly=exactly)
        found.setdefault(progress.effort_id, []).append(Report(progress, words))
    return found


def reached_words(reached: int | None, meant: int | None, *, exactly: bool) -> str:
    """Return how many people were reached in words; fewer than ten are "minder dan 10" unless they are one's own.

    What it was meant for is said only when it is no small group either: beside a small one it would tell the rest.
    """
    if reached is None:
        return ""
    if 0 < reached < FEW_PEOPLE and not exactly:
        return _("minder dan %(number)s mensen bereikt") % {"number": FEW_PEOPLE}
    said = ngettext("%(number)s mens bereikt", "%(number)s mensen bereikt", reached) % {"number": reached}
    few = meant is not None and 0 < meant < FEW_PEOPLE
    if meant is None or (few and not exactly):
        return said
    return _("%(reached)s, bedoeld voor %(meant)s") % {"reached": said, "meant": meant}
