"""Pages: a list that a server gives in parts, kept on disk part by part, whole or not used."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

from buurtbalans.figures.fetching.client import Client, parsed, same_host
from buurtbalans.figures.findings import Refused, refuse

_STATE: Final = "voortgang.json"
_ADVICE: Final = "Probeer het later opnieuw. Blijft dit zo, dan is de server veranderd."
Say = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a kind of server puts the rows, how many there are, and where the next page is."""

    rows: str
    count: str
    next: Callable[[dict[str, Any]], str | None]


def _next_of(links: Any) -> str | None:
    next_links = [link for link in links or [] if isinstance(link, dict) and link.get("rel") == "next"]
    return str(next_links[0].get("href")) if next_links else None


V3: Final = Paging("value", "odata.count", lambda page: page.get("odata.nextLink"))
V4: Final = Paging("value", "@odata.count", lambda page: page.get("@odata.nextLink"))
OGC: Final = Paging("features", "numberMatched", lambda page: _next_of(page.get("links")))


@dataclass(frozen=True, slots=True)
class Listed:
    """A whole list: its rows, and address and sha256 of each page."""

    rows: list[dict[str, Any]]
    pages: tuple[tuple[str, str], ...]


def listed(
    client: Client, url: str, paging: Paging, key: Callable[[dict[str, Any]], str], half: Path, say: Say
) -> Listed:
    """Return all rows of a list; pages that an earlier try brought and that are still whole are not fetched again.

    Parameters
    ----------
    client, url, paging
        Where the list is and how it comes.
    key
        What names a row: no two rows may have the same.
    half
        A folder for the pages while the list is not whole.
    say
        Told after each page: the list, rows so far, and rows in all where the server says it.

    Raises
    ------
    Refused
        When a page is empty, comes twice, is of another list, or when the rows are not as many as promised.
    """
    half.mkdir(parents=True, exist_ok=True)
    progress = _Progress(half, url, paging)
    while (following := progress.following) is not None:
        if len(progress.pages) >= client.limits.pages:
            raise refuse("De lijst heeft te veel bladzijden.", _ADVICE)
        content, data = client.json(following)
        try:
            progress.add(_Page.of(following, data, content, paging))
        except Refused:
            shutil.rmtree(half, ignore_errors=True)  # the list is not what it was: a next try begins anew
            raise
        say(url, len(progress.rows), progress.count)
    try:
        _whole(progress.rows, progress.count, key)
    except Refused:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return Listed(progress.rows, tuple((page.url, page.sha256) for page in progress.pages))


@dataclass(frozen=True, slots=True)
class _Page:
    """One page: what it holds, how many rows the list has by its word, and where the next one is."""

    url: str
    sha256: str
    data: bytes
    rows: list[dict[str, Any]]
    count: int | None
    next: str | None

    @classmethod
    def of(cls, url: str, data: bytes, content: dict[str, Any], paging: Paging) -> "_Page":
        """Make a page of an answer."""
        rows = content.get(paging.rows)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise refuse("Het antwoord is geen lijst.", _ADVICE)
        told = str(content.get(paging.count, ""))
        count = int(told) if told.isdecimal() else None
        link = paging.next(content)
        if link is not None and not rows:
            raise refuse("De server geeft een lege bladzijde en zegt dat er meer is.", _ADVICE)
        following = None if link is None else urljoin(url, link)
        if following is not None and not same_host(url, following):
            raise refuse("De volgende bladzijde staat op een ander adres.", "Klopt dat? Geef het adres met --base.")
        return cls(url, hashlib.sha256(data).hexdigest(), data, rows, count, following)


class _Progress:
    """The pages so far, on disk; what does not fit the question or is damaged is fetched again."""

    def __init__(self, folder: Path, url: str, paging: Paging) -> None:
        self.folder, self.url = folder, url
        self.pages: list[_Page] = []
        self.rows: list[dict[str, Any]] = []
        for address, sha256 in self._told():
            path = folder / f"{len(self.pages) + 1:05}.json"
            data = path.read_bytes() if path.is_file() else b""
            if hashlib.sha256(data).hexdigest() != sha256:
                break
            self._take(_Page.of(address, data, parsed(data), paging))

    @property
    def following(self) -> str | None:
        """Return where the next page is: the first, or the one after the last that is kept."""
        return self.pages[-1].next if self.pages else self.url

    @property
    def count(self) -> int | None:
        """Return how many rows the first page promises."""
        return self.pages[0].count if self.pages else None

    def add(self, page: _Page) -> None:
        """Keep a page; refuse one that came before, that leads back, or that speaks of another number of rows."""
        if any(other.sha256 == page.sha256 for other in self.pages):
            raise refuse("De server geeft dezelfde bladzijde twee keer.", _ADVICE)
        if page.next in {page.url, *(other.url for other in self.pages)}:
            raise refuse("De bladzijden verwijzen in een kring naar elkaar.", _ADVICE)
        if self.pages and page.count not in (None, self.count):
            what = f"De lijst veranderde tijdens het ophalen: eerst {self.count} rijen, toen {page.count}."
            raise refuse(what, _ADVICE)
        self._take(page)
        (self.folder / f"{len(self.pages):05}.json").write_bytes(page.data)
        told = {"url": self.url, "pages": [(each.url, each.sha256) for each in self.pages]}
        aside = self.folder / f".{_STATE}"
        aside.write_text(json.dumps(told), encoding="utf-8")
        aside.replace(self.folder / _STATE)

    def _take(self, page: _Page) -> None:
        self.pages.append(page)
        self.rows += page.rows

    def _told(self) -> list[tuple[str, str]]:
        try:
            told = json.loads((self.folder / _STATE).read_text(encoding="utf-8"))
            return [(str(url), str(sha256)) for url, sha256 in told["pages"]] if told["url"] == self.url else []
        except (OSError, ValueError, KeyError, TypeError):
            return []


def _whole(rows: list[dict[str, Any]], count: int | None, key: Callable[[dict[str, Any]], str]) -> None:
    if not rows:
        raise refuse("De lijst is leeg.", "Kijk het jaar en de gemeente na.")
    if count is not None and count != len(rows):
        raise refuse(f"De lijst heeft {len(rows)} rijen. De server belooft er {count}.", _ADVICE)
    try:
        keys = [key(row) for row in rows]
    except (KeyError, TypeError, AttributeError):
        raise refuse("Een rij in de lijst mist haar code.", _ADVICE) from None
    if len(set(keys)) != len(keys):
        raise refuse(f"{len(keys) - len(set(keys))} rijen staan er dubbel in.", _ADVICE)
