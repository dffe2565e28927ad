"""Circles hold: a word of its own in every kind of text is found by nobody who may not read it, on no page or paper."""

import json

import pytest

from buurtbalans.site.exports.archive import archive
from tests.site.canaries import CODES, MARKED, allowed_to, crawl, kinds, mark, throw_away
from tests.site.content_fixtures import Content
from tests.site.gate_parts import unpacked

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once, pytest.mark.usefixtures("bare")]

BOUNDED = ("ring_member", "foreign_core", "member")


def test_every_kind_of_text_has_its_canary(content: Content) -> None:
    typed = {f"{model._meta.model_name}.{field.name}" for model, fields in kinds() for field in fields}
    assert sorted(typed - mark(content) - set(CODES)) == []


@pytest.mark.parametrize("who", BOUNDED)
def test_nobody_finds_a_canary_of_others(content: Content, who: str) -> None:
    mark(content)
    wrong, read = crawl(content, who, most=1)
    assert not wrong, "\n".join(sorted(set(wrong))[:20])
    assert read


def test_what_was_thrown_away_is_found_by_nobody_else(content: Content) -> None:
    mark(content)
    assert throw_away(content) > 60
    wrong, _read = crawl(content, "ring_member", most=1)
    assert not wrong, "\n".join(sorted(set(wrong))[:20])


def test_the_crawler_reads_what_the_core_group_wrote(content: Content) -> None:
    """A crawler that reads nothing would find no leak either."""
    wrong, read = crawl(content, "core_member", most=1) if mark(content) else ([], set())
    print(f"\n{len(read)} kinds read")
    assert not wrong
    assert len(read) >= 40, sorted(read)


@pytest.mark.parametrize("who", ["core_member", "ring_member"])
def test_an_archive_holds_no_canary_of_others(content: Content, who: str) -> None:
    mark(content)
    viewer = content.world[who]
    files = archive(content.rounds["own"], viewer)
    found = {name: set(MARKED.findall("".join(unpacked(body).split()))) for name, body in files.items()}
    allowed = allowed_to(viewer)
    assert [(name, hit) for name, hits in found.items() for hit in hits if int(hit[0]) not in allowed] == []
    assert json.loads(files["manifest.json"])["caller"] == viewer.username
    assert len({hit for hits in found.values() for hit in hits}) >= (5 if who == "ring_member" else 30)
