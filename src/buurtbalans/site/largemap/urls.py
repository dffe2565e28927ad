"""Addresses of the large map of a round."""

from django.urls import path

from buurtbalans.site.largemap import claim_from_map, landmarks, views

app_name = "large_map"
urlpatterns = [
    path("", views.show, name="page"),
    path("gegevens.json", views.data, name="data"),
    path("papier.pdf", views.paper, name="paper"),
    path("teken/<slug:key>/", views.mark, name="mark"),
    path("plekken/", landmarks.landmarks, name="landmarks"),
    path("plekken/nieuw/", landmarks.new_landmark, name="new_landmark"),
    path("plekken/bestand/", landmarks.import_landmarks, name="import_landmarks"),
    path("plekken/bestand/<int:first>-<int:last>/weg/", landmarks.withdraw_landmarks, name="withdraw_landmarks"),
    path("plekken/<int:pk>/", landmarks.edit_landmark, name="edit_landmark"),
    path("plekken/<int:pk>/weg/", landmarks.withdraw_landmark, name="withdraw_landmark"),
    path("plekken/<int:pk>/terug/", landmarks.restore_landmark, name="restore_landmark"),
    path("uitspraak/<slug:key>/", claim_from_map.make_claim, name="claim"),
]
