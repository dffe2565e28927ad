"""Registers the app `places` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "buurtbalans.method.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "draw_neighbourhood": _("tekende een gebied"),
    }
    audit_things = {
        "neighbourhood": _("gebied"),
    }
    audit_facts = {
        "codes": _("codes"),
        "division": _("indeling van"),
    }
