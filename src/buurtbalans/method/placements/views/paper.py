"""The page for paper: every proposal with what was decided, who has no home and why, and the log of decisions."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from buurtbalans.method.stories.views import page

from .. import queries
from .batch import find_placing, gap_words


@page
@login_required
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole advice and all decisions as one document that prints."""
    found = find_placing(request, pk)
    advice, decisions = found.advices.first(), queries.decisions_of(found)
    made, standing = queries.advised(found, advice), queries.standing(decisions)
    waits, reasons = queries.waiting(made.case), queries.why_others(made, queries.others(made))
    proposed = queries.longest_first(waits, [household for household, _home in advice.proposals])
    context = {
        "batch": found,
        "advice": advice,
        "decisions": decisions,
        "gap": gap_words(made.gap),
        "plan": queries.PLANS[advice.plan][0],
        "lines": queries.lines(made, standing, proposed),
        "chosen_plans": queries.chosen_plans(found),
        "renewals": queries.renewals_of(found),
        "own": queries.own_numbers(made.case),
        "others": [(each, reasons[id]) for id, each in waits.items() if id in reasons],
    }
    return render(request, "placements/paper.html", context)
