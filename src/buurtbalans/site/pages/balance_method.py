"""How the bubbles are made: our definition, with the why of every part, and what the picture is not."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from buurtbalans.figures.balance.balance_definition import WeightedIndicator, balance_definition
from buurtbalans.site.pages.custom_weights import step_words
from buurtbalans.site.pages.dimensions import DIMENSIONS


@dataclass(frozen=True, slots=True)
class DefinitionPart:
    """One dimension of the definition: what it asks, what counts, and what is shown only."""

    name: str
    asks: str
    counts: list[tuple[WeightedIndicator, str | Promise]]
    shown: list[WeightedIndicator]


@require_safe
def show_balance(request: HttpRequest) -> HttpResponse:
    """Show the definition with its why and what it is not."""
    definition = balance_definition()
    asked = []
    for dimension, words in DIMENSIONS.items():
        of = definition.of(dimension)
        counts = [(one, step_words(one.weight)) for one in of if one.judged and one.weight]
        asked.append(
            DefinitionPart(str(words), definition.question(dimension), counts, [one for one in of if not one.weight])
        )
    return render(request, "site/balance_page.html", {"definition": definition, "asked": asked})
