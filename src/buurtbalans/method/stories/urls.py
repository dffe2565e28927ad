"""Addresses of stories; what they are told about is given by the page above them as `setting`."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from . import views
from .models import Feeling, Story, Told
from .views import FindGround

app_name = "stories"
urlpatterns = [
    path("", views.stories, name="list"),
    path("nieuw/", views.new, name="new"),
    path("codeboek/", views.codes, name="codes"),
    path("codeboek/nieuw/", views.new_code, name="new_code"),
    path("interview/", views.interview, name="interview"),
    path("interview/<slug:numbers>/intrekken/", views.withdraw_interview, name="withdraw_interview"),
    path("interview/<slug:numbers>/terugzetten/", views.restore_interview, name="restore_interview"),
    path("codeboek/<int:pk>/aanpassen/", views.edit_code, name="edit_code"),
    path("codeboek/<int:pk>/intrekken/", views.withdraw_code, name="withdraw_code"),
    path("codeboek/<int:pk>/terugzetten/", views.restore_code, name="restore_code"),
    path("<int:pk>/woorden/", views.tags, name="tags"),
    path("<int:pk>/woorden/<int:code>/ophangen/", views.hang, name="hang"),
    path("<int:pk>/woorden/<int:code>/weghalen/", views.take_off, name="take_off"),
    path("<int:pk>/aanpassen/", views.edit, name="edit"),
    path("<int:pk>/delen/", views.share, name="share"),
    path("<int:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("<int:pk>/terugzetten/", views.restore, name="restore"),
]


# What colleagues look at before it leaves the organisation belongs to no neighbourhood.
def reviews(draw: Callable[[HttpRequest, Told], SafeString]) -> list[URLPattern]:
    """Return the addresses of what colleagues look at; the site draws its place."""
    return [
        path("", views.reviews, name="list"),
        path("<int:pk>/", views.review, {"model": Story, "draw": draw}, name="review"),
        path("gevoel/<int:pk>/", views.review, {"model": Feeling, "draw": draw}, name="feeling"),
    ]


ratings = [
    path("", views.ratings, name="list"),
    path("nieuw/", views.rate, name="new"),
    path("<int:pk>/aanpassen/", views.edit_sheet, name="edit"),
    path("<int:pk>/intrekken/", views.withdraw_sheet, name="withdraw"),
    path("<int:pk>/terugzetten/", views.restore_sheet, name="restore"),
]
# Field notes of a round; and what a phone asks for any round: the page without a network, its worker, and who signs.
notes = [path("", views.note_page, name="page"), path("verstuur/", views.send_note, name="send")]
phone = [
    path("zonder-net/", views.shell, name="shell"),
    path("werker.js", views.worker, name="worker"),
    path("wie/", views.token, name="token"),
]


def feelings(ground: FindGround) -> list[URLPattern]:
    """Return the addresses of feelings on a map, of which the site knows the `ground`."""
    known = {"ground": ground}
    return [
        path("", views.feelings, known, name="list"),
        path("nieuw/", views.new_feeling, name="new"),
        path("<int:pk>/gezet/", views.put, known, name="put"),
        path("<int:pk>/aanpassen/", views.edit_feeling, name="edit"),
        path("<int:pk>/delen/", views.share_feeling, name="share"),
        path("<int:pk>/intrekken/", views.withdraw_feeling, name="withdraw"),
        path("<int:pk>/terugzetten/", views.restore_feeling, name="restore"),
        path("laat-zien/", views.show, known, name="show"),
        path("laat-zien/<int:pk>/intrekken/", views.withdraw_shown, name="withdraw_shown"),
        path("laat-zien/<int:pk>/terugzetten/", views.restore_shown, name="restore_shown"),
    ]
