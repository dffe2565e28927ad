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
        "share": _("deelde wat iemand vertelde"),
        "ask": _("vroeg een collega om te kijken voor anderen het lezen"),
        "review": _("bekeek wat een collega vertelde en liet het door"),
        "send_back": _("stuurde terug wat een collega vertelde"),
        "feel": _("zette een gevoel op de kaart"),
        "edit_feeling": _("paste een gevoel aan"),
        "withdraw_feeling": _("haalde een gevoel van de kaart"),
        "restore_feeling": _("zette een gevoel terug op de kaart"),
        "show_feelings": _("liet de gevoelskaart aan anderen zien"),
        "withdraw_shown": _("haalde een gevoelskaart weg bij anderen"),
        "restore_shown": _("liet een gevoelskaart weer zien"),
        "rate": _("vulde een waardering in"),
        "edit_sheet": _("paste een waardering aan"),
        "withdraw_sheet": _("trok een waardering in"),
        "restore_sheet": _("zette een waardering terug"),
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
        "area": _("gebied"),
        "longitude": _("lengtegraad"),
        "latitude": _("breedtegraad"),
        "voices": _("aantal mensen"),
        "asked": _("te delen met kring"),
        "seen": _("zelf bekeken"),
        "code": _("woord uit het codeboek"),
        "number": _("aantal verhalen"),
    }
    audit_things = {
        "story": _("verhaal"),
        "feeling": _("gevoel"),
        "feelingsshown": _("gevoelskaart voor anderen"),
        "ratingsheet": _("waardering"),
        "code": _("woord uit het codeboek"),
    }
