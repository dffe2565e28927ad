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
    Look("bewoner", _("Kijk als bewoner"), _("Vertel wat u van het plein vindt"), "verhaal"),
    Look("plaatser", _("Kijk als plaatsingscoördinator"), _("Kies welke woning past bij welk huishouden"), "wissel"),
)

STEPS = (
    ("tekeningen/voorbereiden.svg", _("Voorbereiden"), _("Met welke organisaties, en met welke vraag?")),
    ("tekeningen/delen.svg", _("Delen"), _("Organisaties brengen hun cijfers en verhalen over de buurt in.")),
    ("tekeningen/toetsen.svg", _("Toetsen"), _("Klopt wat we over de buurt denken?")),
    ("tekeningen/duiden.svg", _("Duiden"), _("Wat is ons gedeelde beeld van de buurt?")),
    ("tekeningen/afspreken.svg", _("Afspreken"), _("Wie doet wat, en voor welk doel?")),
    ("tekeningen/evalueren.svg", _("Evalueren"), _("Hebben de acties geholpen?")),
)

YIELDS = (
    (
        "tekeningen/oog.svg",
        _("Beter inzicht"),
        _("Professionals kennen de buurt en weten wat andere organisaties er doen."),
    ),
    (
        "tekeningen/hulp.svg",
        _("Beter passende hulp"),
        _("Aanpak, begeleiding en voorzieningen sluiten aan op wat een buurt nodig heeft."),
    ),
    (
        "tekeningen/samen.svg",
        _("Sterker samen"),
        _("Organisaties werken samen aan de buurt in plaats van langs elkaar heen."),
    ),
    ("tekeningen/meedoen.svg", _("Fijn wonen, meedoen"), _("Dat is de bedoeling, en we meten of het ook lukt.")),
)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the first screen; who is known goes to the own neighbourhoods."""
    if request.user.is_authenticated and address("home"):
        return redirect("home")
    looks = LOOKS if settings.DEMO else ()
    return render(request, "site/start.html", {"looks": looks, "steps": STEPS, "yields": YIELDS})
