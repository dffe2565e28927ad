"""Registers the app `base` with Django, with the audit words that all apps share."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "buurtbalans.method.base"
    label = "base"
    default_auto_field = "django.db.models.BigAutoField"
    audit_facts = {
        "person": _("account"),
        "role": _("rol"),
        "circle": _("groep"),
        "version": _("versie"),
        "texts": _("teksten"),
        "kinds": _("gevraagd naar"),
    }
