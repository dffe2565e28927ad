"""Every page of the site in English: it answers, says so, and shows no text that could have been translated."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

import hatch_build
from buurtbalans.figures.release.frozen import Release
from tests.site.access import ROWS, VIEWERS
from tests.site.content_fixtures import Content
from tests.site.test_english import ENGLISH, PO

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("bare")]

FILES = {
    "healthz",
    "datasets:template",
    "placements:template",
    "datasets:count_borders",
    "map_file",
    "city_file",
    "area_file",
    "area_beside_file",
    "neighbourhood_file",
    "neighbourhood_beside_file",
    "city_balance_file",
    "area_balance_file",
    "neighbourhood_balance_file",
    "api:openapi",
    "api:catalog",
    "api:releases",
    "api:areas",
    "api:indicators",
    "api:balance",
    "papers:agreement",
    "papers:picture",
    "papers:plan",
    "large_map:data",
    "large_map:mark",
    "typing_key",
    "large_map:paper",
    "phone:worker",
    "phone:token",
}  # answers that are no page
GAP = re.compile(r"%\(\w+\)[sd]|%[sd]")
SHOWN = [row for row in ROWS if row.method == "GET" and 200 in row.own.values() and row.name not in FILES]
VOID = {"meta", "link", "input", "img", "br", "hr", "path", "rect", "line", "circle", "use"}
SPOKEN_ATTRIBUTES = {"aria-label", "title", "alt", "placeholder"}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the English texts as the build makes them, of the list as it is now."""
    root = tmp_path_factory.mktemp("english")
    source = root / hatch_build.LOCALE / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_bytes(PO.read_bytes())
    hatch_build.compile_texts(root)
    return root / hatch_build.LOCALE


@pytest.fixture
def english(compiled: Path, settings: Any) -> Client:
    """A visitor who chose English."""
    settings.LOCALE_PATHS = [compiled]
    client = Client()
    client.cookies[live.LANGUAGE_COOKIE_NAME] = "en"
    return client


def pattern(dutch: str) -> str:
    """Return what a Dutch text looks like on a page, with anything in its gaps."""
    return ".+?".join(
        re.escape(" ".join(part.split())) if part.strip() else re.escape(part) for part in GAP.split(dutch)
    )


def tells_itself(dutch: str) -> bool:
    """Return whether a text is known by its own words: "… tot …" could be anything that people wrote."""
    own = GAP.sub("", dutch)
    return len(own) > (10 if GAP.match(dutch) else 3)


@cache
def dutch() -> re.Pattern[str]:
    """Return what any text that has an English one looks like."""
    return re.compile(
        "|".join(
            pattern(one)
            for (_context, ids), strings in ENGLISH.items()
            for one, other in zip(ids, strings, strict=True)
            if one != other and tells_itself(one)
        )
    )


ALSO_ENGLISH = {text for strings in ENGLISH.values() for text in strings}


class Texts(HTMLParser):
    """Collects what a page says in its own language: text and spoken attributes outside `lang="nl"`."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.language = ""
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        if self.inside or given.get("lang") == "nl" or tag in ("style", "script", "code"):
            if tag not in VOID:
                self.inside.append(tag)
            return
        self.said += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value and not self.inside]

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag not in VOID:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.inside:
            self.said.append(data)


def heard(page: str) -> Texts:
    texts = Texts()
    texts.feed(page)
    return texts


def left_in_dutch(page: str) -> list[str]:
    """Return the texts of a page that have an English one and are not in English."""
    clean = (" ".join(text.split()) for text in heard(page).said)
    return [text for text in clean if text not in ALSO_ENGLISH and dutch().fullmatch(text)]


def pages(content: Content, client: Client) -> Iterator[tuple[str, Any]]:
    for who in VIEWERS:
        viewer: Any = AnonymousUser() if who == "anonymous" else content.world[who]
        rows = [row for row in SHOWN if next(name for name in VIEWERS if row.own[name] == 200) == who]
        if rows and viewer.is_authenticated:
            client.force_login(viewer)
        for row in rows:
            yield row.name, client.get(reverse(row.name, args=content.args[row.of]["own"]))
        client.logout()
        client.cookies[live.LANGUAGE_COOKIE_NAME] = "en"


def test_dutch_that_is_left_is_seen() -> None:
    page = '<html lang="en"><p>Mijn buurten</p><p lang="nl">Uw rondes <b>Kaart</b></p><a title="Naar de kaart">Map</a>'
    assert left_in_dutch(page + "<p>Kaart van Rotterdam</p>") == [
        "Mijn buurten",
        "Naar de kaart",
        "Kaart van Rotterdam",
    ]


@pytest.mark.slow
def test_every_page_is_there_in_english(english: Client, waterdam: Release) -> None:
    wrong, seen = [], set()
    for name, answer in pages(Content(), english):
        page = answer.content.decode()
        seen.add(name)
        if answer.status_code != 200 or heard(page).language != "en":
            wrong.append(f"{name}: {answer.status_code}, lang={heard(page).language}")
        wrong += [f"{name}: {text}" for text in left_in_dutch(page)]
    assert not wrong, "\n".join(wrong)
    assert seen == {row.name for row in SHOWN}
    assert len(seen) > 40


def test_the_frame_speaks_english(english: Client, waterdam: Release) -> None:
    page = english.get("/kaart/").content.decode()
    for words in (
        "Main menu",
        "Find a neighbourhood",
        "The same map as a table",
        "No figure, with reason",
        "How Buurtbalans works",
    ):
        assert words in page
    assert "1,0" in page or "clearly lower" in page


def test_one_click_each_way(client: Client, compiled: Path, settings: Any) -> None:
    settings.LOCALE_PATHS = [compiled]
    assert "Inloggen" in client.get("/").content.decode()
    client.post("/taal/", {"language": "en", "next": "/"})
    page = client.get("/").content.decode()
    assert "Log in" in page
    assert 'value="nl" lang="nl">Nederlands' in page
    client.post("/taal/", {"language": "nl", "next": "/"})
    assert "Inloggen" in client.get("/").content.decode()


def test_figures_are_written_as_english_writes_them(english: Client, waterdam: Release) -> None:
    page = english.get("/kaart/?indicator=population").content.decode()
    assert re.search(r"\d,\d{3}", page)
    assert not re.search(r">\d\.\d{3}<", page)


def test_sentences_of_figures_are_english(english: Client, waterdam: Release) -> None:
    for page in ("", "waarom/"):
        said = " ".join(heard(english.get(f"/buurt/2025/BU99990501/{page}").content.decode()).said)
        assert "Compared with" in said
        assert not re.search(r"\bVergeleken\b|dan in de stad|\bvan de 100\b|gegevens\b", said), page
