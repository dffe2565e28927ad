"""Pages of the large map: the map itself with its list, the data of it, and what is known of one mark."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from buurtbalans.method.rounds.views.round import enter

from .asked import Asked
from .data import as_data
from .whole import Whole, large_map

private = cache_control(private=True, no_store=True)


def _whole(request: HttpRequest, slug: str) -> Whole | None:
    return large_map(enter(request, slug), request.user, Asked.read(slug, request.GET))


@require_safe
@private
@login_required
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer what the map shows, as GeoJSON."""
    whole = _whole(request, slug)
    if whole is None:
        raise Http404("geen kaart")
    return JsonResponse(as_data(whole))
