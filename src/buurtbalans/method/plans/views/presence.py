"""Who does what: one list and one map with the same numbers, and one tap to confirm that an effort is still true."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import handle_button, read_only
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.actions import efforts as efforts_actions
from buurtbalans.method.plans.models import Effort
from buurtbalans.method.plans.queries import presence as presence_queries
from buurtbalans.method.plans.views.plan import require_own
from buurtbalans.method.rounds.rules import require_in

MapMaker = Callable[[HttpRequest, Sequence[presence_queries.PresenceLine]], list[tuple[str, SafeString]]]


@read_only
@login_required
def presence(request: HttpRequest, draw: MapMaker) -> HttpResponse:
    """Show who does what in the visitor's rounds, narrowed by the filter in the address."""
    query = {name: request.GET.get(name, "").strip()[:80] for name in ("ronde", "gebied", "organisatie", "thema")}
    filter = presence_queries.PresenceFilter(
        query["ronde"], query["gebied"], query["organisatie"], query["thema"], request.GET.get("oud") == "1"
    )
    visible = presence_queries.presence(request.user, filter)
    context: dict[str, Any] = {
        "filter": filter,
        "presence": visible,
        "maps": draw(request, visible.lines) if visible.lines else [],
        "choices": presence_queries.presence_choices(request.user),
        "query": request.GET.urlencode(),
        "today": timezone.localdate(),
        "reads_profiles": request.user.organisation_id is not None,
    }
    return render(request, "plans/presence.html", context)


@require_POST
@login_required
def confirm_from_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm with one tap that an effort is still true, and go back to the list as it was."""
    efforts = Effort.objects.visible_to(request.user).active().select_related("result__round", "organisation")
    effort = get_object_or_404(efforts, pk=pk)
    require_in(request.user, Permission.AGREE_EFFORT, effort.result.round)
    require_own(request, effort)
    too_late = _("Iemand anders heeft dit net gewijzigd. Bekijk eerst hoe het er nu staat.")

    def write() -> None:
        try:
            efforts_actions.confirm_effort(by=request.user, effort=effort)
        except ValidationError as refusal:
            raise ValidationError(too_late) from refusal

    page = f"{_back(request)}#regel-{effort.pk}"
    return handle_button(
        request, write, to=page, done=_("Dank u. U hebt bevestigd dat deze actie nog klopt."), conflict=too_late
    )


def _back(request: HttpRequest) -> str:
    """Return the address of the list with its filter; the form gives the query only, so it cannot redirect elsewhere."""
    query = QueryDict(request.POST.get("vraag", "")[:300])
    return reverse("presence") + (f"?{query.urlencode()}" if query else "")
