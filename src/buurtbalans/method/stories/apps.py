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
        "withdraw": _("trok een verhaal in"),
        "restore": _("zette een verhaal terug"),
    }
    audit_things = {
        "story": _("verhaal"),
    }
