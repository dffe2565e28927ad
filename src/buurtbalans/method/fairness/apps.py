"""Registers the app `fairness` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FairnessConfig(AppConfig):
    name = "buurtbalans.method.fairness"
    label = "fairness"
    default_auto_field = "django.db.models.BigAutoField"
    audit_things = {"outsidetotals": _("totalen van een extern bureau")}
    audit_facts = {
        "households": _("huishoudens"),
        "compared": _("vergelijkingen"),
        "clear": _("duidelijke verschillen"),
    }
