"""A whole round on real figures: Rechte H-buurt and Amsterdamse Poort in 2019, from the start to the agreed plan."""

import csv
import io
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.release.store import ReleaseStore
from buurtbalans.figures.sources import read_files
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.plans.actions.efforts import accept_effort, agree_effort
from buurtbalans.method.plans.actions.results import agree_result
from buurtbalans.method.plans.actions.versions import agree_plan
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.actions import claims, picture, priorities, team, versions
from buurtbalans.method.rounds.actions import round as round_actions
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries import evidence
from buurtbalans.site.papers.papers import paper_of
from buurtbalans.site.papers.pdf import as_pdf
from buurtbalans.site.papers.word import as_word
from tests.method.agreements import TEXTS, later
from tests.method.table import organisation, person, story
from tests.shared import shared_data

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once, pytest.mark.usefixtures("bare")]

CODES = ["BU03639304", "BU03639306"]  # Rechte H-buurt and Amsterdamse Poort
STORY = "In de flat weet ik van drie buren de naam. Beneden op het plein van niemand."
EFFORT = "Houdt open huis in de hal van de flat."


@pytest.fixture(scope="module")
def amsterdam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a release of what was published about 2019."""
    data, folder = shared_data(), tmp_path_factory.mktemp("pilots")
    maps, _ = read_areas(data / "areas/amsterdam-buurten-2019.geojson", year=2019)
    figures = read_files([data / "cbs/kwb-2019-amsterdam-rewritten-by-r.csv"])
    store = ReleaseStore(folder / "releases")
    store.publish(store.add([figures], maps, title="Amsterdam 2019"))
    return folder


def published(code: str, column: str = "Bevolking.Aantal.inwoners..aantal.") -> str:
    """Return a number as it stands in the published file, read apart from the product and written in Dutch."""
    with (shared_data() / "cbs/kwb-2019-amsterdam-rewritten-by-r.csv").open(encoding="utf-8-sig") as file:
        row = next(row for row in csv.DictReader(file) if code in (cell.strip() for cell in row.values()))
    return f"{float(row[column]):,.0f}".replace(",", ".")


@pytest.fixture
def pilot(client: Client, settings: Any, amsterdam: Path) -> SimpleNamespace:
    """The round as it was begun on its page by the guide, with four others of four organisations."""
    settings.DATA = amsterdam
    names = {"Samira": "Gemeente", "Joris": "Buurtteam", "Fatima": "Corporatie", "Amina": "Zorg", "Ruben": "Werk"}
    who = {name: person(name, organisation(place)) for name, place in names.items()}
    client.force_login(who["Samira"])
    about = {
        "place": "kh-buurt-poort",
        "question": "Hoe kennen buren elkaar?",
        "occasion": "De pilot.",
        "scope": "smal",
    }
    assert client.post(reverse("rounds:new"), about).status_code == 302
    round = Round.objects.get(question=about["question"])
    for name in ("Joris", "Fatima", "Amina", "Ruben"):
        team.add_to_team(by=who["Samira"], round=round, person=who[name], role=Role.CORE_MEMBER)
    return SimpleNamespace(client=client, round=round, **{name.lower(): each for name, each in who.items()})


def agree_on_sharing(pilot: SimpleNamespace) -> None:
    agreement = agreement_actions.create_agreement(by=pilot.samira, round=pilot.round, until=later(), **TEXTS)
    agreement_actions.propose_agreement(by=pilot.samira, agreement=agreement, version=agreement.version)
    for who in everybody(pilot):
        agreement_actions.pledge(by=who, round=pilot.round, what="Aantallen per jaar", audience="core", until=later(90))
        agreement_actions.sign_agreement(by=who, agreement=agreement, role="manager")


def everybody(pilot: SimpleNamespace) -> list[Person]:
    return [pilot.samira, pilot.joris, pilot.fatima, pilot.amina, pilot.ruben]


def to_the_plan(pilot: SimpleNamespace) -> None:
    """Test a claim on a figure of each buurt and a story, agree the picture, and agree a plan on it."""
    samira, joris, round = pilot.samira, pilot.joris, pilot.round
    agree_on_sharing(pilot)
    claim = claims.create_claim(by=joris, round=round, text="De buurt is groot en men kent elkaar weinig")
    frozen = [evidence.freeze(round, f"population|{code}|2019") for code in CODES]
    for figure in frozen:
        claims.add_figure(by=joris, claim=claim, figure=figure, says="ja")
    claims.add_story(by=joris, claim=claim, story=story(joris, round, STORY), says="nee")
    for who in everybody(pilot):
        answer = "tegengesproken" if who == pilot.ruben else "genuanceerd"
        claims.answer_claim(by=who, claim=claim, answer=answer, answer_reason="Dat zien wij.")
    claim.refresh_from_db()
    claim = claims.judge(
        by=samira, claim=claim, version=claim.version, verdict="genuanceerd", reason="Het verschilt per flat."
    )
    for who in everybody(pilot):
        other = {"stance": "oneens", "words": "Bij ons kent men elkaar."} if who == pilot.ruben else {"stance": "eens"}
        claims.give_opinion(by=who, claim=claim, version=1, **other)
    line = picture.create_line(
        by=samira, round=round, kind="zorg", text="Op het plein kent men elkaar niet", claims=[claim]
    )
    round.refresh_from_db()
    round = round_actions.edit_round(by=samira, round=round, version=round.version, finding="Groot, en los van elkaar")
    version = versions.submit_version(by=samira, round=Round.objects.get(pk=pilot.round.pk))
    for who in everybody(pilot):
        versions.give_version_opinion(by=who, picture=version, stance="eens")
    versions.agree_version(by=samira, picture=version)
    priorities.choose(by=samira, line=line, first=True, reason="Hier kan ieder iets aan doen.")
    result = agree_result(
        by=samira,
        round=pilot.round,
        title="Meer buren kennen elkaar",
        per_what="mensen in de buurt",
        baseline=frozen[0],
        target_low=100,
        target_high=200,
        target_year=2027,
        claims=[claim],
        measured_by="Met dezelfde telling.",
        measured_on=date(2027, 11, 1),
        measured_with=samira.organisation,
    )
    effort = agree_effort(
        by=samira,
        result=result,
        organisation=joris.organisation,
        what=EFFORT,
        first_sign="tien bezoekers",
        since=date(2026, 11, 1),
        evidence_class="eigen_idee",
        claims=[claim],
    )
    accept_effort(by=joris, effort=effort)
    agree_plan(by=samira, round=pilot.round)


def test_the_pilot_goes_from_question_to_agreed_plan_and_back_to_figure_and_story(pilot: SimpleNamespace) -> None:
    to_the_plan(pilot)
    slug, client = pilot.round.slug, pilot.client
    client.force_login(pilot.fatima)

    agreed = client.get(reverse("plans:version", args=[slug, 1])).content.decode()
    assert EFFORT in agreed
    plan = client.get(reverse("plans:plan", args=[slug])).content.decode()
    row = re.search(r'<tr id="afspraak-\d+".*?</tr>', plan, re.DOTALL)
    assert row
    (figure_link,) = re.findall(r'href="([^"]+)#cijfers"', row[0])
    (story_link,) = re.findall(r'href="([^"]+)#verhalen"', row[0])
    claim = client.get(figure_link).content.decode()
    assert figure_link == story_link
    assert STORY in claim
    for code, name in zip(CODES, ("Rechte H-buurt", "Amsterdamse Poort"), strict=True):
        assert published(code) in claim, name
        assert name in claim
    assert "2019" in claim
    source = client.get(reverse("source", args=["population"]))
    assert source.status_code == 200
    assert "Bij ons kent men elkaar." in client.get(reverse("rounds:version", args=[slug, 1])).content.decode()


def test_every_step_of_the_pilot_opens_for_all_five_and_its_papers_are_made(pilot: SimpleNamespace) -> None:
    to_the_plan(pilot)
    slug = pilot.round.slug
    pages = [reverse(f"rounds:{name}", args=[slug]) for name in ("round", "team", "agreement", "picture", "priorities")]
    pages += [reverse("rounds:step", args=[slug, number]) for number in range(1, 7)]
    for who in everybody(pilot):
        pilot.client.force_login(who)
        assert [page for page in pages if pilot.client.get(page).status_code != 200] == []
    papers = [reverse(f"papers:{name}", args=[slug, "docx"]) for name in ("agreement", "picture", "plan")]
    assert [page for page in papers if pilot.client.get(page).status_code != 200] == []


LONG = "Samenwerkende stichtingen voor maatschappelijke dienstverlening en ouderenzorg in Zuidoost en omstreken"


def test_its_papers_hold_what_was_published_and_keep_to_their_pages(pilot: SimpleNamespace) -> None:
    """The picture is one sheet; an agreement of five long names, and the plan, say on each sheet whose they are."""
    for each, more in zip(everybody(pilot), ("noord", "oost", "zuid", "west", "midden"), strict=True):
        type(each.organisation).objects.filter(pk=each.organisation_id).update(name=f"{LONG} {more}"[:120])
        each.organisation.refresh_from_db()
    to_the_plan(pilot)
    whole = {}
    for name in ("agreement", "picture", "plan"):
        paper = paper_of(name, pilot.round, pilot.joris)
        sheets = [page.extract_text() for page in PdfReader(io.BytesIO(as_pdf(paper))).pages]
        whole[name] = " ".join(sheets)
        assert len(sheets) == 1 or name != "picture"
        assert all(str(pilot.round.neighbourhood) in sheet for sheet in sheets), name
        assert [f"{at} van {len(sheets)}" in sheet for at, sheet in enumerate(sheets, 1)] == [True] * len(sheets), name
        word = Document(io.BytesIO(as_word(paper)))
        in_word = " ".join(text.text for text in word.element.body.iter(qn("w:t")))
        assert (EFFORT in in_word) is (name == "plan")
    assert whole["plan"].count(published(CODES[0])) == 2  # in its sentence, and below its line
    assert "2019 2019" not in " ".join(whole.values())


def test_the_two_buurten_together_are_one_figure_made_of_their_counts(pilot: SimpleNamespace) -> None:
    """A claim about the working area rests on one figure of it, not on two; what is no count is not added up."""
    together = "+".join(CODES)
    people = evidence.freeze(pilot.round, f"population|{together}|2019")
    each = [evidence.freeze(pilot.round, f"population|{code}|2019")["value"] for code in CODES]
    assert people["value"] == sum(each)
    assert (people["area_name"], people["absence"]) == (str(pilot.round.neighbourhood), None)
    assert "2 buurten samen, uit aantallen berekend" in people["source_line"]
    assert "samen" not in evidence.freeze(pilot.round, f"population|{CODES[0]}|2019")["source_line"]
    offered = [f for _name, group in evidence.figure_choices(pilot.round, 2019) for f in group]
    assert f"population|{together}|2019" in {f["key"] for f in offered}
    claim = claims.create_claim(by=pilot.joris, round=pilot.round, text="Hier wonen veel mensen")
    claims.add_figure(by=pilot.joris, claim=claim, figure=people, says="ja")
    pilot.client.force_login(pilot.joris)
    page = pilot.client.get(reverse("rounds:claim", args=[pilot.round.slug, claim.pk])).content.decode()
    assert people["sentence"] in page
    assert f"{sum(each):,.0f}".replace(",", ".") in page
