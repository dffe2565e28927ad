"""Registers the front door with Django, and its checks."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "buurtbalans.site"
    label = "site"

    def ready(self) -> None:
        from buurtbalans.site import checks  # noqa: F401  importing registers them
