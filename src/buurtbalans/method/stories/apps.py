"""Registers the app `stories` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "buurtbalans.method.stories"
    label = "stories"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "tell": _("schreef een verhaal op"),
        "send": _("verstuurde een veldnotitie van een telefoon"),
        "edit": _("paste een verhaal aan"),
        "share": _("deelde een verhaal"),
        "ask": _("vroeg een collega om een verhaal te bekijken"),
        "review": _("bekeek een verhaal van een collega en liet het door"),
        "send_back": _("stuurde een verhaal van een collega terug"),
        "look": _("zei dat in een tekst niemand te herkennen is"),
        "withdraw": _("trok een verhaal in"),
        "restore": _("zette een verhaal terug"),
        "interview": _("schreef een interview op"),
        "withdraw_interview": _("trok de verhalen van een interview in"),
        "restore_interview": _("zette de verhalen van een interview terug"),
        "add_code": _("zette een woord in het codeboek"),
        "edit_code": _("paste een woord van het codeboek aan"),
        "withdraw_code": _("haalde een woord uit het codeboek"),
        "restore_code": _("zette een woord terug in het codeboek"),
        "hang": _("hing een woord aan een verhaal"),
        "remove_tag": _("haalde een woord van een verhaal af"),
    }
    audit_facts = {
        "circle": _("wie het leest"),
        "asked": _("te delen met kring"),
        "seen": _("zelf bekeken"),
        "kinds": _("gevraagd naar"),
        "code": _("woord uit het codeboek"),
        "number": _("aantal verhalen"),
    }
    audit_things = {
        "story": _("verhaal"),
        "code": _("woord uit het codeboek"),
    }
