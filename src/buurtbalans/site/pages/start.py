"""The first screen for who has no account yet, and the page that shows every building block."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from buurtbalans.site.context import address


@dataclass(frozen=True, slots=True)
class Look:
    """One of the three people whose eyes a visitor can borrow."""

    who: str
    words: Promise
    what: Promise
    icon: str


LOOKS = (
    Look("gebiedsmakelaar", _("Kijk als gebiedsmakelaar"), _("Leid een ronde in het Weverskwartier"), "lagen"),
    Look("woonconsulent", _("Kijk als woonconsulent"), _("Zie wat een buurt aankan, en waarom"), "huis"),
    Look("bewoner", _("Kijk als bewoner"), _("Vertel hoe het plein voelt"), "verhaal"),
)

STEPS = (
    ("voorbereiden", _("Voorbereiden"), _("Met wie, en welke vraag?")),
    ("delen", _("Delen"), _("Cijfers en verhalen op tafel.")),
    ("toetsen", _("Toetsen"), _("Klopt wat we denken?")),
    ("duiden", _("Duiden"), _("Wat zien we samen?")),
    ("afspreken", _("Afspreken"), _("Wie doet wat, en waarvoor?")),
    ("evalueren", _("Evalueren"), _("Hielp het?")),
)

YIELDS = (
    ("oog", _("Beter inzicht"), _("Professionals kennen de buurt en elkaars werk.")),
    ("hulp", _("Beter passende hulp"), _("Aanpak, begeleiding en voorzieningen sluiten aan.")),
    ("samen", _("Sterker samen"), _("Organisaties werken rond de buurt, niet langs elkaar.")),
    ("meedoen", _("Fijn wonen, meedoen"), _("Dat is de bedoeling. Of het lukt, meten we.")),
)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the first screen; who is known goes to the own neighbourhoods."""
    if request.user.is_authenticated and address("home"):
        return redirect("home")
    looks = LOOKS if settings.DEMO else ()
    return render(request, "site/start.html", {"looks": looks, "steps": STEPS, "yields": YIELDS})
