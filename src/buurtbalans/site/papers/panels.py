"""Where papers are found: on the page of the round all of them, and on the page that a paper is about its own."""

from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.places.panels import Panel
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.rules import may_in

from .papers import PAPERS

KINDS: Final = {"pdf": "PDF", "docx": "Word"}


def papers_here(request: HttpRequest, round: Round) -> Panel | None:
    """Return every paper of a round that the visitor may have."""
    reads = may_in(request.user, Permission.READ, round)
    return _panel(round, [name for name, about in PAPERS.items() if reads or about.for_ring])


def agreement_paper(request: HttpRequest, round: Round) -> Panel | None:
    """Return the paper of the agreement, for its page."""
    return _panel(round, ["agreement"]) if may_in(request.user, Permission.READ, round) else None


def picture_paper(request: HttpRequest, round: Round) -> Panel | None:
    """Return the paper of the picture, for its page."""
    return _panel(round, ["picture"])


def plan_paper(request: HttpRequest, round: Round) -> Panel | None:
    """Return the paper of the plan, for its page."""
    return _panel(round, ["plan"]) if may_in(request.user, Permission.READ, round) else None


def _panel(round: Round, names: list[str]) -> Panel:
    rows = [(PAPERS[name].title, [(KINDS[kind], _url(round, name, kind)) for kind in KINDS]) for name in names]
    return Panel("site/papers.html", {"rows": rows})


def _url(round: Round, name: str, kind: str) -> str:
    return reverse(f"papers:{name}", args=[round.slug, kind])
