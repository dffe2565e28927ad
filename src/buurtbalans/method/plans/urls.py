"""Addresses of a plan, under the address of its round; the site adds the panels of later apps."""

from collections.abc import Sequence

from django.urls import URLPattern, path

from buurtbalans.method.base.panels import PanelMaker
from buurtbalans.method.plans.views import efforts, plan, results, versions


def addresses(
    draw: efforts.MapMaker, *, on_result: Sequence[PanelMaker] = (), on_plan: Sequence[PanelMaker] = ()
) -> list[URLPattern]:
    """Return the addresses of a plan, with the panels under each result and below the whole plan.

    `draw` returns the map on which the place of an effort is chosen.
    """
    return [
        path("", plan.plan, {"panels": on_result, "below": on_plan}, name="plan"),
        path("vaststellen/", versions.agree, name="agree"),
        path("versies/<int:number>/", versions.version, name="version"),
        path("resultaten/nieuw/", results.new_result, name="new_result"),
        path("resultaten/<int:pk>/", results.edit_result, name="edit_result"),
        path("resultaten/<int:pk>/weg/", results.withdraw_result, name="withdraw_result"),
        path("resultaten/<int:pk>/terug/", results.restore_result, name="restore_result"),
        path("resultaten/<int:pk>/afspraken/nieuw/", efforts.new_effort, {"draw": draw}, name="new_effort"),
        path("afspraken/<int:pk>/", efforts.report, name="report"),
        path("afspraken/<int:pk>/aanpassen/", efforts.edit_effort, {"draw": draw}, name="edit_effort"),
        path("afspraken/<int:pk>/ja/", efforts.accept, name="accept_effort"),
        path("afspraken/<int:pk>/nee/", efforts.decline, name="decline_effort"),
        path("afspraken/<int:pk>/klopt/", efforts.confirm, name="confirm_effort"),
        path("afspraken/<int:pk>/verder/", efforts.renew, name="renew_effort"),
        path("afspraken/<int:pk>/weg/", efforts.withdraw_effort, name="withdraw_effort"),
        path("afspraken/<int:pk>/terug/", efforts.restore_effort, name="restore_effort"),
        path("afspraken/<int:pk>/verloop/nieuw/", efforts.new_progress, name="new_progress"),
        path("verloop/<int:pk>/", efforts.edit_progress, name="edit_progress"),
        path("verloop/<int:pk>/weg/", efforts.withdraw_progress, name="withdraw_progress"),
        path("verloop/<int:pk>/terug/", efforts.restore_progress, name="restore_progress"),
        path("voorwaarden/nieuw/", results.new_condition, name="new_condition"),
        path("voorwaarden/<int:pk>/", results.edit_condition, name="edit_condition"),
        path("voorwaarden/<int:pk>/weg/", results.withdraw_condition, name="withdraw_condition"),
        path("voorwaarden/<int:pk>/terug/", results.restore_condition, name="restore_condition"),
    ]
