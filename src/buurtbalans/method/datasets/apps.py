"""Registers the app `datasets` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "buurtbalans.method.datasets"
    label = "datasets"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "import_release": _("heeft cijfers ingelezen"),
    }
    audit_things = {
        "publication": _("publicatie"),
        "draft": _("concept van een levering"),
        "delivery": _("levering"),
        "reply": _("weerwoord"),
    }
    audit_facts = {
        "release": _("cijferset"),
        "undone": _("teruggedraaid"),
        "rows": _("rijen"),
        "counts": _("aantallen"),
        "erased": _("gewiste concepten"),
        "deliveries": _("gewiste leveringen"),
        "level": _("hoe streng"),
        "made_from": _("gemaakt van"),
        "draft": _("concept"),
        "circle": _("wie dit kan zien"),
        "answers": _("antwoorden op vier vragen"),
        "delivery": _("levering"),
        "answer": _("antwoord"),
        "changes_seen": _("veranderingen bekeken"),
    }

    @staticmethod
    def public_names() -> frozenset[str]:
        """Return the names of the areas of the published release; they identify nobody."""
        from buurtbalans.method.datasets.queries.releases import area_names

        return area_names()
