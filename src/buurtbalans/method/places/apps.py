"""Registers the app `places` with Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "buurtbalans.method.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
