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
        "subteam": _("groepje"),
        "meeting": _("bijeenkomst"),
        "parked": _("iets voor later"),
        "score": _("punt"),
        "claim": _("uitspraak"),
        "evidence": _("bewijs"),
        "opinion": _("mening"),
        "gap": _("open vraag"),
        "pictureline": _("regel van het beeld"),
        "pictureversion": _("versie van het beeld"),
        "picturevoice": _("mening over het beeld"),
        "comment": _("reactie"),
        "criterion": _("waar de groep op let"),
        "priority": _("wat eerst komt"),
        "agreement": _("afspraak over delen"),
        "pledge": _("toezegging"),
        "signature": _("handtekening"),
    }
    audit_facts = {
        "release": _("uitgave"),
        "fields": _("velden"),
        "state": _("stand"),
        "round": _("ronde"),
        "steps": _("stappen"),
        "point": _("punt"),
        "level": _("hoe ver"),
        "before": _("ronde ervoor"),
        "parked": _("voor later"),
        "claim": _("uitspraak"),
        "claims": _("stellingen"),
        "indicator": _("cijfer"),
        "delivery": _("levering"),
        "story": _("verhaal"),
        "verdict": _("oordeel"),
        "stance": _("mening"),
        "lines": _("regels"),
        "meeting": _("bijeenkomst"),
        "up": _("omhoog"),
        "picture": _("versie van het beeld"),
        "silent": _("gaf geen antwoord"),
        "criteria": _("waar de groep op let"),
        "weight": _("gewicht"),
        "line": _("regel"),
        "first": _("komt eerst"),
        "files": _("bestanden"),
        "agreement": _("afspraak over delen"),
        "number": _("nummer"),
        "circle": _("zichtbaar voor"),
        "organisation": _("organisatie"),
        "owner": _("trekker"),
        "proposed_at": _("voorgelegd op"),
        "ended_at": _("gestopt op"),
    }
