"""The way into the demo without a password: looking as one of its people."""

from django.urls import path

from buurtbalans.method.people.views import look_as
from buurtbalans.site.demo.people import LOOK_AS

urlpatterns = [path("kijk-als/<slug:who>/", look_as, {"people": LOOK_AS}, name="look_as")]
