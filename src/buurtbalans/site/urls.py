"""All addresses of the site, in Dutch, in the order in which a person meets them."""

from django.urls import URLPattern, URLResolver, include, path

from buurtbalans.method.people import views as people
from buurtbalans.site.demo.people import LOOK_AS
from buurtbalans.site.pages.blocks import blocks
from buurtbalans.site.pages.start import start

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start, name="start"),
    path("kijk-als/<slug:who>/", people.look_as, {"people": LOOK_AS}, name="look_as"),
    path("", include("buurtbalans.method.people.urls")),
    path("bouwstenen/", blocks, name="blocks"),
]
handler403 = "buurtbalans.method.people.views.denied"
