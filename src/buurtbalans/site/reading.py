"""A request that only reads looks up once in which circles its viewer may read."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from buurtbalans.method.people.models.scoping import one_reading

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class ReadingMiddleware:
    """Makes one reading of every request that writes nothing; what is granted or withdrawn counts from the next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            return self.get_response(request)
        with one_reading():
            return self.get_response(request)
