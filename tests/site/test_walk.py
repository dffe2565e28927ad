"""The whole site, walked once as each viewer and read by every judge: access, canaries, numbers, the gate, the log.

The town is marked: a word of its own in every kind of text says for which circle it is, and three hundred numbers in
the release may never come out. Daily four viewers ask for everything, and follow links; of the others representatives
ask for each address. `make faults` walks as everybody, far behind the links, and once more through the trash.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from buurtbalans.figures.protection.gate import Shown
from buurtbalans.method.people.actions import add_organisation, add_person, grant
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.plans.actions.versions import agree_plan
from buurtbalans.site.texts import IN_A_ROUND, KINDS
from tests.method.deliveries import kept
from tests.method.deliveries import shared as share
from tests.site.access import CORE, RING, ROWS, VIEWERS
from tests.site.canaries import CODES, kinds, mark, searches, throw_away
from tests.site.content_fixtures import Content
from tests.site.gate_parts import COUNTED, RESTRICTED, SMALL, SURVEYED, Planted, guard, let_through, plant
from tests.site.judges import QUERIES, Bench, Canaries, Gate, Logged, Numbers, Statuses, Versions
from tests.site.name_canaries import ALONE, NAME, Names, unnamed_kinds, write_unnamed
from tests.site.walk import FAULTS, NAMES, WHOLE, Walk, plain_refusals, signed_in, viewer_of
from tests.snapshots import standing

FOREIGN = ("foreign_guide", "foreign_core", "foreign_ring")  # as the own ones, seen from the other round
DAILY = ("anonymous", "core_member", "data_steward", "ring_member")  # ask for everything, and follow links
WALKERS = (*VIEWERS, *FOREIGN) if FAULTS else VIEWERS
LONGEST_FIRST = sorted(WALKERS, key=lambda name: name not in DAILY)
WORKER = {name: f"walk-{place % 2}" for place, name in enumerate(LONGEST_FIRST)}  # a walk is made once, by one worker
MOST = 40 if FAULTS else 1  # pages of one kind behind links
CONFIDENTIAL = ("core_member", "process_guide")  # may see what was shared with the core group
NAMESPACES = (*(f"{name}:" for name in IN_A_ROUND), "partners:")
NO_VERSIONS = {  # these go and come back, and are never reworded
    "rounds.evidence",  # a figure or a story beside a claim
    "stories.publishedfeelings",  # the feelings as others see them
}
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("bare", "shown")]


@dataclass
class Town:
    """The marked town, and what was read of it by all who walked so far."""

    folder: Path
    planted: Planted
    gate: Gate
    content: Content
    kinds: set[str]
    secret: "Secret"
    walks: dict[str, "Walked"] = field(default_factory=dict)


@dataclass
class Walked:
    """What the judges said of the walk of somebody, and what was read."""

    complaints: list[str]
    canaries: Canaries
    names: Names
    versions: Versions


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


@pytest.fixture(scope="module")
def town(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Town]:
    """The marked town, for all walks of a worker; refusals are plain."""
    folder = tmp_path_factory.mktemp("marked")
    with pytest.MonkeyPatch.context() as monkeypatch, override_settings(DATA=folder):
        guard(monkeypatch)
        planted = plant(folder, 1)
        gate = Gate(monkeypatch)

        def make() -> Town:
            content = Content()
            secret = Secret(content)
            write_unnamed(content)
            marked = mark(content)
            for round in content.rounds.values():
                agree_plan(by=round.started_by, round=round)  # of the texts as they are now
            return Town(folder, planted, gate, content, marked, secret)

        with standing(django_db_blocker, folder, make) as made:
            plain_refusals(monkeypatch)
            yield made


@pytest.fixture
def shown(town: Town, settings: Any) -> None:
    """The site shows the marked town."""
    settings.DATA = town.folder


def walk(town: Town, who: str) -> Walked:
    """Return the walk of somebody, which is made once."""
    if who not in town.walks:
        town.walks[who] = make_walk(town, who, whole=WHOLE or who in DAILY)
    return town.walks[who]


def make_walk(town: Town, who: str, *, whole: bool) -> Walked:
    """Walk as somebody, by the matrix and, when it is whole, by links too; let every judge read every answer."""
    content, canaries, names, versions = town.content, Canaries.of(town.content, who), Names(), Versions()
    forms = town.planted.forms | {str(int(value)): value for value in town.secret.of(who)}
    with Logged(town.planted.forms) as logged:
        numbers = Numbers(forms, own=who in VIEWERS)
        bench = Bench(Statuses(), canaries, names, numbers, town.gate, logged, versions)
        round = Walk(signed_in(viewer_of(content, who)), bench.read, who, MOST)
        links = round.matrix(content, NAMES, whole=whole)
        if whole and connection.vendor == "sqlite":
            first = figure_addresses(content)
            first = first if FAULTS or who == "anonymous" else first[::7]  # what is open to all was read by nobody
            round.follow([*first, *town.secret.paths(), *searches(content)], links)
    return Walked(bench.complaints, canaries, names, versions)


def figure_addresses(content: Content) -> list[str]:
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


def written_by(name: str, text: Any) -> bool:
    """Return whether somebody of this name wrote a text, or changed it last."""
    people = (getattr(text, field, None) for field in ("author", "edited_by"))
    return any(person is not None and person.first_name == name for person in people)


def walkers(who: tuple[str, ...], twice: tuple[str, ...] = ()) -> list[Any]:
    """Return the walkers on the worker of each, the long walks first; who goes twice goes also on PostgreSQL."""
    return [
        pytest.param(
            name,
            marks=[
                pytest.mark.xdist_group(WORKER[name]),
                *([] if name in twice else [pytest.mark.once]),
            ],
        )
        for name in LONGEST_FIRST
        if name in who
    ]


@pytest.mark.parametrize("who", walkers(WALKERS, twice=("process_guide",)))
def test_everybody_gets_what_the_matrix_says_and_nothing_of_others(town: Town, who: str) -> None:
    walked = walk(town, who)
    assert not walked.complaints, "\n".join(walked.complaints[:40])
    canaries = walked.canaries
    if who in VIEWERS:
        core, ring = town.content.world.core["own"].pk, town.content.world.ring["own"].pk
        assert (ring in canaries.circles, core in canaries.circles) == (who in RING, who in CORE)
    if who == "core_member":  # a walk that reads nothing would find no leak either
        assert len(canaries.kinds) >= 40, sorted(canaries.kinds)
        assert len(town.gate.values) > 500
        assert walked.names.kinds == unnamed_kinds() - ALONE


@pytest.mark.once
@pytest.mark.parametrize("who", walkers(("core_member",)))
def test_every_kind_of_text_has_a_way_to_its_versions(town: Town, who: str) -> None:
    """The pages of the core group, and those that open for the process guide alone."""
    versions = walk(town, who).versions
    guide = Walk(signed_in(town.content.world["process_guide"]), Bench(versions).read, "process_guide")
    for row in ROWS:
        if row.method == "GET" and row.own["process_guide"] == 200 != row.own[who] and row.name.startswith(NAMESPACES):
            guide.visit("GET", reverse(row.name, args=town.content.args[row.of]["own"]))
    assert set(KINDS) - NO_VERSIONS - versions.kinds == set()


@pytest.mark.once
@pytest.mark.parametrize("who", walkers(WALKERS if FAULTS else ("ring_member",)))
def test_what_was_thrown_away_is_found_by_nobody_else(town: Town, who: str) -> None:
    assert throw_away(town.content) > 60
    canaries = Canaries.of(town.content, who)
    bench = Bench(canaries)
    round = Walk(signed_in(viewer_of(town.content, who)), bench.read, who, MOST)
    links = round.matrix(town.content, NAMES, whole=FAULTS)
    round.follow(searches(town.content), links)
    assert not bench.complaints, "\n".join(bench.complaints[:20])


@pytest.mark.once
def test_who_wrote_without_a_name_wrote_every_kind_that_names_nobody(town: Town) -> None:
    written = {
        label for label, kind in KINDS.items() if any(written_by(NAME, text) for text in kind.model._base_manager.all())
    }
    assert written == unnamed_kinds()


@pytest.mark.once
def test_every_kind_of_text_is_marked(town: Town) -> None:
    typed = {f"{model._meta.model_name}.{field.name}" for model, fields in kinds() for field in fields}
    assert sorted(typed - town.kinds - set(CODES)) == []


@pytest.mark.once
def test_three_hundred_numbers_are_planted_and_the_gate_withholds_them_all(town: Town) -> None:
    assert len(town.planted.withheld) >= 300
    assert let_through(town.planted) == set()
    assert {name for _, name, _ in town.planted.withheld} >= {*COUNTED, *SURVEYED, SMALL, *RESTRICTED}


@pytest.mark.once
def test_a_walk_finds_what_goes_past_the_gate(
    town: Town, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each way out is opened once, in a release that nobody saw yet: the map, an area, a file and the API would tell."""
    settings.DATA, gate = tmp_path, QUERIES.through
    planted = plant(tmp_path, 2)

    def open_gate(*args: Any, **kwargs: Any) -> list[Shown]:
        real = [(one, planted.withheld.get((one.area, one.indicator.id, one.period))) for one in gate(*args, **kwargs)]
        return [one if value is None else replace(one, value=value, absence=None) for one, value in real]

    monkeypatch.setattr(QUERIES, "through", open_gate)
    monkeypatch.setattr(town.gate, "texts", {"", "–"})
    area = f"/buurt/2025/{town.content.codes[0]}"
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
    bench = Bench(Numbers(planted.forms), town.gate)
    Walk(signed_in(AnonymousUser()), bench.read, "anonymous").follow(ways)
    said = [line.removeprefix("anonymous: GET ") for line in bench.complaints]
    assert [way for way in ways if not any(line.startswith(f"{way} says ") for line in said)] == []
    assert any(line.endswith("past the gate") for line in said)


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "planted", "said"),
    [
        ("audit", "open", "200, not"),
        ("rounds:claim", "open", "200, not"),
        ("map", 403, "403, not"),
        ("search", RuntimeError("broken"), "broke"),
    ],
)
def test_a_planted_wrong_answer_is_found_by_the_representatives(
    town: Town, monkeypatch: pytest.MonkeyPatch, name: str, planted: Any, said: str
) -> None:
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(planted, RuntimeError):
            raise planted
        return HttpResponse(status=planted) if isinstance(planted, int) else HttpResponse(planted)

    monkeypatch.setattr(NAMES[name], "callback", view)
    bench = Bench(Statuses())
    for who in VIEWERS:
        Walk(signed_in(viewer_of(town.content, who)), bench.read, who).matrix(town.content, [name], whole=False)
    assert any(f": GET {name}" in line and said in line for line in bench.complaints)


@pytest.mark.once
def test_words_and_numbers_of_others_are_found_in_body_header_and_log(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign, number = town.content.world.core["foreign"].pk, next(iter(town.planted.forms))

    def view(request: HttpRequest) -> HttpResponse:
        logging.getLogger("search").debug("seen %s", number)
        return HttpResponse(
            f"<p>kanarie-{foreign}-story.text. 876.543 {number}</p>", headers={"X-Core": f"kanarie-{foreign}-"}
        )

    monkeypatch.setattr(NAMES["search"], "callback", view)
    canaries = Canaries.of(town.content, "core_member")
    with Logged(town.planted.forms) as logged:
        bench = Bench(canaries, Numbers(town.planted.forms), logged)
        Walk(signed_in(viewer_of(town.content, "core_member")), bench.read, "core_member").follow(["/zoek/"])
    value = town.planted.forms[number]
    assert [line.removeprefix("core_member: GET /zoek/ ") for line in bench.complaints] == [
        f"tells a text of circle {foreign}",
        f"tells story.text of circle {foreign}",
        f"says {value}",
        "shows a count of others",
        f"logs {value}",
    ]
