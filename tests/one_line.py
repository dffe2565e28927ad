"""Pages as a test reads them: without the line breaks that only the form of a template brings.

The formatter of the templates decides where lines break; a test says what a page holds. White space within a text stays
one space; what stands in a `textarea`, `pre` or `script` stays as it is.
"""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

AS_IT_IS: Final = re.compile(r"(<(textarea|pre|script)\b.*?</\2>)", re.DOTALL)
TAG: Final = re.compile(r"<[a-zA-Z][^<>]*>")


def one_line(page: str) -> str:
    """Return a page in which no line breaks inside a tag, beside a tag or within a text."""
    parts = AS_IT_IS.split(page)
    for number in range(0, len(parts), 3):  # text, what stays as it is, the name of its tag
        part = TAG.sub(lambda tag: re.sub(r"\s*\n\s*(>?)", lambda end: end[1] or " ", tag[0]), parts[number])
        part = re.sub(r">\s*\n\s*", ">", part)
        part = re.sub(r"\s*\n\s*<", "<", part)
        parts[number] = re.sub(r"\s*\n\s*", " ", part)
    return "".join(part for number, part in enumerate(parts) if number % 3 != 2)


class OneLine:
    """Middleware of the suite alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            response.content = one_line(response.content.decode()).encode()
            if "Content-Length" in response.headers:
                response.headers["Content-Length"] = str(len(response.content))
        return response
