"""Registers the app `stories` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "buurtbalans.method.stories"
    label = "stories"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "ask": _("heeft een collega gevraagd om te controleren voordat anderen het lezen"),
    }
    audit_facts = {
        "circle": _("zichtbaar voor"),
        "area": _("gebied"),
        "longitude": _("lengtegraad"),
        "latitude": _("breedtegraad"),
        "voices": _("aantal mensen"),
        "asked": _("te delen met"),
        "seen": _("zelf gecontroleerd"),
        "code": _("trefwoord uit het codeboek"),
        "number": _("aantal verhalen"),
    }
    audit_things = {
        "story": _("verhaal"),
        "feeling": _("gevoel"),
        "publishedfeelings": _("gevoelskaart voor anderen"),
        "ratingsheet": _("waardering"),
        "code": _("trefwoord uit het codeboek"),
    }
