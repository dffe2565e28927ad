"""Addresses of stories; what they are told about is given by the page above them as `setting`."""

from django.urls import path

from . import views

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
reviews = [path("", views.reviews, name="list"), path("<int:pk>/", views.review, name="review")]
# Field notes of a round; and what a phone asks for any round: the page without a network, its worker, and who signs.
notes = [path("", views.note_page, name="page"), path("verstuur/", views.send_note, name="send")]
phone = [
    path("zonder-net/", views.shell, name="shell"),
    path("werker.js", views.worker, name="worker"),
    path("wie/", views.token, name="token"),
]
