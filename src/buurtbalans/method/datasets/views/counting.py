"""Counting a list in the partner's own browser: the page and the borders; the server never receives a row."""

import json
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from buurtbalans.figures.area.borders import exact_borders
from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.protection.policy import care
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets import forms, rules
from buurtbalans.method.datasets.queries import deliveries, releases
from buurtbalans.method.datasets.views.counting_words import CIRCLES, WORDS

DAY = 86_400


@require_safe
@login_required
def count(request: HttpRequest) -> HttpResponse:
    """Let somebody count a list without sending it; what is sent is shown first and goes to `receive_counts`."""
    rules.require_may_deliver(request.user)
    release = releases.current_release()
    return render(request, "datasets/counting.html", _context(release) if release and release.divisions else {})


def _context(release: Release) -> dict[str, Any]:
    id = release.manifest.id
    years = sorted(release.divisions, reverse=True)
    return {
        "divisions": [(year, reverse("datasets:count_borders", args=[id, year])) for year in years],
        "example": release.manifest.invented,
        "words": {key: str(sentence) for key, sentence in WORDS.items()},
        "circles": _circles(),
    }


def _circles() -> list[dict[str, Any]]:
    """Return what the gate asks for a partner's figures before each circle, for the page to say beforehand."""
    careful = [care(SourceKind.PARTNER, audience) for audience in deliveries.OUTWARD]
    return [
        {"title": str(title), "who": str(who), "minimum": asked.minimum, "step": asked.step}
        for title, who, asked in zip(forms.AUDIENCES, CIRCLES, careful, strict=True)
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
    found = _found(release, division)
    if found is None:
        raise Http404
    answer = HttpResponse(_borders(found, division), content_type="application/json")
    patch_cache_control(answer, public=True, max_age=DAY)
    return answer


@lru_cache(maxsize=4)
def _borders(release: Release, division: int) -> bytes:
    return json.dumps(exact_borders(release.division(division)), separators=(",", ":")).encode()
