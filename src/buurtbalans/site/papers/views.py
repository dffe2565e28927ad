"""Papers of a round to take along, as PDF or Word, by who may read what stands on them."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.queries.round import rounds_of
from buurtbalans.method.rounds.rules import require_in
from buurtbalans.site.papers.content import Paper
from buurtbalans.site.papers.papers import PAPERS, paper_of
from buurtbalans.site.papers.pdf import as_pdf
from buurtbalans.site.papers.word import KIND, as_word

WRITERS: Final = {"pdf": (as_pdf, "application/pdf"), "docx": (as_word, KIND)}


@require_safe
@login_required
def paper(request: HttpRequest, slug: str, name: str, kind: str) -> HttpResponse:
    """Save a paper of a round; one that is not finished says on top what is missing."""
    round = get_object_or_404(rounds_of(request.user), slug=slug)
    if kind not in WRITERS:
        raise Http404("dit soort bestand is er niet")
    if not PAPERS[name].for_ring:
        require_in(request.user, Permission.READ, round)
    write, content_type = WRITERS[kind]
    made: Paper = paper_of(name, round, request.user)
    answer = HttpResponse(write(made), content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{PAPERS[name].word}-{round.slug}.{kind}"'
    return answer
