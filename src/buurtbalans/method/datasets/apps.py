"""Registers the app `datasets` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "buurtbalans.method.datasets"
    label = "datasets"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "publish_release": _("publiceerde cijfers"),
        "import_release": _("las cijfers in"),
        "undo_release": _("zette de vorige cijfers terug"),
        "start_draft": _("stuurde een bestand met aantallen"),
        "choose": _("koos wat er in een bestand staat"),
        "discard": _("gooide een bestand weg"),
        "keep": _("bewaarde een levering"),
        "share": _("deelde een levering"),
        "withdraw": _("trok een levering in"),
        "restore": _("zette een levering terug"),
        "ask_reply": _("vroeg een leverancier om antwoord"),
        "answer_reply": _("antwoordde als leverancier"),
        "take_out": _("haalde een levering uit een uitgave"),
        "take_in": _("nam een levering op in een uitgave"),
        "tidy": _("wiste wat lang genoeg bewaard was"),
    }
    audit_things = {
        "publication": _("publicatie"),
        "draft": _("concept van een levering"),
        "shipment": _("levering"),
        "reply": _("weerwoord"),
    }
    audit_facts = {
        "release": _("uitgave"),
        "undone": _("teruggedraaid"),
        "rows": _("rijen"),
        "counts": _("aantallen"),
        "erased": _("gewiste concepten"),
        "shipments": _("gewiste leveringen"),
        "level": _("hoe streng"),
        "made_from": _("gemaakt van"),
        "draft": _("concept"),
        "circle": _("kring van lezers"),
        "answers": _("antwoorden op vier vragen"),
        "shipment": _("levering"),
        "answer": _("antwoord"),
        "changes_seen": _("veranderingen bekeken"),
    }

    @staticmethod
    def public_names() -> frozenset[str]:
        """Return the names of the areas of the published release; they identify nobody."""
        from buurtbalans.method.datasets.queries.releases import area_names

        return area_names()
