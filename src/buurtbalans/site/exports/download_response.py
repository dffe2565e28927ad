"""The answer that saves an export: its name says what it is and of which release, and it comes in pieces."""

import re
import unicodedata
from typing import Final

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from buurtbalans.site.exports.figure_rows import Export
from buurtbalans.site.exports.writers import KINDS, as_csv, as_json, as_xlsx

KIND_WORDS: Final = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
_OTHER: Final = re.compile(r"[^a-z0-9]+")


def download_response(export: Export, kind: str) -> HttpResponseBase:
    """Return an export as a file to save; an unknown kind of file is a page that does not exist."""
    if kind not in KINDS:
        raise Http404("dit soort bestand is er niet")
    answer: HttpResponseBase
    if kind == "xlsx":
        answer = FileResponse(as_xlsx(export), content_type=KINDS[kind])
    else:
        pieces = as_csv(export) if kind == "csv" else as_json(export)
        answer = StreamingHttpResponse(pieces, content_type=KINDS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(export, kind)}"'
    return answer


def download_links(name: str, *args: object, query: str = "") -> list[tuple[str, str]]:
    """Return each kind of file with the address that saves it, for the links on a page."""
    end = f"?{query}" if query else ""
    return [(KIND_WORDS[kind], reverse(name, args=[*args, kind]) + end) for kind in KINDS]


def file_name(export: Export, kind: str) -> str:
    """Return the name of the file in plain letters: what, which release, which kind."""
    plain = unicodedata.normalize("NFKD", export.stem).encode("ascii", "ignore").decode().lower()
    stem = _OTHER.sub("-", plain).strip("-")[:100] or "cijfers"
    return f"{stem}-uitgave-{export.release.id}.{kind}"
