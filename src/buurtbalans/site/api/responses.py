"""What all answers of the open API share: version, caching per release, paging, and problems in plain words."""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from ninja.errors import ValidationError

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries import releases

VERSION: Final = "1.0.0"
MOST: Final = 1_000  # items on a page
FRESH: Final = "public, max-age=300"
TITLES: Final = {
    400: "De vraag klopt niet",
    404: "Dit is er niet",
    405: "Dit kan hier niet",
    406: "Deze vorm is er niet",
    503: "Even geen cijfers",
}
Item = TypeVar("Item")
View = Callable[..., HttpResponse]


class QueryError(Exception):
    """What somebody asked wrong, in words for that person."""


def problem(status: int, detail: str) -> HttpResponse:
    """Return an error as the internet standard RFC 9457 writes it."""
    says = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail}
    text = json.dumps(says, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/problem+json")


def api_view(view: View, allowed: Sequence[str] = ()) -> View:
    """Return a view of the API that answers every error as a problem, says its version and lets answers be kept.

    `allowed` are the query keys that the view knows; others are refused, so that a typing error is no empty answer.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _with_headers(request, _respond(request, view, allowed, *args, **kwargs))

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # it only reads
    return answer


def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer for every address that the API does not have."""
    return problem(404, "Dit adres heeft de API niet. In /api/v1/openapi.json staat wat er wel is.")


def published_release() -> Release:
    """Return the published release, whose figures the API gives."""
    release = releases.current_release()
    if release is None:
        raise Http404("Er is nog geen uitgave met cijfers.")
    return release


def result_page(request: HttpRequest, items: Sequence[Item], total: int, page: int, size: int) -> dict[str, Any]:
    """Return a page of a list with the addresses of the pages beside it."""
    last = max(1, -(-total // size))
    if page > last:
        raise Http404(f"Bladzijde {page} is er niet. De laatste is {last}.")

    def link(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

    links = {
        "self": link(page),
        "prev": link(page - 1) if page > 1 else None,
        "next": link(page + 1) if page < last else None,
    }
    return {"totalItems": total, "page": page, "pageSize": size, "links": links, "items": list(items)}


def validation_message(error: ValidationError) -> str:
    """Return what is wrong with the query, each key with what it must be."""
    wrong = []
    for each in error.errors:
        known = each.get("ctx", {}).get("expected") or each.get("ctx", {})
        key = str(each["loc"][-1]) if not str(each["loc"][-1]).isdigit() else str(each["loc"][-2])
        wrong.append(f"“{key}” klopt niet" + (f" (mag zijn: {known})" if isinstance(known, str) else ""))
    return "; ".join(dict.fromkeys(wrong)) + ". Kijk in /api/v1/openapi.json wat het mag zijn."


def _respond(request: HttpRequest, view: View, allowed: Sequence[str], *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        answer = problem(405, "De API geeft alleen cijfers. Gebruik GET.")
        answer.headers["Allow"] = "GET, HEAD"
        return answer
    strange = sorted(set(request.GET) - set(allowed))
    if strange:
        return problem(400, f"“{strange[0][:40]}” kent de API hier niet. Dit mag: {', '.join(allowed) or 'niets'}.")
    asked, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    except Http404 as missing:
        return problem(404, str(missing))
    except QueryError as wrong:
        return problem(400, str(wrong))
    except Refused:
        return problem(
            503, "De gepubliceerde cijfers zijn beschadigd. De beheerder kan een eerdere uitgave terugzetten."
        )
    finally:
        request.method = asked


def _with_headers(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    if answer.status_code == 200:
        answer.headers["Cache-Control"] = FRESH
        kept = get_conditional_response(request, etag=_etag(), response=answer)
        answer = kept if isinstance(kept, HttpResponse) else answer
        answer.headers["ETag"] = _etag()
    else:
        answer.headers["Cache-Control"] = "no-store"
    patch_vary_headers(answer, ("Accept-Encoding",))
    answer.headers["API-Version"] = VERSION
    answer.headers["Access-Control-Allow-Origin"] = "*"  # open figures, no cookies: any page may read them
    answer.headers["Content-Language"] = "nl"
    return answer


def _etag() -> str:
    """Return a mark that changes with the published release and with nothing that is withheld in it."""
    release = releases.current_release()
    return f'W/"{VERSION}-{release.id if release else "none"}"'
