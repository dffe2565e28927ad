"""Registers the app `placements` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacementsConfig(AppConfig):
    name = "buurtbalans.method.placements"
    label = "placements"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "switch": _("zette het plaatsen aan of uit"),
    }
    audit_things = {
        "placingswitch": _("schakelaar van het plaatsen"),
    }
    audit_facts = {
        "on": _("aan"),
        "organisation": _("organisatie"),
    }
