"""Registers the app `datasets` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "buurtbalans.method.datasets"
    label = "datasets"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "publish_release": _("publiceerde cijfers"),
        "undo_release": _("zette de vorige cijfers terug"),
    }
    audit_things = {
        "publication": _("publicatie"),
    }
    audit_facts = {
        "release": _("uitgave"),
        "undone": _("teruggedraaid"),
        "changes_seen": _("veranderingen bekeken"),
    }
