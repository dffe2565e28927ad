"""Circles hold in an archive: a word of its own in every kind of text is in no archive of who may not read it, nor a hidden name."""

import json

import pytest

from buurtbalans.site.exports.archive import archive
from tests.site.canaries import MARKED, allowed_to, mark
from tests.site.content_fixtures import Content
from tests.site.gate_parts import unpacked
from tests.site.name_canaries import NAME, write_unnamed

SIGNED = {"signatures.csv", "chain.json", "agreement.pdf", "agreement.docx"}  # somebody signed for their organisation
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once, pytest.mark.usefixtures("bare")]


@pytest.mark.parametrize("who", ["core_member", "ring_member"])
def test_an_archive_holds_no_canary_of_others(content: Content, who: str) -> None:
    write_unnamed(content)
    mark(content)
    viewer = content.world[who]
    files = archive(content.rounds["own"], viewer)
    texts = {name: unpacked(body) for name, body in files.items()}
    found = {name: set(MARKED.findall("".join(text.split()))) for name, text in texts.items()}
    allowed = allowed_to(viewer)
    assert [(name, hit) for name, hits in found.items() for hit in hits if int(hit[0]) not in allowed] == []
    assert json.loads(files["manifest.json"])["caller"] == viewer.username
    assert len({hit for hits in found.values() for hit in hits}) >= (5 if who == "ring_member" else 30)
    assert {name for name, text in texts.items() if NAME in text} == (SIGNED if who == "core_member" else set())
    if who == "core_member":
        assert texts["chain.json"].count(NAME) == texts["signatures.csv"].count(NAME) == 1
