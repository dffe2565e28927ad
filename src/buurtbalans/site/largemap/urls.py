"""Addresses of the large map of a round."""

from django.urls import path

from . import claim, views

app_name = "large_map"
urlpatterns = [
    path("", views.show, name="page"),
    path("gegevens.json", views.data, name="data"),
    path("papier.pdf", views.paper, name="paper"),
    path("teken/<slug:key>/", views.mark, name="mark"),
    path("uitspraak/<slug:key>/", claim.make_claim, name="claim"),
]
