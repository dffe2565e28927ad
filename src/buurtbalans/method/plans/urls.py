"""Addresses of a plan, under the address of its round."""

from django.urls import path

from . import views

app_name = "plans"
urlpatterns = [
    path("", views.plan, name="plan"),
    path("resultaten/nieuw/", views.new_result, name="new_result"),
    path("resultaten/<int:pk>/", views.edit_result, name="edit_result"),
    path("resultaten/<int:pk>/afspraken/nieuw/", views.new_effort, name="new_effort"),
    path("afspraken/<int:pk>/", views.report, name="report"),
]
