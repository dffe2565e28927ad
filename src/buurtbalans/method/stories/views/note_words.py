"""What the page of field notes says on a phone, by name: the script knows no words of its own."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, Promise]] = {
    "online": _("U hebt verbinding."),
    "offline": _("Geen verbinding. Schrijf gerust door: alles blijft op deze telefoon."),
    "on_phone": _("Op deze telefoon: {n}"),
    "question": _("{n} van 4"),
    "new": _("Nieuwe notitie"),
    "change": _("Notitie aanpassen"),
    "empty": _("Schrijf eerst op wat u zag of hoorde."),
    "draft": _("Nog niet af"),
    "on_map": _("plek op de kaart"),
    "day_left": _("nog 1 dag op deze telefoon"),
    "days_left": _("nog {n} dagen op deze telefoon"),
    "kept": _("De notitie staat op deze telefoon."),
    "removed": _("De notitie is weg."),
    "send_one": _("Verstuur 1 notitie"),
    "send_many": _("Verstuur {n} notities"),
    "sending": _("Notitie {n} van {all} gaat weg."),
    "sent_one": _("1 notitie verstuurd."),
    "sent_many": _("{n} notities verstuurd."),
    "home": _("Alleen uw organisatie ziet dit. Delen kan later, per verhaal."),
    "waits": _("Een collega kijkt eerst of iemand te herkennen is. Tot dan leest alleen uw organisatie het."),
    "shared": _("Wie u koos, kan het nu lezen."),
    "stay_one": _("1 notitie blijft op deze telefoon. Kijk wat erbij staat."),
    "stay_many": _("{n} notities blijven op deze telefoon. Kijk wat erbij staat."),
    "no_answer": _("Er kwam geen antwoord. Alles staat nog op deze telefoon. Straks gaat het vanzelf opnieuw."),
    "broken": _("De site heeft een storing. Alles staat nog op deze telefoon. Straks gaat het vanzelf opnieuw."),
    "signed_out": _("U bent niet meer ingelogd. Alles staat nog op deze telefoon. Log in en verstuur dan."),
    "sign_in": _("Log in"),
    "other": _("Nu is iemand anders ingelogd. Log zelf in. Uw notities staan nog op deze telefoon."),
    "may_not": _(
        "U mag in deze ronde niets opschrijven. Vraag het de procesbegeleider. Alles staat nog op deze telefoon."
    ),
    "gone": _("Deze ronde is er voor u niet meer. Vraag het de procesbegeleider. Alles staat nog op deze telefoon."),
    "busy": _("Een ander tabblad verstuurt al."),
}
