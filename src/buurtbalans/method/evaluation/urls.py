"""Addresses of the evaluation, under the address of its round."""

from django.urls import path

from buurtbalans.method.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("", views.lines, name="lines"),
    path("resultaten/<int:result>/", views.new, name="new"),
    path("<int:pk>/", views.edit, name="edit"),
]
