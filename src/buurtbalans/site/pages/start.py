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
    """One of the four people whose eyes a visitor can borrow."""

    who: str
    words: Promise
    what: Promise
    icon: str


LOOKS = (
    Look("gebiedsmakelaar", _("Kijk als gebiedsmakelaar"), _("Leid een ronde in het Weverskwartier"), "lagen"),
    Look("woonconsulent", _("Kijk als woonconsulent"), _("Praat mee over een buurt, met cijfers en verhalen"), "huis"),
    Look("bewoner", _("Kijk als bewoner"), _("Vertel hoe het plein voelt"), "verhaal"),
    Look("plaatser", _("Kijk als wie plaatst"), _("Kies welke woning past bij welk huishouden"), "wissel"),
)

STEPS = (
    ("tekeningen/voorbereiden.svg", _("Voorbereiden"), _("Met wie, en welke vraag?")),
    ("tekeningen/delen.svg", _("Delen"), _("Cijfers en verhalen op tafel.")),
    ("tekeningen/toetsen.svg", _("Toetsen"), _("Klopt wat we denken?")),
    ("tekeningen/duiden.svg", _("Duiden"), _("Wat zien we samen?")),
    ("tekeningen/afspreken.svg", _("Afspreken"), _("Wie doet wat, en waarvoor?")),
    ("tekeningen/evalueren.svg", _("Evalueren"), _("Hielp het?")),
)

YIELDS = (
    ("tekeningen/oog.svg", _("Beter inzicht"), _("Professionals kennen de buurt en elkaars werk.")),
    ("tekeningen/hulp.svg", _("Beter passende hulp"), _("Aanpak, begeleiding en voorzieningen sluiten aan.")),
    ("tekeningen/samen.svg", _("Sterker samen"), _("Organisaties werken rond de buurt, niet langs elkaar.")),
    ("tekeningen/meedoen.svg", _("Fijn wonen, meedoen"), _("Dat is de bedoeling. Of het lukt, meten we.")),
)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the first screen; who is known goes to the own neighbourhoods."""
    if request.user.is_authenticated and address("home"):
        return redirect("home")
    looks = LOOKS if settings.DEMO else ()
    return render(request, "site/start.html", {"looks": looks, "steps": STEPS, "yields": YIELDS})
