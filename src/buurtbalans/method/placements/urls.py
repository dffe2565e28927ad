"""Addresses of the placing."""

from collections.abc import Sequence

from django.urls import URLPattern, path

from buurtbalans.method.base.panels import PanelMaker
from buurtbalans.method.placements.views import (
    asking,
    batch,
    bottlenecks,
    decide,
    ending,
    note,
    paper,
    plans,
    room,
    switch,
    week,
    what_if,
    works,
)
from buurtbalans.method.placements.views.switch import while_on
from buurtbalans.method.placements.views.works import once_advised

ANYHOW = ("batch", "work", "log", "remove")  # pages of a list that are there before its first advice is
FOR_READERS = ("batch", "note")  # pages of a list that show something to who does not place it too


def addresses(draw: batch.Draw, *, on_list: Sequence[PanelMaker] = ()) -> list[URLPattern]:
    """Return the addresses of the placing; `draw` makes the map of the room, `on_list` what is below the batches."""
    pages = [
        path("", batch.batches, {"panels": on_list}, name="list"),
        path("aan-of-uit/", switch.switch, name="switch"),
        path("nieuw/", batch.new, name="new"),
        path("sjabloon.xlsx", batch.template, name="template"),
        path("<int:pk>/", batch.batch, {"draw": draw}, name="batch"),
        path("<int:pk>/ruimte/", room.room, name="room"),
        path("<int:pk>/ruimte/nieuw/", room.renew_room, name="renew_room"),
        path("<int:pk>/ruimte/<int:renewal>/terug/", room.restore_room, name="restore_room"),
        path("<int:pk>/wat-als/", what_if.what_if, name="what_if"),
        path("<int:pk>/knelt/", bottlenecks.pinch, name="pinch"),
        path("<int:pk>/uitleg/", note.note, name="note"),
        path("<int:pk>/narekenen/", batch.replay, name="replay"),
        path("<int:pk>/papier/", paper.paper, name="paper"),
        path("<int:pk>/vragen/", asking.asking, {"draw": draw}, name="asking"),
        path("<int:pk>/week/", week.week, name="week"),
        path("<int:pk>/week/overnemen/", week.follow_week, name="follow_week"),
        path("<int:pk>/week/<int:decision>/terug/", week.reconsider_week, name="reconsider_week"),
        path("<int:pk>/plannen/", plans.plans, name="compare"),
        path("<int:pk>/plannen/<slug:plan>/", plans.choose_plan, name="choose_plan"),
        path("<int:pk>/besluiten/", decide.log, name="log"),
        path("<int:pk>/rekenen/", works.work, name="work"),
        path("<int:pk>/afronden/", ending.close, name="close"),
        path("<int:pk>/lijst-weg/", ending.remove, name="remove"),
        path("<int:pk>/openen/", ending.reopen, name="reopen"),
        path("<int:pk>/besluiten/<int:decision>/", decide.review, name="review"),
        path("<int:pk>/besluiten/<int:decision>/terug/", decide.reconsider, name="reconsider"),
        path("<int:pk>/<str:household>/<slug:choice>/", decide.decide, name="decide"),
    ]
    for page in pages:
        if "pk" in page.pattern.converters:
            if page.name not in ANYHOW:
                page.callback = once_advised(page.callback)
            page.callback = while_on(page.callback, places=page.name not in FOR_READERS)
    return pages
