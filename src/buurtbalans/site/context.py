"""What the frame of every page needs: the words of navigation, which is current, whether the town is invented."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.findings import Refused
from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.placements.rules import takes_part
from buurtbalans.site.unsaved_input import unsaved_texts


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the navigation: where it goes, its icon on a phone, the pages that belong to it, and who sees it."""

    words: Promise
    target: str
    icon: str
    pages: frozenset[str]
    open: bool = False
    asks: Callable[[Any], bool] | None = None


FIGURES = frozenset(
    {
        "map",
        "area",
        "neighbourhood",
        "area_overview",
        "neighbourhood_overview",
        "area_why",
        "neighbourhood_why",
        "area_weigh",
        "neighbourhood_weigh",
        "balance",
        "catalogue",
        "source",
        "search",
    }
)
IN_ROUNDS = frozenset(
    {"rounds", "stories", "notes", "feelings", "ratings", "plans", "capacities", "evaluation", "large_map"}
)
ENTRIES = (
    Entry(_("Mijn buurten"), "home", "huis", frozenset({"home"})),
    Entry(_("Kaart"), "map", "lagen", FIGURES, True),
    Entry(_("Rondes"), "rounds:list", "kalender", IN_ROUNDS),
    Entry(_("Plaatsen"), "placements:list", "wissel", frozenset({"placements", "fairness"}), asks=takes_part),
    Entry(_("Uitleg"), "learn", "citaat", frozenset({"learn", "tour"}), True),
)


def address(name: str) -> str:
    """The address of a page, or nothing when this site has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The words that this visitor sees, the current one marked."""
    match = request.resolver_match
    here = {match.namespace.split(":")[0] if match.namespace else "", match.url_name or ""} if match else set()
    known = bool(getattr(request, "user", None)) and request.user.is_authenticated
    shown = [(entry, address(entry.target)) for entry in ENTRIES if _is_visible(entry, request, known=known)]
    return [
        {"words": entry.words, "url": url, "icon": entry.icon, "current": bool(here & entry.pages)}
        for entry, url in shown
        if url
    ]


def _is_visible(entry: Entry, request: HttpRequest, *, known: bool) -> bool:
    """Return whether this visitor sees an entry; `known` says whether they are signed in."""
    return (known or entry.open) and (entry.asks is None or entry.asks(request.user))


def invented() -> bool:
    """Whether the figures are about an invented town; a damaged release says so on its own page, not here."""
    try:
        release = releases.current_release()
    except Refused:
        release = None
    return settings.DEMO if release is None else release.manifest.invented


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor for base.html."""
    return {
        "navigation": navigation(request),
        "invented": SimpleLazyObject(invented),
        "demo": settings.DEMO,
        "typed": SimpleLazyObject(lambda: unsaved_texts(request)),
    }
