"""Addresses of the large map of a round."""

from django.urls import path

from . import views

app_name = "large_map"
urlpatterns = [
    path("gegevens.json", views.data, name="data"),
]
