"""Registers the app `plans` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "buurtbalans.method.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "agree_effort": _("sprak een inzet af"),
        "agree_result": _("sprak een resultaat af"),
        "edit_result": _("paste een resultaat aan"),
        "report_effort": _("meldde hoe een inzet loopt"),
    }
    audit_things = {
        "result": _("resultaat"),
        "effort": _("inzet"),
    }
    audit_facts = {
        "claims": _("uitspraken"),
        "state": _("stand"),
    }
