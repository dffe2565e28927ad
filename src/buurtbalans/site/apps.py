"""Registers the front door with Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "buurtbalans.site"
    label = "site"
