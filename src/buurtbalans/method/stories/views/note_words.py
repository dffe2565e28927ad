"""What the page of field notes says on a phone, by name: the script knows no words of its own."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, Promise]] = {
    "online": _("U hebt verbinding en kunt uw notities versturen."),
    "offline": _("U hebt geen verbinding, maar u kunt doorschrijven: alles blijft op deze telefoon."),
    "on_phone": _("Notities op deze telefoon: {n}"),
    "question": _("{n} van 4"),
    "new": _("Nieuwe notitie"),
    "change": _("Notitie aanpassen"),
    "empty": _("Schrijf eerst op wat u hebt gezien of gehoord."),
    "draft": _("concept"),
    "on_map": _("plek op de kaart"),
    "day_left": _("nog 1 dag op deze telefoon"),
    "days_left": _("nog {n} dagen op deze telefoon"),
    "kept": _("De notitie is op deze telefoon opgeslagen."),
    "removed": _("De notitie is van deze telefoon verwijderd."),
    "send_one": _("1 notitie versturen"),
    "send_many": _("{n} notities versturen"),
    "sending": _("Notitie {n} van {all} wordt nu verstuurd."),
    "sent_one": _("1 notitie is verstuurd en van deze telefoon verwijderd."),
    "sent_many": _("{n} notities zijn verstuurd en van deze telefoon verwijderd."),
    "home": _("Alleen uw organisatie ziet dit, maar u kunt later elk verhaal apart delen."),
    "waits": _("Een collega controleert eerst of iemand te herkennen is, en tot dan leest alleen uw organisatie het."),
    "shared": _("De mensen die u hebt gekozen, kunnen het nu lezen."),
    "stay_one": _("1 notitie blijft op deze telefoon, en bij de notitie staat waarom."),
    "stay_many": _("{n} notities blijven op deze telefoon, en bij elke notitie staat waarom."),
    "no_answer": _(
        "De site heeft niet geantwoord, maar alles staat nog op deze telefoon. Het versturen begint straks vanzelf opnieuw."
    ),
    "broken": _(
        "De site heeft een storing, maar alles staat nog op deze telefoon. Het versturen begint straks vanzelf opnieuw."
    ),
    "signed_out": _(
        "U bent niet meer ingelogd, maar alles staat nog op deze telefoon. Log opnieuw in om uw notities te versturen."
    ),
    "sign_in": _("Inloggen"),
    "other": _(
        "Er is nu iemand anders ingelogd, maar uw notities staan nog op deze telefoon. Log zelf in om uw notities te versturen."
    ),
    "may_not": _(
        "U hebt geen rechten om in deze ronde iets op te schrijven, dus vraag het de procesbegeleider. Uw notities staan nog op deze telefoon."
    ),
    "gone": _(
        "U hebt geen toegang meer tot deze ronde, dus vraag het de procesbegeleider. Uw notities staan nog op deze telefoon."
    ),
    "busy": _("Een ander tabblad is uw notities al aan het versturen."),
}
