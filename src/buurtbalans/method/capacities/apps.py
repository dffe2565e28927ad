"""Registers the app `capacities` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CapacitiesConfig(AppConfig):
    name = "buurtbalans.method.capacities"
    label = "capacities"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "propose_capacity": _("stelde voor wat een gebied kan dragen"),
        "edit_capacity": _("paste een voorstel voor draagkracht aan"),
        "answer_capacity": _("zei wat een organisatie van de draagkracht vindt"),
        "review_capacity": _("bekeek de draagkracht opnieuw"),
        "withdraw_capacity": _("haalde een afspraak over draagkracht weg"),
        "restore_capacity": _("zette een afspraak over draagkracht terug"),
        "set_support": _("schreef op welke steun nodig is"),
        "edit_support": _("paste aan welke steun nodig is"),
        "withdraw_support": _("haalde een regel over steun weg"),
        "restore_support": _("zette een regel over steun terug"),
    }
    audit_things = {
        "capacity": _("draagkracht van een gebied"),
        "capacityvoice": _("mening over de draagkracht"),
        "support": _("steun die een gebied nodig heeft"),
    }
    audit_facts = {
        "area": _("gebied"),
        "claims": _("uitspraken"),
        "efforts": _("inzetten"),
        "fields": _("velden"),
        "version": _("versie van de tekst"),
        "stance": _("mening"),
        "agreed": _("afgesproken"),
        "agreed_at": _("afgesproken"),
        "review_on": _("opnieuw bekijken op"),
        "supersedes": _("in plaats van"),
    }
