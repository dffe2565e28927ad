"""Registers the app `rounds` with Django."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "buurtbalans.method.rounds"
    label = "rounds"
    default_auto_field = "django.db.models.BigAutoField"
