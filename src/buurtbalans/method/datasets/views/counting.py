"""Counting a list in the partner's own browser: the page and the borders; the server never receives a row."""

import json
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from buurtbalans.figures.area.borders import exact_borders
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets import rules
from buurtbalans.method.datasets.queries import deliveries, releases
from buurtbalans.method.datasets.views.counting_words import WORDS
from buurtbalans.method.people.models import Organisation

DAY = 86_400


@require_safe
@login_required
def count(request: HttpRequest) -> HttpResponse:
    """Let somebody count a list without sending it; what is sent is shown first and goes to `receive_counts`."""
    organisation = rules.require_may_deliver(request.user)
    release = releases.current_release()
    context = _context(release, organisation) if release and release.divisions else {}
    return render(request, "datasets/counting.html", context)


def _context(release: Release, organisation: Organisation) -> dict[str, Any]:
    id = release.manifest.id
    years = sorted(release.divisions, reverse=True)
    return {
        "divisions": [(year, reverse("datasets:count_borders", args=[id, year])) for year in years],
        "example": release.manifest.invented,
        "words": {key: str(sentence) for key, sentence in WORDS.items()},
        "circles": _circles(organisation),
    }


def _circles(organisation: Organisation) -> list[dict[str, Any]]:
    """Return the disclosure rule for the figures of an organisation before each circle, for the page to announce."""
    disclosure_rules = deliveries.rules_of(organisation)
    return [
        {
            "title": capfirst(_(audience.words.name)),
            "who": _(audience.words.name),
            "minimum": disclosure_rules[audience].minimum_frequency,
            "step": disclosure_rules[audience].rounding_base,
        }
        for audience in Audience.outside()
    ]


def _found(release: str, division: int) -> Release | None:
    """Return the published release when it is the one that is asked, and knows that year."""
    now = releases.current_release()
    return now if now and now.manifest.id == release and division in now.divisions else None


def _seal(request: HttpRequest, release: str, division: int) -> str | None:
    """Return the ETag: a release is frozen, so its name and the year say which borders these are."""
    return f'"{release}-{division}"' if _found(release, division) else None


@require_safe
@condition(etag_func=_seal)
@gzip_page
def count_borders(request: HttpRequest, release: str, division: int) -> HttpResponse:
    """Send the exact borders of the buurten of a year in the published release; they are open to everybody."""
    borders = _found(release, division)
    if borders is None:
        raise Http404
    answer = HttpResponse(_borders(borders, division), content_type="application/json")
    patch_cache_control(answer, public=True, max_age=DAY)
    return answer


@lru_cache(maxsize=4)
def _borders(release: Release, division: int) -> bytes:
    return json.dumps(exact_borders(release.division(division)), separators=(",", ":")).encode()
