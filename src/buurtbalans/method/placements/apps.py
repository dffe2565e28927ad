"""Registers the app `placements` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacementsConfig(AppConfig):
    name = "buurtbalans.method.placements"
    label = "placements"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "begin_work": _("liet iets uitrekenen voor een lijst"),
        "finish_work": _("kreeg uitgerekend wat voor een lijst gevraagd was"),
    }
    audit_things = {
        "placingswitch": _("schakelaar van het plaatsen"),
        "placingbatch": _("lijst om te plaatsen"),
        "placingwork": _("rekenwerk voor een lijst"),
        "placingdecision": _("besluit over een huishouden"),
    }
    audit_facts = {
        "on": _("aan"),
        "organisation": _("organisatie"),
        "households": _("huishoudens"),
        "homes": _("woningen"),
        "rooms": _("afspraken over ruimte"),
        "number": _("nummer"),
        "placed": _("geplaatst"),
        "plan": _("plan"),
        "kind": _("soort"),
        "choice": _("besluit"),
        "agreed": _("akkoord"),
        "locked": _("vastgelegd"),
        "held": _("aangehouden"),
        "batches": _("gewiste lijsten"),
    }
