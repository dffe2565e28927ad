"""Where a figure comes from: definition, caveat, source, years, how sure it is and when it is withheld."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from buurtbalans.figures.indicator import SourceKind, catalogue
from buurtbalans.method.datasets import queries

from .map import periods


@require_safe
def show_source(request: HttpRequest, indicator: str) -> HttpResponse:
    """Show what an indicator counts and where it comes from; `?gebied=` leads back to the area one came from."""
    known = catalogue().get(indicator)
    release = queries.current_release()
    if known is None or known.restricted:
        raise Http404("dit cijfer is er niet")
    entry = catalogue().sources.get(known.source)
    infos = [info for info in release.manifest.sources if _serves(info.id, known.source)] if release else []
    present = bool(release and known.id in release.manifest.indicators)
    context = {
        "indicator": known,
        "sources": infos,
        "published": entry is not None and entry.kind is SourceKind.PUBLISHED,
        "partner": entry is not None and entry.kind is SourceKind.PARTNER,
        "release": release,
        "periods": periods(release, known) if release and present else [],
        "present": present,
        "part": catalogue().get(known.part or ""),
        "whole": catalogue().get(known.denominator or ""),
        "back": _back(request),
    }
    return render(request, "site/source.html", context)


def _serves(source: str, wanted: str) -> bool:
    entry = catalogue().sources.get(source)
    return source == wanted or bool(entry and entry.like == wanted)


def _back(request: HttpRequest) -> str:
    code, year = request.GET.get("gebied", ""), request.GET.get("jaar", "")
    if code.isalnum() and year.isascii() and year.isdigit():
        return reverse("area", args=[int(year), code])
    return ""
