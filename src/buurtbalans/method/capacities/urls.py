"""Addresses of carrying capacity and support, under the address of its round."""

from django.urls import path

from buurtbalans.method.capacities import views

app_name = "capacities"
urlpatterns = [
    path("", views.capacity, name="capacity"),
    path("nieuw/", views.new_capacity, name="new_capacity"),
    path("<int:pk>/", views.edit_capacity, name="edit_capacity"),
    path("<int:pk>/antwoord/", views.answer_capacity, name="answer_capacity"),
    path("<int:pk>/opnieuw/", views.review_capacity, name="review_capacity"),
    path("<int:pk>/weg/", views.withdraw_capacity, name="withdraw_capacity"),
    path("<int:pk>/terug/", views.restore_capacity, name="restore_capacity"),
    path("steun/nieuw/", views.new_support, name="new_support"),
    path("steun/<int:pk>/", views.edit_support, name="edit_support"),
    path("steun/<int:pk>/weg/", views.withdraw_support, name="withdraw_support"),
    path("steun/<int:pk>/terug/", views.restore_support, name="restore_support"),
]
