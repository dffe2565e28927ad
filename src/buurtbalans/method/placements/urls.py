"""Addresses of the placing."""

from django.urls import path

from . import views

app_name = "placements"
urlpatterns = [
    path("", views.batches, name="list"),
    path("aan-of-uit/", views.switch, name="switch"),
]
