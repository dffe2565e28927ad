"""Addresses of the placing."""

from django.urls import URLPattern, path

from . import views


def addresses(draw: views.Draw) -> list[URLPattern]:
    """Return the addresses of the placing; `draw` makes the map of the room, and a higher room knows how."""
    return [
        path("", views.batches, name="list"),
        path("aan-of-uit/", views.switch, name="switch"),
        path("nieuw/", views.new, name="new"),
        path("sjabloon.xlsx", views.template, name="template"),
        path("<int:pk>/", views.batch, {"draw": draw}, name="batch"),
        path("<int:pk>/narekenen/", views.replay, name="replay"),
        path("<int:pk>/plannen/", views.plans, name="plans"),
        path("<int:pk>/plannen/<slug:plan>/", views.choose_plan, name="choose_plan"),
        path("<int:pk>/besluiten/", views.log, name="log"),
        path("<int:pk>/afronden/", views.close, name="close"),
        path("<int:pk>/openen/", views.reopen, name="reopen"),
        path("<int:pk>/besluiten/<int:decision>/", views.review, name="review"),
        path("<int:pk>/besluiten/<int:decision>/terug/", views.reconsider, name="reconsider"),
        path("<int:pk>/<str:household>/<slug:choice>/", views.decide, name="decide"),
    ]
