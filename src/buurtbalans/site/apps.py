"""Registers the front door with Django, and its checks; lends the figures the translations."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "buurtbalans.site"
    label = "site"

    def ready(self) -> None:
        from django.utils.translation import get_language, gettext, ngettext

        from buurtbalans.figures.text import use_translations
        from buurtbalans.site import checks  # noqa: F401  importing registers them

        use_translations(gettext, ngettext, get_language)
