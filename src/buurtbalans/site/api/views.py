"""The open API's lists: releases, areas, indicators and figures, each figure with its source or why there is none."""

from functools import lru_cache
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.balance.balance_definition import ChosenWeights
from buurtbalans.figures.catalogue import reader
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.release import frozen
from buurtbalans.method.datasets.queries import figures
from buurtbalans.site.api.responses import (
    MOST,
    VERSION,
    QueryError,
    problem,
    published_release,
    result_page,
    validation_message,
)
from buurtbalans.site.api.schemas import LEVELS, Areas, Balances, Figures, Indicators, Problem, Releases
from buurtbalans.site.exports.balance import BALANCE, balance_row
from buurtbalans.site.exports.figure_rows import figure_namer, figure_row, record
from buurtbalans.site.pages.balance import area_balances
from buurtbalans.site.pages.city_release import newest_city_release
from buurtbalans.site.pages.custom_weights import without_defaults as plain_weights

Pages = Annotated[int, Query(1, ge=1, le=1_000_000, description="Welke bladzijde.")]
Size = Annotated[int, Query(100, ge=1, le=MOST, alias="pageSize", description="Hoeveel op een bladzijde.")]
Many = Annotated[list[str], Query([], description="Mag meer keren: area=…&area=…")]
ERRORS: Any = {400: Problem, 404: Problem, 503: Problem}

api = NinjaAPI(
    title="Open cijfers van Buurtbalans",
    version=VERSION,
    description=(
        "De gepubliceerde cijfers over buurten, zonder inloggen. Elk cijfer heeft een bron en een jaar. "
        "Is er geen cijfer, dan staat erbij waarom. Cijfers over weinig mensen geeft de API niet."
    ),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    servers=[{"url": "/api/v1"}],
    openapi_extra={"info": {"contact": {"name": "De beheerder van deze site", "url": "/"}}},
)


@api.exception_handler(ValidationError)
def wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a query that does not fit."""
    return problem(400, validation_message(error))


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Answer a question about what is not there."""
    return problem(404, str(error))


@api.get("releases", response={200: Releases, **ERRORS}, url_name="releases", by_alias=True, summary="De uitgave")
def list_releases(request: HttpRequest, page: Pages = 1, size: Size = 100) -> Any:
    """De uitgave die nu gepubliceerd is, met haar bronnen. Oudere uitgaven geeft de API niet."""
    manifest = published_release().manifest
    sources = [
        {
            "id": s.id,
            "title": s.title,
            "publisher": s.publisher,
            "licence": s.licence,
            "period": s.period,
            "invented": s.invented,
        }
        for s in manifest.sources
    ]
    release = {
        "id": manifest.id,
        "title": manifest.title,
        "created": manifest.created.isoformat(),
        "invented": manifest.invented,
        "periods": list(manifest.periods),
        "divisions": list(manifest.divisions),
        "sources": sources,
    }
    return result_page(request, [release], 1, page, size)


@api.get("areas", response={200: Areas, **ERRORS}, url_name="areas", by_alias=True, summary="De gebieden")
def list_areas(
    request: HttpRequest,
    division: Annotated[int | None, Query(None, description="Jaar van de grenzen; anders het nieuwste.")] = None,
    level: LEVELS | None = None,
    within: Annotated[str, Query("", description="Code van een gebied: alleen wat daarin ligt.")] = "",
    page: Pages = 1,
    size: Size = 100,
) -> Any:
    """De gebieden van de uitgave, met het jaar van hun grenzen."""
    release = published_release()
    year = _map_year(release, division)
    areas = [area for area in _areas(release, year) if level is None or area["level"] == level]
    if within:
        areas = [area for area in areas if within in area["above"]]
    return result_page(request, areas[(page - 1) * size : page * size], len(areas), page, size)


def _map_year(release: frozen.Release, division: int | None) -> int:
    """Return the year of borders that is asked for, else the newest; Http404 when the release has no such map."""
    years = sorted(release.divisions)
    if not years or (division is not None and division not in years):
        raise Http404(f"Van dat jaar is er geen kaart. Wel van: {', '.join(map(str, years)) or 'geen jaar'}.")
    return division or years[-1]


@api.get(
    "indicators",
    response={200: Indicators, **ERRORS},
    url_name="indicators",
    by_alias=True,
    summary="Waar cijfers over zijn",
)
def list_indicators(
    request: HttpRequest,
    dimension: Literal["composition", "facilities", "liveability"] | None = None,
    page: Pages = 1,
    size: Size = 100,
) -> Any:
    """Waar deze uitgave cijfers over heeft, met uitleg en waar u op moet letten."""
    release = published_release()
    known = [reader.catalogue()[one] for one in figures.offered(release)]
    indicators = [one for one in known if dimension is None or one.dimension == dimension]
    items = [
        {
            "id": indicator.id,
            "name": indicator.name,
            "unit": indicator.unit,
            "dimension": indicator.dimension.value,
            "theme": indicator.theme,
            "definition": indicator.definition,
            "caveat": indicator.caveat,
            "source": indicator.source,
            "periods": list(figures.periods_of(release, indicator.id)),
        }
        for indicator in indicators[(page - 1) * size : page * size]
    ]
    return result_page(request, items, len(indicators), page, size)


@api.get("figures", response={200: Figures, **ERRORS}, url_name="figures", by_alias=True, summary="De cijfers")
def list_figures(
    request: HttpRequest,
    area: Many = [],  # noqa: B006  ninja makes a new one per request
    indicator: Many = [],  # noqa: B006
    period: Annotated[list[int], Query([], description="Jaar. Mag meer keren.")] = [],  # noqa: B006
    level: LEVELS | None = None,
    page: Pages = 1,
    size: Size = 100,
) -> Any:
    """Cijfers van gebieden (`area`), over een onderwerp (`indicator`), of allebei. Een van de twee is nodig."""
    if not area and not indicator:
        raise QueryError("Kies minstens één gebied (area) of één cijfer (indicator).")
    release = published_release()
    offered = figures.offered(release)
    strange = [one for one in indicator if one not in offered]
    if strange:
        raise QueryError(f"“{strange[0][:60]}” is er niet. In /api/v1/indicators staat wat er wel is.")
    first = (page - 1) * size
    total, shown = figures.page_of_shown(
        release, area or None, indicator or offered, period or None, level, first=first, most=size
    )
    name_of = figure_namer(release)
    items = [record(figure_row(one, name_of(one), release.id)) for one in shown]
    return result_page(request, items, total, page, size)


@api.get("balance", response={200: Balances, **ERRORS}, url_name="balance", by_alias=True, summary="De balans")
def list_balance(
    request: HttpRequest,
    level: Literal["buurt", "wijk", "stadsdeel"] = "buurt",
    within: Annotated[str, Query("", description="Code van een gemeente; anders die van de site.")] = "",
    weights: Annotated[str, Query("", description="Gewichten, zoals in het adres van een pagina.")] = "",
    page: Pages = 1,
    size: Size = 100,
) -> Any:
    """Per gebied drie bellen: waar elk deel ligt, vergeleken met de stad. De drie delen worden nooit één cijfer."""
    release = published_release()
    here = newest_city_release(release, within)
    if here is None or here.municipality.code != (within or here.municipality.code):
        raise Http404("Van die gemeente is er geen kaart.")
    asked = plain_weights(ChosenWeights.from_text(weights))
    lying = area_balances(here, AreaLevel(level), asked)
    rows = [(area, each) for area in lying for each in area.found][(page - 1) * size : page * size]
    items = [record(balance_row(area, each, asked, release.id), BALANCE) for area, each in rows]
    return result_page(request, items, len(Dimension) * len(lying), page, size)


@lru_cache(maxsize=8)
def _areas(release: frozen.Release, division: int) -> list[dict[str, Any]]:
    place = release.division(division)
    return [
        {
            "code": one.code,
            "name": one.name,
            "level": one.level.value,
            "division": division,
            "parent": one.parent,
            "above": {above.code for above in place.ancestors(one.code)},
        }
        for one in sorted(place, key=lambda one: one.code)
    ]
