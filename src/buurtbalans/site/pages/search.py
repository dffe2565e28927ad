"""Search: a neighbourhood, figure or round by a part of its name, without minding accents or capitals."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.places.queries import neighbourhoods
from buurtbalans.method.rounds.models import Round
from buurtbalans.site.templatetags.localised import figure_name, term

MOST = 20
ORDER = {level: place for place, level in enumerate((AreaLevel.BUURT, AreaLevel.WIJK, AreaLevel.STADSDEEL))}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, with the page that shows it."""

    kind: str
    name: str
    within: str
    href: str


def plain(text: str) -> str:
    """Return a text without accents and capitals, for comparing.

    >>> plain("Curaçaobuurt")
    'curacaobuurt'
    """
    split = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


@lru_cache(maxsize=4)
def _names(release: Release) -> list[tuple[str, int, str, str, str]]:
    """Return (plain name, year, code, name, where it lies) of every area of the newest map, buurten first."""
    years = [year for year in release.manifest.divisions if year in release.manifest.maps]
    if not years:
        return []
    division = release.division(max(years))
    areas = sorted(division, key=lambda area: (ORDER.get(area.level, len(ORDER)), area.name))
    return [
        (plain(a.name), max(years), a.code, a.name, ", ".join(above.name for above in division.ancestors(a.code)))
        for a in areas
        if a.level != AreaLevel.LAND
    ]


def matching_areas(release: Release | None, words: str) -> list[Hit]:
    """Return areas whose name holds the words; names that begin with them come first."""
    if release is None:
        return []
    hits = [row for row in _names(release) if words in row[0] or words == row[2].casefold()]
    hits.sort(key=lambda row: not row[0].startswith(words))
    return [
        Hit(_("buurt of wijk"), name, within, reverse("area", args=[year, code]))
        for _plain, year, code, name, within in hits[:MOST]
    ]


def matching_figures(release: Release | None, words: str) -> list[Hit]:
    """Return indicators of the release whose name or definition holds the words."""
    if release is None:
        return []
    present = set(release.manifest.indicators)
    hits = [
        i
        for i in catalogue().values()
        if i.id in present and not i.restricted and words in plain(f"{i.name} {i.name_en}")
    ]
    return [Hit(_("cijfer"), figure_name(i), term(i.unit), f"{reverse('map')}?indicator={i.id}") for i in hits[:MOST]]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, grouped by kind; an empty search says what can be searched."""
    asked = request.GET.get("q", "").strip()[:80]
    words = plain(asked)
    hits: list[Hit] = []
    if len(words) >= 2:
        release = releases.current_release()
        named = Q(question__icontains=asked) | Q(neighbourhood__name__icontains=asked)
        rounds = Round.objects.visible_to(request.user).filter(named)[:MOST]
        hits += matching_areas(release, words)
        drawn = [place for place in neighbourhoods() if words in plain(place.name) and len(place.codes) > 1]
        hits += [
            Hit(_("gebied van meer buurten"), p.name, p.wider, reverse("neighbourhood", args=[p.slug])) for p in drawn
        ]
        hits += [
            Hit(_("ronde"), r.neighbourhood.name, r.question, reverse("rounds:round", args=[r.slug])) for r in rounds
        ]
        hits += matching_figures(release, words)
    return render(request, "site/search.html", {"asked": asked, "hits": hits, "too_short": asked and len(words) < 2})
