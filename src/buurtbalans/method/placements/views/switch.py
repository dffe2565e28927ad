"""The page where the data-protection officer switches placing on or off."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbalans.method.base.pages import form_page, handle_form, posted
from buurtbalans.method.placements import rules
from buurtbalans.method.placements.actions import batches
from buurtbalans.method.placements.forms import SwitchPlacingForm


def while_on(show: Callable[..., HttpResponse], *, places: bool) -> Callable[..., HttpResponse]:
    """Return a page of a list that leads to the lists while placing is off: there stands who switched it off.

    Only for who would see it otherwise, or who would place it; for others it is not there.
    """

    @wraps(show)
    def led(request: HttpRequest, pk: int, **given: Any) -> HttpResponse:
        if rules.is_off_for(request.user, pk, places=places):
            return redirect("placements:list")
        return show(request, pk=pk, **given)

    return led


@form_page
@login_required
def switch(request: HttpRequest) -> HttpResponse:
    """Switch placing on, or off when it is on, with a reason."""
    home = rules.require_may_switch(request.user)
    on = not rules.is_on(home)

    def write(given: dict[str, Any]) -> Any:
        return batches.switch(by=request.user, on=on, reason=given["reason"])

    title = _("Plaatsen aanzetten voor %(name)s") if on else _("Plaatsen uitzetten voor %(name)s")
    intro = (
        _("Plaatsen werkt met werknummers van huishoudens. Dat zijn persoonsgegevens. U beslist of dit hier mag.")
        if on
        else _("Niemand ziet de voorstellen dan nog. Zij blijven bewaard tot hun termijn voorbij is.")
    )
    context = {
        "title": title % {"name": home},
        "intro": intro,
        "button": _("Zet plaatsen aan") if on else _("Zet plaatsen uit"),
        "crumbs": [(_("Plaatsen"), reverse("placements:list"))],
    }
    return handle_form(
        request,
        SwitchPlacingForm(posted(request), on=on),
        write,
        "rounds/fill_in.html",
        context,
        to=lambda made: reverse("placements:list"),
        done=_("Plaatsen staat aan.") if on else _("Plaatsen staat uit."),
    )
