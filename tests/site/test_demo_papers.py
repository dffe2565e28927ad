"""Papers and archive of the rounds of the demo: every text of every round is on them, and each file is sealed."""

import csv
import hashlib
import io
import json
import os
import re
from pathlib import Path

import pytest
from django.utils import translation

from buurtbalans.cli.environment import get_or_create_secret_key
from buurtbalans.site.exports.archive import archive
from buurtbalans.site.exports.chain import KINDS
from buurtbalans.site.papers.content import cleaned, texts
from buurtbalans.site.papers.papers import PAPERS, paper_of
from tests.site.conftest import Town
from tests.site.test_papers import packed, pdf_text, word_text
from tests.site.test_round_archive import chain_of, command, dangling, run

__all__ = ["command"]  # fixture
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once, pytest.mark.xdist_group("town")]


def test_the_archive_of_every_demo_round_is_whole_and_sealed(peopled: Town) -> None:
    _people, found = peopled
    for slug, round in found.items():
        guide = round.started_by
        files = archive(round, guide)
        chain, manifest = chain_of(files), json.loads(files["manifest.json"])

        assert dangling(chain) == [], slug
        assert all("rests_on" in item for kind in KINDS for item in chain[kind])
        assert {each["name"] for each in manifest["files"]} == set(files) - {"manifest.json"}
        for each in manifest["files"]:
            assert hashlib.sha256(files[each["name"]]).hexdigest() == each["sha256"]
        assert (manifest["round"], manifest["caller"], manifest["release"]) == (slug, guide.username, round.release)
        for kind in KINDS:
            rows = list(csv.DictReader(io.StringIO(files[f"{kind}.csv"].decode("utf-8-sig")), delimiter=";"))
            assert [row["id"] for row in rows] == [item["id"] for item in chain[kind]]
            assert [row["rests_on"].split() for row in rows] == [item["rests_on"] for item in chain[kind]]


def test_the_papers_of_every_demo_round_hold_every_text(peopled: Town) -> None:
    _people, found = peopled
    for slug, round in found.items():
        files = archive(round, round.started_by)
        for name in PAPERS:
            wanted = [packed(text) for text in texts(cleaned(paper_of(name, round, round.started_by)))]
            for kind, text in (("pdf", pdf_text(files[f"{name}.pdf"])), ("docx", word_text(files[f"{name}.docx"]))):
                assert [each for each in wanted if each not in text] == [], (slug, name, kind)


def test_a_round_that_began_says_what_is_missing(peopled: Town) -> None:
    _people, found = peopled
    round = found["rietoever"]
    said = {name: " ".join(texts(paper_of(name, round, round.started_by))) for name in PAPERS}

    assert "nog niet ondertekend" in said["agreement"]
    assert "Er staat nog geen regel in die u mag lezen." in said["picture"]
    assert "Er is nog geen resultaat afgesproken." in said["plan"]


def test_what_people_see_otherwise_and_what_is_absent_stands_on_the_papers(peopled: Town) -> None:
    people, found = peopled
    said = " ".join(texts(paper_of("picture", found["weverskwartier"], people["samira"])))

    assert "Onze huismeester ziet het anders: het plein is vol." in said
    assert "Er is geen cijfer, want dit is hier toen niet gemeten. Bron: " in said
    assert "Bronnen: Bewonersonderzoek" in said
    assert "Dit zijn vermoedens, die nog niet zijn bewezen." in said


def test_a_paper_stays_dutch_for_who_reads_english(peopled: Town) -> None:
    people, found = peopled
    with translation.override("en"):
        said = " ".join(texts(paper_of("plan", found["weverskwartier"], people["samira"])))
    assert "Onderbouwing" in said
    assert re.search(r"sinds \d+ \w+ 20\d\d", said)
    assert "kansrijk" in said
    assert not re.search("since|promising|January|November 2", said.replace("november", ""))


@pytest.mark.usefixtures("command")
def test_the_demo_brings_its_own_settings(peopled: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    demo.mkdir()
    secret = get_or_create_secret_key(demo)
    for name in ("DEMO", "DATA", "DATABASE", "HOSTS", "SECRET_KEY"):  # so that they are as before afterwards
        monkeypatch.setenv(f"BUURTBALANS_{name}", "")
    answer = run("rietoever", "--out", str(tmp_path / "nieuw"), "--data", str(demo))
    assert answer.exit_code == 0, answer.stderr
    assert os.environ["BUURTBALANS_SECRET_KEY"] == secret
    assert os.environ["BUURTBALANS_DATA"] == str(demo)
    assert (tmp_path / "nieuw" / "chain.json").is_file()


@pytest.mark.usefixtures("command")
def test_an_invented_round_needs_no_account(peopled: Town, tmp_path: Path) -> None:
    answer = run("rietoever", "--out", str(tmp_path / "nieuw"))
    assert answer.exit_code == 0
    assert json.loads((tmp_path / "nieuw" / "manifest.json").read_text())["caller"] == "noor"
