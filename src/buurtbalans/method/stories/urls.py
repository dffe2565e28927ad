"""Addresses of stories; what they are told about is given by the page above them as `setting`."""

from django.urls import path

from . import views

app_name = "stories"
urlpatterns = [
    path("", views.stories, name="list"),
    path("nieuw/", views.new, name="new"),
    path("<int:pk>/aanpassen/", views.edit, name="edit"),
    path("<int:pk>/delen/", views.share, name="share"),
    path("<int:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("<int:pk>/terugzetten/", views.restore, name="restore"),
]
# What colleagues look at before it leaves the organisation belongs to no neighbourhood.
reviews = [path("", views.reviews, name="list"), path("<int:pk>/", views.review, name="review")]
