"""Registers the app `datasets` with Django."""

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "buurtbalans.method.datasets"
    label = "datasets"
    default_auto_field = "django.db.models.BigAutoField"
