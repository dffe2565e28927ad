"""The archive of a round: the chain is whole, each file is sealed, and nothing is in it that the caller may not see."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from typer.testing import CliRunner, Result

from buurtbalans.cli import round as round_command
from buurtbalans.cli.app import app
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people.models import Person
from buurtbalans.method.plans.models import Condition, Effort, PlanVersion, Progress
from buurtbalans.method.rounds import models as made
from buurtbalans.method.rounds.actions import round as round_actions
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.stories.actions.stories import create_story
from buurtbalans.method.stories.models import Story
from buurtbalans.site.exports.archive import archive, as_csv
from buurtbalans.site.exports.chain import KINDS, references, whole_chain
from buurtbalans.site.papers.content import texts
from buurtbalans.site.papers.papers import PAPERS, paper_of
from tests.method.table import looked_at
from tests.site.content_fixtures import CANARY, FOREIGN_COUNT, Content, canary
from tests.site.gate_parts import unpacked
from tests.snapshots import standing

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


@pytest.fixture(scope="module")
def standing_content(
    waterdam_folder: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Content]:
    """Two rounds that do not know each other, with every kind of item in both."""

    def make() -> Content:
        found = Content()
        for side in ("own", "foreign"):
            fill(found.rounds[side], found.world["core_member" if side == "own" else "foreign_core"])
        return found

    with standing(django_db_blocker, waterdam_folder, make) as made:
        yield made


def once(model: Any, look: Mapping[str, Any], **fields: Any) -> Any:
    """Return what is there already, else make it: other tests fill this world too."""
    return model.objects.filter(**look).first() or model.objects.create(**look, **fields)


def fill(round: Round, who: Person) -> None:
    """Put one of every kind that a round holds in it; each says for whom it is."""
    core, ring, today, now = canary(round.core), canary(round.ring), timezone.localdate(), timezone.now()
    home, about = who.organisation, {"round": round}
    texts_of = {"purpose": core, "ground": core, "until": today, "proposed_at": now}
    agreement = once(made.Agreement, about, **texts_of)
    once(made.Pledge, {"agreement": agreement}, organisation=home, what=core, until=today)
    once(made.Signature, {"agreement": agreement}, organisation=home, by=who, role=core)
    once(made.Meeting, about, at=now, what=ring, notes=core)
    once(made.Parked, about, text=core, author=who)
    once(made.SubTeam, about, name=core, problem=core)
    line = round.picture.order_by("pk").first()
    assert line is not None
    criterion = once(made.Criterion, about, text=core)
    once(made.Weighing, {"criterion": criterion}, line=line, organisation=home, points=2, by=who)
    once(made.Priority, {"line": line}, first=True, reason=core, author=who)
    version = once(made.PictureVersion, about, circle=round.ring, number=1, content=frozen(line, ring), by=who)
    once(made.PictureVoice, {"picture": version}, organisation=home, stance="oneens", words=ring, given_by=who)
    once(made.Comment, {"picture": version}, who="bewoner", text=ring, author=who)
    effort = Effort.objects.filter(result__round=round).order_by("pk").first()
    assert effort is not None
    once(Progress, {"effort": effort}, start=today, end=today, reached=4, quality=core, author=who)
    condition = once(Condition, about, about="plaatsen", text=core, author=who)
    condition.claims.set(round.claims.all()[:1])
    once(PlanVersion, about, number=1, content={"results": [], "missing": [core]}, by=who)


def frozen(line: made.PictureLine, words: str) -> dict[str, Any]:
    """Return a picture as a version holds it: one line on one claim, and one who sees it otherwise."""
    claim = line.claims.get()
    laid = list(claim.evidence.all())
    rests = {
        "id": claim.pk,
        "version": 1,
        "verdict": claim.verdict,
        "figures": [e.pk for e in laid if e.story_id is None],
        "stories": [e.pk for e in laid if e.story_id is not None],
    }
    lines = [
        {"id": line.pk, "version": 1, "kind": "kracht", "text": words, "number": 1, "first": True, "claims": [rests]}
    ]
    dissent = [{"organisation": "x", "stance": "oneens", "words": words, "claim": claim.pk, "lines": [line.pk]}]
    return {
        "finding": words,
        "need": words,
        "question": words,
        "release": "r",
        "division": 2025,
        "lines": lines,
        "gaps": [{"id": 999_999, "version": 1}],
        "dissent": dissent,
        "asked": [],
    }


def whole(files: Mapping[str, bytes]) -> str:
    """Return all that somebody can read in the files of an archive, also without the spaces of a page."""
    return " ".join(unpacked(made) for made in files.values())


def chain_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files["chain.json"])
    return found


def dangling(found: Mapping[str, Any]) -> list[str]:
    """Return every id that stands twice or is referred to without being there."""
    ids = [item["id"] for kind in KINDS for item in found[kind]]
    asked = [each for kind in KINDS for item in found[kind] for each in references(item)]
    return [each for each in ids if ids.count(each) > 1] + sorted(set(asked) - set(ids))


def test_every_kind_is_in_the_chain_of_who_reads_all(content: Content) -> None:
    found = whole_chain(content.rounds["own"], content.world["core_member"])

    assert [kind for kind in KINDS if not found[kind]] == []
    assert dangling(found) == []
    assert all(item["unseen"] == 0 for kind in KINDS for item in found[kind] if kind != "claims")


def test_nothing_of_others_is_in_an_archive(content: Content) -> None:
    round, world = content.rounds["own"], content.world
    for name, circles in (("core_member", (round.core, round.ring)), ("ring_member", (round.ring,))):
        text = whole(archive(round, world[name]))

        allowed = {circle.pk for circle in circles}
        assert {int(pk) for pk in CANARY.findall(text)} == allowed, name
        assert str(FOREIGN_COUNT) not in text
        assert "987654" not in text


def test_who_reads_only_the_picture_gets_no_agreement_and_no_plan(content: Content) -> None:
    round = content.rounds["own"]
    files = archive(round, content.world["ring_member"])

    assert [name for name in PAPERS if f"{name}.pdf" in files] == ["picture"]
    assert json.loads(files["manifest.json"])["not_for_this_caller"] == ["agreement", "plan"]
    chain = chain_of(files)
    assert {kind for kind in KINDS if chain[kind]} == {
        "question",
        "picture",
        "picture_versions",
        "picture_voices",
        "comments",
        "stories",
    }
    assert [item["unseen"] for item in chain["picture"]] == [1]
    (version,) = chain["picture_versions"]
    assert (version["unseen"], version["lines"][0]["claims"][0]["about"], version["gaps"]) == (1, None, [])
    assert version["lines"][0]["claims"][0]["figures"] == []
    assert dangling(chain) == []


def test_withdrawn_texts_and_hidden_names_stay_out(content: Content) -> None:
    round, writer = content.rounds["own"], content.world["core_member"]
    told = {"by": writer, "neighbourhood": round.neighbourhood, "circle": round.core, "source": "bewoner", "seen": True}
    taken = looked_at(create_story(text="Teruggetrokken-verhaal", **told))
    Story.objects.filter(pk=taken.pk).update(withdrawn_at=timezone.now(), withdrawn_by=writer)
    hidden = looked_at(create_story(text="Verhaal zonder naam", **told))
    Story.objects.filter(pk=hidden.pk).update(author_hidden=True)
    for model in (made.Pledge, made.Meeting, made.Parked, made.Criterion, made.Comment, Progress, Condition):
        model._base_manager.update(withdrawn_at=timezone.now())
    Person.objects.filter(pk=writer.pk).update(last_name="Zonderling")
    text = whole(files := archive(round, Person.objects.get(pk=content.world["process_guide"].pk)))

    assert "Teruggetrokken-verhaal" not in text
    assert "Verhaal zonder naam" in text
    assert not any("Zonderling" in unpacked(files[name]) for name in ("stories.csv", "claims.csv", "gaps.csv"))
    chain = chain_of(files)
    for kind in ("pledges", "meetings", "parked", "criteria", "comments", "progress", "conditions"):
        assert chain[kind] == [], kind


def test_small_numbers_of_people_are_not_counted_out(content: Content) -> None:
    round, other = content.rounds["own"], content.world["process_guide"]
    Progress._base_manager.update(reached=4, meant=7)
    files = archive(round, other)

    assert {item["reach"] for item in chain_of(files)["progress"]} == {"minder dan 10 mensen bereikt"}
    assert "minder dan 10 mensen bereikt" in " ".join(texts(paper_of("plan", round, other))).lower()


def test_a_figure_that_is_not_shared_with_the_caller_has_no_value(content: Content) -> None:
    round, guide = content.rounds["own"], content.world["process_guide"]
    foreign = content.args["home_delivery"]["foreign"][0]
    result = round.results.order_by("pk").first()
    assert result is not None
    seen = result.baseline | {"delivery": foreign, "value": 424242.0, "low": None, "high": None, "sentence": "424242"}
    type(result).objects.filter(pk=result.pk).update(baseline=seen)

    files = archive(round, guide)
    assert "424242" not in whole(files)
    baseline = next(f for f in chain_of(files)["figures"] if f["id"] == f"figure:baseline-{result.pk}")
    assert (baseline["absence"], baseline["value"]) == ("not_shared", None)
    assert "omdat de eigenaar het niet met u deelt" in " ".join(texts(paper_of("plan", round, guide)))


def test_no_cell_of_a_csv_is_a_formula() -> None:
    risky = ("=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1", "%x", "|cmd", "\u200b=1", "\uff1d1")
    lines = as_csv([{"id": f"gap:{number}", "what": text} for number, text in enumerate(risky)]).decode("utf-8-sig")
    cells = [row["what"] for row in csv.DictReader(io.StringIO(lines), delimiter=";")]
    assert [cell for cell in cells if not cell.startswith("'")] == []
    assert as_csv([]).decode("utf-8-sig").split() == ["id"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ("round", "export", *arguments))


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> None:
    """The site has been started by the suite."""
    monkeypatch.setenv("BUURTBALANS_SECRET_KEY", "of the suite")
    monkeypatch.setattr(round_command, "load_migrated_site", lambda: None)


@pytest.mark.usefixtures("command")
def test_a_round_is_kept_and_written_in_the_audit_trail(content: Content, tmp_path: Path) -> None:
    round, out = content.rounds["own"], tmp_path / "archief"
    answer = run(round.slug, "--out", str(out), "--as", "core_member")

    assert answer.exit_code == 0, answer.output
    assert answer.stdout == ""
    names = {path.name for path in out.iterdir()}
    assert {"chain.json", "manifest.json", "claims.csv", "plan.pdf", "plan.docx", "agreement.pdf"} <= names
    assert [path.name for path in tmp_path.iterdir()] == ["archief"]
    row = AuditRow.objects.get(verb="rounds.record_export")
    assert (row.actor, row.about, row.detail) == (
        content.world["core_member"],
        f"rounds.round:{round.pk}",
        {"files": len(names)},
    )


@pytest.mark.usefixtures("command")
def test_what_cannot_be_kept_is_refused(content: Content, tmp_path: Path) -> None:
    slug = content.rounds["own"].slug
    full, file = tmp_path / "vol", tmp_path / "bestand"
    full.mkdir()
    (full / "x").write_text("x")
    file.write_text("x")
    out, closed = str(tmp_path / "nieuw"), content.world["guest"]
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    for arguments, words in (
        ((slug, "--out", str(full), "--as", "core_member"), "is niet leeg"),
        ((slug, "--out", str(file), "--as", "core_member"), "is een bestand"),
        (("onbekend", "--out", out, "--as", "core_member"), "Deze ronde is er niet"),
        (("onbekend", "--out", out), "Deze ronde is er niet"),
        ((slug, "--out", out, "--as", "foreign_core"), "Deze ronde is er niet"),
        ((slug, "--out", out, "--as", "administrator"), "Deze ronde is er niet"),
        ((slug, "--out", out, "--as", "niemand"), "Dit account is er niet"),
        ((slug, "--out", out, "--as", "guest"), "Dit account is gesloten"),
        ((slug, "--out", out), "Zeg namens welk account"),
    ):
        answer = run(*arguments)
        assert (answer.exit_code, words in answer.output) == (2, True), (arguments, answer.output)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bestand", "vol"]
    assert not AuditRow.objects.filter(verb="rounds.record_export").exists()


def test_it_is_said_what_to_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BUURTBALANS_SECRET_KEY", raising=False)
    answer = run("rietoever", "--out", str(tmp_path / "nieuw"))
    assert answer.exit_code == 4
    for word in ("BUURTBALANS_SECRET_KEY", "BUURTBALANS_DATA", "--data buurtbalans-data/demo"):
        assert word in answer.stderr


def test_a_folder_without_a_demo_is_refused_and_stays_as_it_was(tmp_path: Path) -> None:
    answer = run("rietoever", "--out", str(tmp_path / "nieuw"), "--data", str(tmp_path))
    assert answer.exit_code == 2
    assert "staat geen demo" in answer.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("command")
@pytest.mark.parametrize("step", ["write", "note", "move"])
def test_it_is_written_whole_or_not_at_all(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    target, name = {
        "write": (round_command.os, "fsync"),
        "note": (round_actions, "record_export"),
        "move": (round_command.os, "rename"),
    }[step]
    monkeypatch.setattr(target, name, fail)
    answer = run(content.rounds["own"].slug, "--out", str(tmp_path / "nieuw"), "--as", "core_member")

    assert answer.exit_code == 1
    assert "De schijf doet niet mee" in answer.output
    assert list(tmp_path.iterdir()) == []
    assert not AuditRow.objects.filter(verb="rounds.record_export").exists()


def test_who_does_not_know_of_a_round_may_not_note_that_they_keep_it(content: Content) -> None:
    from buurtbalans.method.people.rules import Refusal

    with pytest.raises(Refusal):
        round_actions.record_export(by=content.world["foreign_core"], round=content.rounds["own"], files=1)
