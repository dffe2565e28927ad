"""Registers the app `places` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "buurtbalans.method.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
    audit_things = {
        "neighbourhood": _("gebied"),
        "landmark": _("voorziening of werkzaamheden"),
    }
    audit_facts = {
        "codes": _("codes"),
        "division": _("indeling van"),
        "neighbourhood": _("gebied"),
        "count": _("aantal"),
        "first": _("van nummer"),
        "last": _("tot en met nummer"),
    }

    @staticmethod
    def public_names() -> frozenset[str]:
        """Return the names of the working areas; they identify nobody."""
        from buurtbalans.method.places.models import Neighbourhood

        return frozenset(Neighbourhood.objects.values_list("name", flat=True))
