"""Addresses of the audit of a placing, under that of the placing."""

from django.urls import path

from buurtbalans.method.fairness import views

app_name = "fairness"
urlpatterns = [
    path("", views.fairness, name="fairness"),
    path("regels/<int:pk>/", views.send_lines, name="send_lines"),
    path("nieuw/", views.new_totals, name="new_totals"),
    path("<int:pk>/", views.totals, name="totals"),
    path("<int:pk>/weg/", views.withdraw_totals, name="withdraw_totals"),
    path("<int:pk>/terug/", views.restore_totals, name="restore_totals"),
]
