"""The page for paper: every proposal with what was decided, who has no home and why, and the log of decisions."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from buurtbalans.method.base.pages import read_only
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import batches, numbers, plans, renewal, waiting
from buurtbalans.method.placements.queries import proposals as page_queries
from buurtbalans.method.placements.views.batch import find_placing, gap_words


@read_only
@login_required
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole advice and all decisions as one document that prints."""
    batch = find_placing(request, pk)
    advice, decisions = batch.advices.first(), batches.decisions_of(batch)
    made, standing = advice_queries.advised(batch, advice), batches.standing(decisions)
    waits, reasons = waiting.waiting(made.case), page_queries.why_others(made, page_queries.others(made))
    proposed = waiting.longest_first(waits, [household for household, _home in advice.proposals])
    context = {
        "batch": batch,
        "advice": advice,
        "decisions": decisions,
        "gap": gap_words(made.gap),
        "plan": plans.PLANS[advice.plan][0],
        "lines": page_queries.lines(made, standing, proposed),
        "chosen_plans": plans.chosen_plans(batch),
        "renewals": renewal.renewals_of(batch),
        "own": numbers.own_numbers(made.case),
        "others": [(each, reasons[id]) for id, each in waits.items() if id in reasons],
    }
    return render(request, "placements/paper.html", context)
