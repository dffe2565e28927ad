"""Registers the app `capacities` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CapacitiesConfig(AppConfig):
    name = "buurtbalans.method.capacities"
    label = "capacities"
    default_auto_field = "django.db.models.BigAutoField"
    audit_things = {
        "capacity": _("plaatsingsruimte van een gebied"),
        "capacityvoice": _("mening over de plaatsingsruimte"),
        "support": _("ondersteuning die een gebied nodig heeft"),
    }
    audit_facts = {
        "area": _("gebied"),
        "claims": _("stellingen"),
        "efforts": _("acties"),
        "fields": _("velden"),
        "version": _("versie van de tekst"),
        "stance": _("mening"),
        "agreed": _("afgesproken"),
        "agreed_at": _("afgesproken"),
        "review_on": _("opnieuw bekijken op"),
        "supersedes": _("in plaats van"),
    }
