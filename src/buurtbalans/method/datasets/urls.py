"""Addresses of figures: the releases, for data stewards, and what partners deliver."""

from collections.abc import Sequence

from django.urls import URLPattern, path

from buurtbalans.method.base.panels import PanelMaker
from buurtbalans.method.datasets import views
from buurtbalans.method.datasets.views import counting, replies, sharing


def addresses(
    *, agreements: sharing.RoundSharing, on_delivery: Sequence[PanelMaker] = (), held: Sequence[sharing.Holder] = ()
) -> list[URLPattern]:
    """Return the addresses, with what rounds agreed on sharing and what higher apps tell of a delivery, and hold."""
    return [
        *ADDRESSES,
        path("aanleveren/<int:pk>/", sharing.delivery, {"panels": on_delivery, "held": held}, name="delivery"),
        path("aanleveren/<int:pk>/intrekken/", sharing.withdraw, {"held": held}, name="withdraw"),
        path("aanleveren/<int:pk>/delen/", sharing.share, {"agreements": agreements}, name="share"),
    ]


ADDRESSES = [
    path("", views.releases, name="releases"),
    path("terugdraaien/", views.undo, name="undo"),
    path("<slug:release>/kwaliteit/", views.quality, name="quality"),
    path("<slug:release>/publiceren/", views.publish, name="publish"),
    path("<slug:release>/weerwoord/", replies.ask_reply, name="ask_reply"),
    path("weerwoord/<int:pk>/", replies.reply, name="reply"),
    path("weerwoord/<int:pk>/eruit/", replies.remove_from_release, name="remove_from_release"),
    path("tellen/", counting.count, name="count"),
    path("tellen/<slug:release>/<int:division>.json", counting.count_borders, name="count_borders"),
    path("aanleveren/", views.deliveries, name="deliveries"),
    path("aanleveren/nieuw/", views.upload, name="upload"),
    path("aanleveren/telling/", views.receive_counts, name="receive_counts"),
    path("aanleveren/sjabloon.<slug:kind>", views.template, name="template"),
    path("aanleveren/concept/<int:pk>/", views.check, name="check"),
    path("aanleveren/concept/<int:pk>/weg/", views.discard, name="discard"),
    path("aanleveren/<int:pk>/terugzetten/", sharing.restore, name="restore"),
]
