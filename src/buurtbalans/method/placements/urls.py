"""Addresses of the placing."""

from collections.abc import Sequence

from django.urls import URLPattern, path

from buurtbalans.method.places.panels import PanelMaker

from . import views
from .views.switch import while_on
from .views.works import once_advised

ANYHOW = ("batch", "work", "log", "remove")  # pages of a list that are there before its first advice is
FOR_READERS = ("batch", "note")  # pages of a list that show something to who does not place it too


def addresses(draw: views.Draw, *, on_list: Sequence[PanelMaker] = ()) -> list[URLPattern]:
    """Return the addresses of the placing; `draw` makes the map of the room, `on_list` what is below the batches."""
    pages = [
        path("", views.batches, {"panels": on_list}, name="list"),
        path("aan-of-uit/", views.switch, name="switch"),
        path("nieuw/", views.new, name="new"),
        path("sjabloon.xlsx", views.template, name="template"),
        path("<int:pk>/", views.batch, {"draw": draw}, name="batch"),
        path("<int:pk>/ruimte/", views.room, name="room"),
        path("<int:pk>/ruimte/nieuw/", views.renew_room, name="renew_room"),
        path("<int:pk>/ruimte/<int:renewal>/terug/", views.restore_room, name="restore_room"),
        path("<int:pk>/wat-als/", views.what_if, name="what_if"),
        path("<int:pk>/knelt/", views.pinch, name="pinch"),
        path("<int:pk>/uitleg/", views.note, name="note"),
        path("<int:pk>/narekenen/", views.replay, name="replay"),
        path("<int:pk>/papier/", views.paper, name="paper"),
        path("<int:pk>/vragen/", views.asking, {"draw": draw}, name="asking"),
        path("<int:pk>/week/", views.week, name="week"),
        path("<int:pk>/week/overnemen/", views.follow_week, name="follow_week"),
        path("<int:pk>/week/<int:decision>/terug/", views.reconsider_week, name="reconsider_week"),
        path("<int:pk>/plannen/", views.plans, name="compare"),
        path("<int:pk>/plannen/<slug:plan>/", views.choose_plan, name="choose_plan"),
        path("<int:pk>/besluiten/", views.log, name="log"),
        path("<int:pk>/rekenen/", views.work, name="work"),
        path("<int:pk>/afronden/", views.close, name="close"),
        path("<int:pk>/lijst-weg/", views.remove, name="remove"),
        path("<int:pk>/openen/", views.reopen, name="reopen"),
        path("<int:pk>/besluiten/<int:decision>/", views.review, name="review"),
        path("<int:pk>/besluiten/<int:decision>/terug/", views.reconsider, name="reconsider"),
        path("<int:pk>/<str:household>/<slug:choice>/", views.decide, name="decide"),
    ]
    for page in pages:
        if "pk" in page.pattern.converters:
            if page.name not in ANYHOW:
                page.callback = once_advised(page.callback)
            page.callback = while_on(page.callback, places=page.name not in FOR_READERS)
    return pages
