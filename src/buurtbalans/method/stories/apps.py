"""Registers the app `stories` with Django."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "buurtbalans.method.stories"
    label = "stories"
    default_auto_field = "django.db.models.BigAutoField"
