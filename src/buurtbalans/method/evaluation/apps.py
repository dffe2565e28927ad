"""Registers the app `evaluation` with Django."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "buurtbalans.method.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"
