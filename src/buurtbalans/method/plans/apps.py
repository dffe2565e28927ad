"""Registers the app `plans` with Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "buurtbalans.method.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
