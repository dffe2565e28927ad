"""Registers the app `base` with Django, with the audit words that all apps share."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "buurtbalans.method.base"
    label = "base"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "withdraw_text": _("trok een tekst in"),
        "restore_text": _("zette een tekst terug"),
        "revert_text": _("ging terug naar een eerdere tekst"),
        "erase_version": _("wiste een eerdere versie"),
        "empty_trash": _("leegde de prullenbak"),
        "confirm_anonymous": _("zei dat in een tekst niemand te herkennen is"),
    }
    audit_facts = {
        "person": _("account"),
        "role": _("rol"),
        "circle": _("groep"),
        "version": _("versie"),
        "texts": _("teksten"),
        "kinds": _("gevraagd naar"),
    }
