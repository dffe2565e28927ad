"""Registers the app `stories` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "buurtbalans.method.stories"
    label = "stories"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "tell": _("schreef een verhaal op"),
        "edit": _("paste een verhaal aan"),
        "share": _("deelde een verhaal"),
        "ask": _("vroeg een collega om een verhaal te bekijken"),
        "review": _("bekeek een verhaal van een collega en liet het door"),
        "send_back": _("stuurde een verhaal van een collega terug"),
        "look": _("zei dat in een tekst niemand te herkennen is"),
        "withdraw": _("trok een verhaal in"),
        "restore": _("zette een verhaal terug"),
    }
    audit_facts = {
        "circle": _("wie het leest"),
        "asked": _("te delen met kring"),
        "seen": _("zelf bekeken"),
        "kinds": _("gevraagd naar"),
    }
    audit_things = {
        "story": _("verhaal"),
    }
