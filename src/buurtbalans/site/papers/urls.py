"""Addresses of the papers of a round: a name for each paper, the kind of file behind the point."""

from django.urls import path

from buurtbalans.site.papers.papers import PAPERS
from buurtbalans.site.papers.views import paper

app_name = "papers"
urlpatterns = [path(f"{about.word}.<slug:kind>", paper, {"name": name}, name=name) for name, about in PAPERS.items()]
