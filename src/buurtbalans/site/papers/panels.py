"""Where papers are found: on the page of the round all of them, and on the page that a paper is about its own."""

from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from buurtbalans.method.base.panels import Panel
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.site.papers.papers import PAPERS

KINDS: Final = {"pdf": "PDF", "docx": "Word"}


def papers_here(request: HttpRequest, round: Round) -> Panel | None:
    """Return every paper of a round that the visitor may have."""
    return _panel(request, round, list(PAPERS))


def agreement_paper(request: HttpRequest, round: Round) -> Panel | None:
    """Return the paper of the agreement, for its page."""
    return _panel(request, round, ["agreement"])


def picture_paper(request: HttpRequest, round: Round) -> Panel | None:
    """Return the paper of the picture, for the bar above its sheet."""
    panel = _panel(request, round, ["picture"])
    return panel._replace(template="site/papers_in_bar.html") if panel else None


def plan_paper(request: HttpRequest, round: Round) -> Panel | None:
    """Return the paper of the plan, for its page."""
    return _panel(request, round, ["plan"])


def _panel(request: HttpRequest, round: Round, names: list[str]) -> Panel | None:
    """Return the papers among `names` that the visitor may have and that have something on them."""
    reads = may_in(request.user, Permission.READ, round)
    mine = [name for name in names if reads or PAPERS[name].for_ring]
    rows = [
        (PAPERS[name].title, [(KINDS[kind], _url(round, name, kind)) for kind in KINDS])
        for name in mine
        if PAPERS[name].filled(round, request.user)
    ]
    return Panel("site/papers.html", {"rows": rows}) if rows else None


def _url(round: Round, name: str, kind: str) -> str:
    return reverse(f"papers:{name}", args=[round.slug, kind])
