"""Registers the app `places` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "buurtbalans.method.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "draw_neighbourhood": _("tekende een gebied"),
        "add_landmark": _("zette een voorziening of werk op de kaart"),
        "edit_landmark": _("paste een voorziening of werk aan"),
        "withdraw_landmark": _("haalde een voorziening of werk van de kaart"),
        "restore_landmark": _("zette een voorziening of werk terug"),
        "import_landmarks": _("zette een bestand met voorzieningen of werk op de kaart"),
        "withdraw_landmarks": _("haalde een bestand met voorzieningen of werk van de kaart"),
    }
    audit_things = {
        "neighbourhood": _("gebied"),
        "landmark": _("voorziening of werk"),
    }
    audit_facts = {
        "codes": _("codes"),
        "division": _("indeling van"),
        "neighbourhood": _("gebied"),
        "count": _("hoeveel"),
        "first": _("van nummer"),
        "last": _("tot en met nummer"),
    }

    @staticmethod
    def public_names() -> frozenset[str]:
        """Return the names of the working areas; they identify nobody."""
        from buurtbalans.method.places.models import Neighbourhood

        return frozenset(Neighbourhood.objects.values_list("name", flat=True))
