"""What an app shows on pages of others, gathered by the front door: panels, and tasks that wait for a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise

Words = str | Promise


class Panel(NamedTuple):
    """A template and its context; the template sees that as `panel`."""

    template: str
    context: dict[str, Any]


PanelMaker = Callable[[HttpRequest, Any], Panel | None]


def gather(request: HttpRequest, about: Any, makers: Iterable[PanelMaker]) -> list[Panel]:
    """Return the panels that have something to show about an object."""
    return [panel for maker in makers if (panel := maker(request, about)) is not None]


@dataclass(frozen=True)
class Task:
    """Something that waits for a person; the most urgent ones are on their first page."""

    icon: str
    title: Words
    text: Words
    where: str
    button: Words
    url: str
    before: date | None = None
