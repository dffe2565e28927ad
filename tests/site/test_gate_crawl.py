"""Everything outward goes through the gate: a crawler finds no withheld number on any page, in any file or answer."""

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typst
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from docx import Document

from buurtbalans.figures.protection.gate import Shown
from buurtbalans.method.people.actions import add_organisation, add_person, grant
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.site.pages.numbers import value_text
from tests.method.deliveries import kept
from tests.method.deliveries import shared as share
from tests.site.content_fixtures import Content
from tests.site.gate_crawl import Walk, addresses, signed_in
from tests.site.gate_parts import COUNTED, RESTRICTED, SMALL, SURVEYED, Planted, guard, let_through, plant, search
from tests.site.gate_parts import words_of as said

WHO = (
    "anonymous",
    "reader",
    "member",
    "foreign_ring",
    "core_member",
    "ring_member",
    "guest",
    "administrator",
    "auditor",
    "process_guide",
    "data_steward",
)
queried, made = (  # by their full names: the package has functions of the same name
    import_module(f"buurtbalans.method.datasets.queries.{name}") for name in ("releases", "figures")
)
BOUNDED = ("anonymous", "core_member", "data_steward")
CONFIDENTIAL = ("core_member", "process_guide")  # may see what was shared with the core group
_FIGURE = re.compile(r'<td class="(?:getal|cijfer)"[^>]*>(?:<b>)?([^<]*)')
_TABLE = re.compile(r'<table class="tabel tabel--dicht(?: cijfers)?">.*?</table>', re.DOTALL)
_TO = re.compile(r" (?:tot|to) ")  # a group goes from one figure to another
_PAGES = re.compile(r"^GET /(?:kaart|buurt|gebied)/")


class Secret:
    """A partner whose counts nobody else may see: some are its own, some only the core group sees."""

    def __init__(self, content: Content) -> None:
        home = add_organisation(by=None, slug="stil", name="Stil", kind="zorg")
        who = add_person(
            by=None, username="stil", first_name="St", last_name="Il", organisation=home, password="x" * 20
        )
        core = content.world.core["own"]
        grant(by=None, person=who, role=Role.MEMBER, circle=home.circle)
        grant(by=content.world["process_guide"], person=who, role=Role.CORE_MEMBER, circle=core)
        own = {code: 7_100_003 + 11_117 * place for place, code in enumerate(content.codes[:20])}
        few = [code for code in content.codes if code[:8] == content.codes[0][:8]][:3]
        told = dict(zip(few, (3, 8_314_159, 9_265_358), strict=True))
        self.own = set(map(float, own.values()))
        self.told = {8_314_159.0, 9_265_358.0}
        self.never = kept(who, own, "Eigen telling").pk
        self.shared = share(who, core, "Gedeelde telling", told).pk

    def paths(self) -> list[str]:
        """Return where these deliveries would be seen."""
        return [f"/cijfers/leveringen/{pk}/" for pk in (self.never, self.shared)]

    def of(self, who: str) -> set[float]:
        """Return the counts that somebody may not see; the exact count of a small group nobody may."""
        return self.own if who in CONFIDENTIAL else self.own | self.told


class Passed:
    """What the gate let through: as numbers, and as text in both languages."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.values: set[float] = set()
        self.texts = {"", "–"}
        for module in (queried, made):
            monkeypatch.setattr(module, "through", self._watching(module.through))

    def _watching(self, gate: Any) -> Any:
        def through(*args: Any, **kwargs: Any) -> list[Shown]:
            passed: list[Shown] = gate(*args, **kwargs)
            self.values |= {one.value for one in passed if one.value is not None}
            self.texts |= {value_text(one) for one in passed}
            return passed

        return through

    def strange(self, path: str, answer: HttpResponse) -> set[str]:
        """Return the figures on a page that did not come through the gate."""
        if not _PAGES.match(path) or "html" not in answer.headers.get("Content-Type", ""):
            return set()
        tables = "".join(_TABLE.findall(answer.getvalue().decode()))
        ends = {end for text in _FIGURE.findall(tables) for end in _TO.split(text.replace("&nbsp;", "\xa0").strip())}
        return ends - self.texts


@pytest.fixture
def passed(monkeypatch: pytest.MonkeyPatch) -> Passed:
    return Passed(monkeypatch)


@pytest.fixture
def planted(db: None, data: Path, monkeypatch: pytest.MonkeyPatch) -> Planted:
    guard(monkeypatch)
    return plant(data, 1)


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """All that is logged, from the first detail on."""
    lines: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    root, listening = logging.getLogger(), Listening()
    before = root.level
    root.addHandler(listening)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(listening)
    root.setLevel(before)


def starts(content: Content) -> list[str]:
    """Return addresses that lead straight to what is withheld."""
    found, area = [], f"/buurt/2025/{content.codes[0]}"
    for name in (*COUNTED, *RESTRICTED, *SURVEYED, SMALL, "waterdam-telling:geheim", "survey_respondents"):
        found += [f"/kaart/?indicator={name}&gekozen={content.codes[0]}", f"/bron/{name}/", f"/zoek/?q={name}"]
        found += [f"/kaart/tabel.{kind}?indicator={name}" for kind in ("csv", "xlsx", "json")]
        found += [f"/kaart/?indicator={name}&niveau=wijk&jaar=2024"]
        found += [f"/api/v1/figures?indicator={name}&pageSize=1000", f"/api/v1/figures?indicator={name}&period=1"]
        found += [f"{area}/?cijfer={name}&naast={content.codes[1]}", f"{area}/vergelijking.csv?cijfer={name}"]
    for kind in ("csv", "xlsx", "json"):
        found += [f"{area}/cijfers.{kind}", f"/kaart/alle-cijfers.{kind}", f"/kaart/alle-cijfers.{kind}?niveau=wijk"]
    return [
        *found,
        f"/api/v1/figures?area={content.codes[0]}&pageSize=1000",
        "/geen-pagina/",
        "/api/v1/figures?level=x",
    ]


def crawl(content: Content, planted: Planted, secret: Secret, passed: Passed, who: str, most: int) -> list[str]:
    """Walk the site as somebody and return every answer with a number in it that should not be there."""
    viewer: Person | AnonymousUser = AnonymousUser() if who == "anonymous" else content.world[who]
    forms = planted.forms | {str(int(value)): value for value in secret.of(who)}
    wrong: list[str] = []

    def read(path: str, answer: HttpResponse) -> None:
        wrong.extend(f"{who}: {path} says {value}" for value in search(said(answer), forms))
        wrong.extend(f"{who}: {path} shows “{text}” past the gate" for text in passed.strange(path, answer))
        if answer.status_code == 500:
            wrong.append(f"{who}: {path} broke")

    walk = Walk(signed_in(viewer), read, most)
    first = starts(content)
    if most and who != "anonymous":
        first = first[::7]  # what is open to all was read as nobody in particular
    walk.go([*first, *secret.paths(), *addresses(content, "GET")], addresses(content, "POST"))
    return wrong


def test_three_hundred_numbers_are_planted_and_the_gate_withholds_them_all(planted: Planted) -> None:
    assert len(planted.withheld) >= 300
    assert let_through(planted) == set()
    assert {name for _, name, _ in planted.withheld} >= {*COUNTED, *SURVEYED, SMALL, *RESTRICTED}


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("who", BOUNDED)
def test_no_page_file_or_answer_holds_a_withheld_number(
    planted: Planted, passed: Passed, heard: list[str], who: str
) -> None:
    content = Content()
    wrong = crawl(content, planted, Secret(content), passed, who, most=1)
    wrong += [f"the log says {value}" for value in search("\n".join(heard), planted.forms)]
    assert not wrong, "\n".join(wrong[:20])
    assert len(passed.values) > 500


@pytest.mark.slow
@pytest.mark.once
def test_the_crawler_finds_what_goes_past_the_gate(
    planted: Planted, passed: Passed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each way out is opened once: the map, an area, a file, the API and the log would tell."""
    content = Content()

    gate = queried.through

    def open_gate(*args: Any, **kwargs: Any) -> list[Shown]:
        real = [(one, planted.withheld.get((one.area, one.indicator.id, one.period))) for one in gate(*args, **kwargs)]
        return [one if value is None else replace(one, value=value, absence=None) for one, value in real]

    monkeypatch.setattr(queried, "through", open_gate)
    area = f"/buurt/2025/{content.codes[0]}"
    ways = [
        "/kaart/?indicator=debt_help",
        "/kaart/tabel.csv?indicator=debt_help",
        "/kaart/tabel.xlsx?indicator=debt_help",
        "/kaart/tabel.json?indicator=feels_at_home",
        f"{area}/",
        f"{area}/cijfers.csv",
        f"{area}/cijfers.xlsx",
        f"{area}/vergelijking.json?cijfer=feels_at_home",
        "/api/v1/figures?indicator=rent_arrears",
    ]
    found: dict[str, set[float]] = {}
    strange: set[str] = set()
    passed.texts = {"", "–"}

    def read(path: str, answer: HttpResponse) -> None:
        found[path] = search(said(answer), planted.forms)
        strange.update(passed.strange(path, answer))

    Walk(signed_in(AnonymousUser()), read, most=1).go(ways)
    assert [way for way in ways if not found[f"GET {way}"]] == []
    assert strange


def test_a_number_is_found_on_paper_and_in_what_is_packed() -> None:
    secret, forms = "Wij telden 1.234.567 keer.", {"1234567": 1.0}
    word, packed, cut = io.BytesIO(), io.BytesIO(), Document()
    line = cut.add_paragraph("Wij telden 1234")
    line.add_run("567").bold = True
    cut.save(word)
    paper = typst.compile(f'#set document(title: "Papier")\n{secret}'.encode())
    with zipfile.ZipFile(packed, "w") as zip_:
        zip_.writestr("binnen.pdf", paper)
    for body in (paper, word.getvalue(), packed.getvalue()):
        assert search(said(HttpResponse(body)), forms) == {1.0}
        assert not search(said(HttpResponse(body)), {"7654321": 1.0})


@pytest.mark.parametrize(
    "text",
    [
        "1234567",
        "1.234.567",
        "1,234,567",
        "1 234 567",
        "1\xa0234\xa0567",
        "1&nbsp;234&nbsp;567",
        "1234567.0",
        "1.234567e+06",
        "€ 1.234.567",
        '{"value": 1234567}',
        "43,217651",
        "43.217651",
        "43,21765",
        "0.43217651",
    ],
)
def test_a_number_is_found_in_every_form(text: str) -> None:
    forms = {"1234567": 1.0, "43217651": 2.0, "4321765": 2.0, "043217651": 2.0}
    assert len(search(f"<td>{text}</td>", forms)) == 1
    assert not search("<td>1.234.568 en 43,21766</td>", forms)
