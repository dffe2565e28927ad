"""The three papers of a round: what each is called, who may have it, and what makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.rounds.models import Round

from .agreement import agreement_paper
from .content import Paper
from .facts import Viewer
from .picture import picture_paper
from .plan import plan_paper


@dataclass(frozen=True, slots=True)
class KindOfPaper:
    """A kind of paper: its title, the word for it in an address and a file name, and whether the ring may have it."""

    title: "str | Promise"
    word: str
    make: Callable[[Round, Viewer], Paper]
    for_ring: bool = False


PAPERS: Final = {
    "agreement": KindOfPaper(_("Afspraak over delen"), "afspraak", agreement_paper),
    "picture": KindOfPaper(_("Gedeeld beeld"), "beeld", picture_paper, for_ring=True),
    "plan": KindOfPaper(_("Plan"), "plan", plan_paper),
}


def paper_of(name: str, round: Round, viewer: Viewer) -> Paper:
    """Return a paper of a round with only what the viewer may read; papers are in Dutch, whoever asks."""
    with translation.override("nl"):
        return PAPERS[name].make(round, viewer)
