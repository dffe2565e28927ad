"""Addresses of the history of every text and of the trash; the front door gives the kinds of text of all apps."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from buurtbalans.method.base import views


def texts(kinds: views.Kinds, place: Callable[..., Any], home: tuple[str, Any]) -> list[URLPattern]:
    """Return the addresses of the history of every text and of the trash, of a round or of one person.

    `home` is the name and the words of the page above the trash of one person.
    """
    given: dict[str, Any] = {"kinds": kinds}
    return [
        path("tekst/<str:label>/<int:pk>/", views.history, given, name="history"),
        path("tekst/<str:label>/<int:pk>/terug/", views.revert_text, given, name="revert_text"),
        path("tekst/<str:label>/<int:pk>/wis/<int:number>/", views.erase_version, given, name="erase_version"),
        path("tekst/<str:label>/<int:pk>/intrekken/", views.withdraw_text, given, name="withdraw_text"),
        path("tekst/<str:label>/<int:pk>/terugzetten/", views.restore_text, given, name="restore_text"),
        path("prullenbak/", views.trash, given | {"home": home}, name="trash"),
        path("rondes/<slug:slug>/prullenbak/", views.trash, given | {"place": place}, name="round_trash"),
    ]
