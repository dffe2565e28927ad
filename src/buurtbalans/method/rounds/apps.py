"""Registers the app `rounds` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "buurtbalans.method.rounds"
    label = "rounds"
    default_auto_field = "django.db.models.BigAutoField"
    audit_things = {
        "round": _("ronde"),
        "roundstep": _("stap"),
        "subteam": _("werkgroep"),
        "meeting": _("bijeenkomst"),
        "parked": _("punt voor later"),
        "score": _("punt"),
        "claim": _("stelling"),
        "evidence": _("onderbouwing"),
        "opinion": _("mening"),
        "gap": _("open vraag"),
        "pictureline": _("regel van het gedeelde beeld"),
        "pictureversion": _("versie van het gedeelde beeld"),
        "picturevoice": _("mening over het gedeelde beeld"),
        "comment": _("reactie"),
        "publicationconsent": _("antwoord over openbaar maken"),
        "criterion": _("criterium"),
        "priority": _("prioriteit"),
        "agreement": _("afspraak over delen"),
        "pledge": _("toezegging"),
        "signature": _("handtekening"),
    }
    audit_facts = {
        "release": _("cijferset"),
        "fields": _("velden"),
        "state": _("stand"),
        "round": _("ronde"),
        "steps": _("stappen"),
        "point": _("punt"),
        "level": _("voortgang"),
        "before": _("vorige ronde"),
        "parked": _("voor later"),
        "claim": _("stelling"),
        "claims": _("stellingen"),
        "indicator": _("cijfer"),
        "delivery": _("levering"),
        "story": _("verhaal"),
        "verdict": _("conclusie"),
        "stance": _("mening"),
        "lines": _("regels"),
        "meeting": _("bijeenkomst"),
        "up": _("omhoog"),
        "picture": _("versie van het gedeelde beeld"),
        "silent": _("heeft niet geantwoord"),
        "organisations": _("organisaties"),
        "answer": _("antwoord"),
        "criteria": _("criterium"),
        "weight": _("gewicht"),
        "line": _("regel"),
        "first": _("krijgt voorrang"),
        "files": _("bestanden"),
        "agreement": _("afspraak over delen"),
        "number": _("nummer"),
        "circle": _("zichtbaar voor"),
        "organisation": _("organisatie"),
        "owner": _("trekker"),
        "proposed_at": _("voorgelegd op"),
        "ended_at": _("beëindigd op"),
    }
