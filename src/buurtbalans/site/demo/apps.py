"""Brings the demo into the site: its topography. The settings install this app for the demo alone."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "buurtbalans.site.demo"
    label = "demo"

    def ready(self) -> None:
        from buurtbalans.site.demo.plan import TOWN_CODE
        from buurtbalans.site.demo.town import topography
        from buurtbalans.site.map.topography import register_topography

        register_topography(TOWN_CODE, topography)
