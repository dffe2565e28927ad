"""All addresses of the site, in Dutch, in the order in which a person meets them."""

from django.urls import URLPattern, URLResolver, include, path

from buurtbalans.method.people import views as people
from buurtbalans.site.demo.people import LOOK_AS

urlpatterns: list[URLPattern | URLResolver] = [
    path("kijk-als/<slug:who>/", people.look_as, {"people": LOOK_AS}, name="look_as"),
    path("", include("buurtbalans.method.people.urls")),
]
handler403 = "buurtbalans.method.people.views.denied"
