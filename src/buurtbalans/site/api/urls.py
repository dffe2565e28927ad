"""The addresses of the open API: no slash at the end, and every address it does not have is a problem in words."""

from typing import Final

from django.urls import URLPattern, URLResolver, path

from buurtbalans.site.api.documentation import catalog, docs, openapi
from buurtbalans.site.api.responses import api_view, unknown
from buurtbalans.site.api.views import api

PAGING: Final = ("page", "pageSize")
KEYS: Final = {
    "releases": PAGING,
    "areas": ("division", "level", "within", *PAGING),
    "indicators": ("dimension", *PAGING),
    "balance": ("level", "within", "weights", *PAGING),
    "figures": ("area", "indicator", "period", "level", *PAGING),
}
_VIEWS: Final = {each.name: each.callback for each in api.urls[0] if isinstance(each, URLPattern)}

addresses: list[URLPattern | URLResolver] = [
    path("v1", docs, name="docs"),
    path("v1/openapi.json", api_view(openapi), name="openapi"),
    path("v1/catalog", api_view(catalog), name="catalog"),
    *(path(f"v1/{name}", api_view(_VIEWS[name], keys), name=name) for name, keys in KEYS.items()),
    path("v1/<path:rest>", api_view(unknown), name="unknown"),
    path("v1/", api_view(unknown), name="slash"),
]
