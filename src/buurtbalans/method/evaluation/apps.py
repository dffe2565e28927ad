"""Registers the app `evaluation` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "buurtbalans.method.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"
    audit_things = {
        "evaluationline": _("evaluatie van een doel"),
    }
    audit_facts = {
        "result": _("doel"),
        "outcome": _("uitkomst"),
        "now": _("actueel cijfer"),
        "voice": _("verhaal bij de evaluatie"),
    }
