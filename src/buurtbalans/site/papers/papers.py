"""The three papers of a round: what each is called, who may have it, and what makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.plans.queries.plan import results_of
from buurtbalans.method.rounds.models import PictureLine, Round
from buurtbalans.method.rounds.queries.agreement import agreed
from buurtbalans.method.rounds.queries.versions import picture_versions
from buurtbalans.site.papers.agreement import agreement_paper
from buurtbalans.site.papers.content import Paper
from buurtbalans.site.papers.facts import Viewer
from buurtbalans.site.papers.picture import picture_paper
from buurtbalans.site.papers.plan import plan_paper


@dataclass(frozen=True, slots=True)
class KindOfPaper:
    """A kind of paper: its title, its word in an address, what makes it, and whether there is something to put on it.

    The ring may have it or not. Without anything on it a paper still answers, and says so; it is only not offered.
    """

    title: "str | Promise"
    word: str
    make: Callable[[Round, Viewer], Paper]
    filled: Callable[[Round, Viewer], bool]
    for_ring: bool = False


def _has_agreement(round: Round, viewer: Viewer) -> bool:
    return agreed(round, viewer).agreement is not None


def _has_lines(round: Round, viewer: Viewer) -> bool:
    version = picture_versions(round, viewer).first()
    if version is None:
        return PictureLine.objects.visible_to(viewer).filter(round=round).exists()
    return bool(version.content["lines"])


def _has_results(round: Round, viewer: Viewer) -> bool:
    return bool(results_of(round, viewer))


PAPERS: Final = {
    "agreement": KindOfPaper(_("Afspraak over delen"), "afspraak", agreement_paper, _has_agreement),
    "picture": KindOfPaper(_("Gedeeld beeld"), "beeld", picture_paper, _has_lines, for_ring=True),
    "plan": KindOfPaper(_("Plan"), "plan", plan_paper, _has_results),
}


def paper_of(name: str, round: Round, viewer: Viewer) -> Paper:
    """Return a paper of a round with only what the viewer may read; papers are in Dutch, whoever asks."""
    with translation.override("nl"):
        return PAPERS[name].make(round, viewer)
