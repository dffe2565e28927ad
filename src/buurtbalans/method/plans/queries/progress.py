"""Reads of the progress of efforts: reach, dose and quality per period, without exact small numbers of people."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbalans.method.plans.models import Progress
from buurtbalans.method.plans.rules import MIN_EXACT_REACH, sees_exact_reach
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.round import Viewer


@dataclass(frozen=True)
class ProgressReport:
    """A report of one period as a viewer may read it; `reach` is in words, and exact only for the organisation itself."""

    progress: Progress
    reach: str


def progress_reports(round: Round, viewer: Viewer) -> dict[int, list[ProgressReport]]:
    """Return the progress reports of the efforts of a round by effort, the newest period first."""
    rows = Progress.objects.visible_to(viewer).active().filter(effort__result__round=round)
    reports: dict[int, list[ProgressReport]] = {}
    for progress in rows.select_related("effort__result__round", "author").order_by("-end", "-pk"):
        is_exact = sees_exact_reach(viewer, progress.effort)
        words = reach_words(progress.reached, progress.meant, is_exact=is_exact)
        reports.setdefault(progress.effort_id, []).append(ProgressReport(progress, words))
    return reports


def reach_words(reached: int | None, intended: int | None, *, is_exact: bool) -> str:
    """Return how many people were reached in words; fewer than ten are "minder dan 10" unless the number is exact.

    The intended number is left out too when it is small: it would give the other number away.
    """
    if reached is None:
        return ""
    if 0 < reached < MIN_EXACT_REACH and not is_exact:
        return _("minder dan %(number)s mensen bereikt") % {"number": MIN_EXACT_REACH}
    words = ngettext("%(number)s mens bereikt", "%(number)s mensen bereikt", reached) % {"number": reached}
    if intended is None or (0 < intended < MIN_EXACT_REACH and not is_exact):
        return words
    return _("%(reached)s, bedoeld voor %(meant)s") % {"reached": words, "meant": intended}
