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

    title = _("Plaatsen inschakelen voor %(name)s") if on else _("Plaatsen uitschakelen voor %(name)s")
    intro = (
        _(
            "Voor het plaatsen zijn werknummers van huishoudens nodig. Omdat dat persoonsgegevens zijn, beslist u of dit hier mag."
        )
        if on
        else _("Niemand kan de voorstellen dan nog zien. Ze blijven wel bewaard tot de bewaartermijn voorbij is.")
    )
    context = {
        "title": title % {"name": home},
        "intro": intro,
        "button": _("Plaatsen inschakelen") if on else _("Plaatsen uitschakelen"),
        "crumbs": [(_("Plaatsen"), reverse("placements:list"))],
    }
    return handle_form(
        request,
        SwitchPlacingForm(posted(request), on=on),
        write,
        "rounds/fill_in.html",
        context,
        to=lambda made: reverse("placements:list"),
        done=_("Plaatsen is nu ingeschakeld voor uw organisatie.")
        if on
        else _("Plaatsen is nu uitgeschakeld voor uw organisatie."),
    )
