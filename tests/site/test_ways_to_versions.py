"""Every kind of text has a way to its versions, from a page where it is read or changed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.release import Release
from buurtbalans.site.texts import KINDS
from tests.site.access import ROWS
from tests.site.content_fixtures import Content

NAMESPACES = ("rounds:", "stories:", "plans:", "evaluation:", "partners:")
LINK = re.compile(r'href="/tekst/([a-z.]+)/\d+/"')
NO_TEXT = {"rounds.evidence"}  # a figure or a story beside a claim: it goes and comes back, and is never reworded


@pytest.mark.slow
@pytest.mark.django_db
def test_every_kind_of_text_has_a_way_to_its_versions(waterdam: Release) -> None:
    content, found = Content(), set()
    for who in ("core_member", "process_guide"):
        client = Client()
        client.force_login(content.world[who])
        for row in ROWS:
            if row.method == "GET" and row.name.startswith(NAMESPACES):
                answer = client.get(reverse(row.name, args=content.args[row.of]["own"]))
                found |= set(LINK.findall(answer.content.decode())) if answer.status_code == 200 else set()
    assert set(KINDS) - NO_TEXT - found == set()
