"""Addresses of the releases of figures, for data stewards."""

from django.urls import path

from . import views

app_name = "datasets"
urlpatterns = [
    path("", views.releases, name="releases"),
    path("terugdraaien/", views.undo, name="undo"),
    path("<slug:release>/kwaliteit/", views.quality, name="quality"),
    path("<slug:release>/publiceren/", views.publish, name="publish"),
]
