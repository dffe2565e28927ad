"""What a panel is: a part that a higher app shows on the page of a lower one, gathered by the front door."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest


class Panel(NamedTuple):
    """A template and what it needs; it sees its context as `panel`."""

    template: str
    context: dict[str, Any]


PanelMaker = Callable[[HttpRequest, Any], Panel | None]


def gather(request: HttpRequest, about: Any, makers: "tuple[PanelMaker, ...] | list[PanelMaker]") -> list[Panel]:
    """Return the panels that have something to show about an object."""
    return [panel for maker in makers if (panel := maker(request, about)) is not None]
