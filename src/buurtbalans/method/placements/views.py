"""Pages of the placing: what there is, and why there is nothing yet."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbalans.method.stories.views import fill_in, form_page, page, posted

from . import actions, queries, rules
from .forms import SwitchPlacingForm


@page
@login_required
def batches(request: HttpRequest) -> HttpResponse:
    """Show what there is to place; while it is off why, and who switches it on."""
    home = rules.require_part(request.user)
    context = {
        "home": home, "on": rules.is_on(home), "may_switch": rules.may_switch(request.user),
        "switches": queries.switches(home), "officers": queries.officers(home),
    }  # fmt: skip
    return render(request, "placements/list.html", context)


@form_page
@login_required
def switch(request: HttpRequest) -> HttpResponse:
    """Switch placing on, or off when it is on, with a reason."""
    home = rules.require_may_switch(request.user)
    on = not rules.is_on(home)

    def write(given: dict[str, Any]) -> Any:
        return actions.switch(by=request.user, on=on, reason=given["reason"])

    title = _("Plaatsen aanzetten voor %(name)s") if on else _("Plaatsen uitzetten voor %(name)s")
    intro = (
        _("Plaatsen werkt met werknummers van huishoudens. Dat zijn persoonsgegevens. U beslist of dit hier mag.")
        if on
        else _("Niemand ziet de voorstellen dan nog. Zij blijven bewaard tot hun termijn voorbij is.")
    )
    context = {
        "title": title % {"name": home}, "intro": intro,
        "button": _("Zet plaatsen aan") if on else _("Zet plaatsen uit"),
        "crumbs": [(_("Plaatsen"), reverse("placements:list"))],
    }  # fmt: skip
    return fill_in(
        request, SwitchPlacingForm(posted(request)), write, "rounds/fill_in.html", context,
        to=lambda made: reverse("placements:list"),
        done=_("Plaatsen staat aan.") if on else _("Plaatsen staat uit."),
    )  # fmt: skip
