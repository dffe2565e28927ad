"""What a visitor sees when the published figures on disk are no longer what they were: what, why and what now."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from buurtbalans.figures.findings import Refused

log = logging.getLogger(__name__)


class DamageMiddleware:
    """Answers 503 with a page that says what to do when a release is refused because it is damaged."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal that no page foresaw into an answer; other errors go on."""
        if not isinstance(exception, Refused):
            return None
        log.error("figures refused at %s: %s", request.path, exception)
        return render(request, "site/damaged.html", {"findings": exception.findings}, status=503)
