"""Pages of a delivery: its figures and what came of them, sharing it with a circle, withdrawing and restoring it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buurtbalans.figures.findings import Refused
from buurtbalans.method.base.pages import handle_button
from buurtbalans.method.base.panels import PanelMaker, gather
from buurtbalans.method.datasets import actions, forms, rules
from buurtbalans.method.datasets.models import Delivery, DeliveryState
from buurtbalans.method.datasets.queries import deliveries
from buurtbalans.method.datasets.views import form_page, given, status_of
from buurtbalans.method.people.models import Circle, Person


class RoundSharing(Protocol):
    """What rounds tell figures: whether a circle may see a delivery, and how to promise it. The front door gives it."""

    def about(self, delivery: Delivery, circles: Sequence[Circle]) -> list[deliveries.SharingPermission]:
        """Return for every circle what the agreement of its round says."""

    def promise(self, *, by: Person, delivery: Delivery, circle: Circle, until: date) -> object:
        """Promise a delivery to a circle until a day."""


Holder = Callable[[Person, Delivery], tuple[str, bool]]  # what the viewer may know to hold a delivery; if anything does


@transaction.atomic
def _shared(by: Person, delivery: Delivery, form: forms.ShareDeliveryForm, agreements: RoundSharing) -> Delivery:
    """Share a delivery, and promise it first where that is asked for and was not done: both, or neither."""
    given_ = form.given()
    circle, until = given_["circle"], form.until
    if circle is not None and until and not rules.is_agreed(delivery, circle):
        rules.require_may_decide(by, delivery)
        try:
            agreements.promise(by=by, delivery=delivery, circle=circle, until=until)
        except ValidationError as refused:
            raise ValidationError({"promised_until": refused.messages}) from refused
    return actions.share(by=by, delivery=delivery, **given_)


def _find(request: HttpRequest, pk: int) -> Delivery:
    """Return a delivery that the person may see, or answer 404."""
    return get_object_or_404(Delivery.objects.visible_to(request.user).select_related("organisation", "circle"), pk=pk)


@require_safe
@login_required
def delivery(
    request: HttpRequest, pk: int, panels: Sequence[PanelMaker] = (), held: Sequence[Holder] = ()
) -> HttpResponse:
    """Show a delivery as the viewer may see it, who may see it, and what came of it."""
    shipment = _find(request, pk)
    own = rules.may_decide(request.user, shipment)
    releases, came = (deliveries.releases_with(shipment), gather(request, shipment, panels)) if own else ([], [])
    there = shipment.erased_at is None and shipment.state != DeliveryState.WITHDRAWN
    context = {
        "delivery": shipment,
        "own": own,
        "rows": deliveries.table_of(request.user, shipment),
        "uses": shipment.uses.select_related("by") if own else [],
        "panels": came,
        "releases": releases,
        "after": _stays(request.user, shipment, held, releases) if own and there else "",
        "unused": _unused(shipment) if own and not came and not releases else "",
    }
    return render(request, "datasets/delivery.html", context)


@form_page
@login_required
def share(request: HttpRequest, pk: int, agreements: RoundSharing) -> HttpResponse:
    """Share a delivery: with whom, what they will see, and four questions about this use."""
    delivery_row = _find(request, pk)
    rules.require_may_decide(request.user, delivery_row)
    circles = rules.audiences(request.user)
    leaves = agreements.about(delivery_row, circles)
    form = _share_form(request, delivery_row, circles, leaves)
    if form.is_valid():
        try:
            done = _shared(request.user, delivery_row, form, agreements)
            undo = reverse("datasets:withdraw", args=[pk])
            messages.success(request, _("Uw cijfers zijn gedeeld."), extra_tags=f"{undo}?v={done.version}")
            return redirect("datasets:delivery", pk)
        except Refused as refused:
            form.add_error(None, forms.words_of(refused))
        except ValidationError as refused:
            form.add_error("audience" if getattr(refused, "code", "") == "not_agreed" else None, refused)
    context = {"delivery": delivery_row, "form": form, "leaves": leaves, **_audience_context(delivery_row)}
    return render(request, "datasets/share.html", context, status=status_of(request))


def _share_form(
    request: HttpRequest,
    delivery: Delivery,
    circles: Sequence[Circle],
    permissions: Sequence[deliveries.SharingPermission],
) -> forms.ShareDeliveryForm:
    """Return the form that shares a delivery: it bars circles without an agreement, or asks to promise it there."""
    unagreed = [permission for permission in permissions if not permission.agreed]
    return forms.ShareDeliveryForm(
        given(request),
        circles=circles,
        barred={permission.circle.pk: permission.text for permission in unagreed if permission.until is None},
        needed={permission.circle.pk: permission.until for permission in unagreed if permission.until is not None},
        initial={"version": delivery.version, "audience": request.GET.get("wie", "")},
    )


def _audience_context(delivery: Delivery) -> dict[str, Any]:
    """Return what each audience will see of a delivery: the counts that are hidden, the rest, and who sees all."""
    audience_views, rows = deliveries.audience_views(delivery)
    named = [(capfirst(_(view.audience.words.name)), view) for view in audience_views]
    return {
        "audience_views": named,
        "hide": [row for row in rows if row.hides],
        "rest": [row for row in rows if not row.hides],
        "several": len({(row.key.indicator, row.key.period) for row in rows}) > 1,
        "open": [(name, view) for name, view in named if not view.findings],
    }


def _change(request: HttpRequest, pk: int, write: Callable[..., Any], done: str, undo: str = "") -> HttpResponse:
    delivery_row = _find(request, pk)
    rules.require_may_decide(request.user, delivery_row)
    form = forms.VersionForm({"version": request.POST.get("version") or request.GET.get("v")})
    version = form.cleaned_data["version"] if form.is_valid() else 0
    return handle_button(
        request,
        lambda: write(by=request.user, delivery=delivery_row, version=version),
        to=reverse("datasets:delivery", args=[pk]),
        done=done,
        undo=lambda delivery: f"{reverse(undo, args=[pk])}?v={delivery.version}" if undo else "",
    )


def _unused(delivery: Delivery) -> str:
    """Say that nothing was made of a delivery yet, and who can use it since when."""
    if delivery.state == DeliveryState.WITHDRAWN:
        return _("Nog niets.")
    use = delivery.uses.first()
    if delivery.state != DeliveryState.SHARED or use is None:
        return _("Nog niets. Deel ze met een kerngroep, dan kan die ze gebruiken.")
    day = timezone.localdate(use.at)
    when = _("vandaag") if day == timezone.localdate() else date_format(day, "j F Y")
    if use.circle is None:
        return _("Nog niets. Alle organisaties kunnen ze gebruiken sinds %(when)s.") % {"when": when}
    name = use.circle.name
    who = {"who": name[:1].lower() + name[1:], "when": when}
    if not rules.is_agreed(delivery, use.circle):
        return _("Nog niets. De afspraak over delen laat ze de %(who)s nu niet zien.") % who
    return _("Nog niets. De %(who)s kan ze gebruiken sinds %(when)s.") % who


def _stays(viewer: Person, delivery: Delivery, held: Sequence[Holder], releases: Sequence[Any]) -> str:
    """Say what others see of a delivery once it is withdrawn, naming only what the viewer may know."""
    if not delivery.uses.exists():
        return _("Geen enkele andere organisatie heeft deze cijfers gezien.")
    remains = _remains_with_core_groups([holder(viewer, delivery) for holder in held])
    if any(publication for _reply, publication in releases):
        remains.append(_("In een cijferset die al was gepubliceerd, blijven de cijfers staan."))
    if not remains:
        return _("Andere organisaties kunnen deze cijfers niet meer zien.")
    return " ".join([_("Andere organisaties kunnen deze cijfers niet meer kiezen."), *remains])


def _remains_with_core_groups(holders: Sequence[tuple[str, bool]]) -> list[str]:
    """Return the sentence on what core groups have already seen and keep; by name where the viewer may know it."""
    named = _(" en ").join(words for words, _more in holders if words)
    if named:
        return [_("Bij %(what)s blijft staan wat de kerngroep al zag.") % {"what": named}]
    if any(more for _words, more in holders):
        return [_("Wat een kerngroep al zag, kan blijven staan.")]
    return []


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int, held: Sequence[Holder] = ()) -> HttpResponse:
    """Take a delivery back; the message says what stays, and offers to undo it."""
    delivery_row = _find(request, pk)
    after = _stays(request.user, delivery_row, held, deliveries.releases_with(delivery_row))
    done = _("Uw cijfers zijn ingetrokken. %(after)s") % {"after": after}
    return _change(request, pk, actions.withdraw_delivery, done, "datasets:restore")


@require_POST
@login_required
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a withdrawal."""
    return _change(request, pk, actions.restore_delivery, _("Uw cijfers zijn weer zoals ervoor."))
