"""Learning: what the method is, how we calculate, how we protect people, and what words mean."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from buurtbalans.figures.observation import Absence
from buurtbalans.method.rounds.steps import STEPS


class GlossaryWord(NamedTuple):
    """A word that is easily taken for another one."""

    name: Promise | str
    meaning: Promise | str


# Five words that professionals use for one another; they are five different things and are never added up.
WORDS = (
    GlossaryWord(_("veerkracht"), _("Dit is hoe goed een buurt omgaat met veel kwetsbaarheid bij elkaar.")),
    GlossaryWord(
        _("draagkracht"),
        _("Dit is hoeveel buren samen doen en hoe goed zij elkaar kennen. Het begrip komt uit onderzoek van de stad."),
    ),
    GlossaryWord(
        _("leefbaarheid"), _("Dit is hoe prettig het is om ergens te wonen. Het Rijk schat dit met een model.")
    ),
    GlossaryWord(
        _("kwetsbaarheid"),
        _(
            "Dit is wat iemand tekortkomt aan geld, gezondheid, werk of hulp. Het begrip gaat over mensen en niet over buurten."
        ),
    ),
    GlossaryWord(
        _("doelgroep"), _("Dit is een groep uit het programma voor woningen, bijvoorbeeld mensen uit de opvang.")
    ),
)


@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    """Show the method, the calculations, the protection and the words; the figures have a catalogue of their own."""
    context = {"steps": STEPS, "words": WORDS, "absences": list(Absence)}
    return render(request, "site/learn.html", context)
