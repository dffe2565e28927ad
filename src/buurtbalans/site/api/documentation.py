"""What the open API says of itself: its description for programs (OpenAPI), for people, and for data portals (DCAT)."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from buurtbalans.site.api.responses import published_release
from buurtbalans.site.api.views import api


@cache
def schema() -> dict[str, Any]:
    """Return the description of the API, made once."""
    document: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))
    return document


def openapi(request: HttpRequest) -> HttpResponse:
    """Give the description for programs."""
    return HttpResponse(json.dumps(schema(), ensure_ascii=False), content_type="application/json")


def catalog(request: HttpRequest) -> HttpResponse:
    """Describe the published set for data portals, in the words of DCAT."""
    manifest = published_release().manifest
    figures = request.build_absolute_uri(reverse("api:figures"))
    about = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": request.build_absolute_uri(reverse("api:catalog")),
        "@type": "dcat:Catalog",
        "dct:title": {"@language": "nl", "@value": "Open cijfers van Buurtbalans"},
        "dcat:dataset": {
            "@id": f"{figures}#{manifest.id}",
            "@type": "dcat:Dataset",
            "dct:title": {"@language": "nl", "@value": manifest.title},
            "dct:identifier": manifest.id,
            "dct:issued": manifest.created.date().isoformat(),
            "dct:temporal": [str(period) for period in manifest.periods],
            "dct:source": [
                {
                    "dct:title": source.title,
                    "dct:publisher": {"foaf:name": source.publisher},
                    "dct:license": source.licence,
                }
                for source in manifest.sources
            ],
            "dcat:distribution": {
                "@type": "dcat:Distribution",
                "dcat:accessURL": figures,
                "dcat:mediaType": "application/json",
                "dct:conformsTo": request.build_absolute_uri(reverse("api:openapi")),
            },
        },
    }
    return HttpResponse(json.dumps(about, ensure_ascii=False), content_type="application/ld+json")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show people what the API can be asked, with an example of each; nothing on the page comes from elsewhere."""
    lists = [
        {
            "path": f"/api/v1{path}",
            "summary": each["get"]["summary"],
            "words": each["get"]["description"],
            "example": f"/api/v1{path}" + ("?indicator=population&level=buurt" if path == "/figures" else ""),
            "keys": [
                (key["name"], key.get("description", ""), key["schema"].get("enum") or _choices(key["schema"]))
                for key in each["get"].get("parameters", ())
            ],
        }
        for path, each in schema()["paths"].items()
    ]
    return render(request, "site/api.html", {"lists": lists, "version": schema()["info"]["version"]})


def _choices(about: dict[str, Any]) -> list[str]:
    return [value for each in about.get("anyOf", ()) for value in each.get("enum", ())]
