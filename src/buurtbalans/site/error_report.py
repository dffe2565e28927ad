"""What is kept of an error of ours: a reference for the visitor, and what the administrator needs to find it.

The message of an error is left out, as are the query, the form and the cookies: each may repeat what somebody typed.
"""

import logging
import secrets
import traceback

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that sounds or looks like another
LENGTH = 6


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error with a page that gives the reference under which it stands in the log."""
    reference = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    request.reference = reference  # type: ignore[attr-defined]  # read by the line in the log, made after this answer
    return HttpResponseServerError(loader.get_template("500.html").render({"reference": reference}))


class ErrorLine(logging.Formatter):
    """Writes when, under which reference, where and through which lines of code a request failed."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and under it the traceback when there is one."""
        request = getattr(record, "request", None)
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(request, HttpRequest):
            return "\n".join([f"{self.formatTime(record)} {record.levelname} {record.getMessage()}", *_trace(error)])
        status = getattr(record, "status_code", "")
        path = request.path.encode("unicode_escape").decode()  # an address must not begin a line of its own
        words = (self.formatTime(record), str(status), getattr(request, "reference", ""), request.method or "", path)
        return "\n".join([" ".join(word for word in words if word), *_trace(error)])


def _trace(error: BaseException | None) -> list[str]:
    """Return the lines of code and the kind of an error and of what it came from, without their messages."""
    lines = []
    while error is not None:
        lines += [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines
