"""Registers the app `plans` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "buurtbalans.method.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "propose_effort": _("heeft een actie voorgesteld aan een organisatie"),
    }
    audit_things = {
        "result": _("doel"),
        "effort": _("actie"),
        "progress": _("voortgang van een actie"),
        "condition": _("voorwaarde"),
        "planversion": _("vastgesteld plan"),
    }
    audit_facts = {
        "claims": _("stellingen"),
        "state": _("stand"),
        "effort": _("actie"),
        "number": _("versie"),
        "fields": _("velden"),
        "owner": _("trekker"),
        "area": _("in welke buurt"),
        "version": _("versie van de tekst"),
    }
