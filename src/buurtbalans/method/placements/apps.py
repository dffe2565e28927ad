"""Registers the app `placements` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacementsConfig(AppConfig):
    name = "buurtbalans.method.placements"
    label = "placements"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "begin_work": _("heeft een berekening gevraagd voor een plaatsingsronde"),
        "finish_work": _("heeft de gevraagde berekening voor een plaatsingsronde gekregen"),
    }
    audit_things = {
        "placingswitch": _("plaatsen in- en uitschakelen"),
        "placingbatch": _("plaatsingsronde"),
        "placingwork": _("berekening voor een plaatsingsronde"),
        "placingdecision": _("besluit over een huishouden"),
    }
    audit_facts = {
        "on": _("aan"),
        "organisation": _("organisatie"),
        "households": _("huishoudens"),
        "homes": _("woningen"),
        "rooms": _("afspraken over plaatsingsruimte"),
        "number": _("nummer"),
        "placed": _("geplaatst"),
        "plan": _("plan"),
        "kind": _("soort"),
        "choice": _("besluit"),
        "agreed": _("akkoord"),
        "locked": _("vastgezet"),
        "held": _("in de wacht"),
        "batches": _("gewiste plaatsingsronden"),
    }
