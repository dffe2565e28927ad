"""Every kind of text has a way to its versions, from a page where it is read or changed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.release.frozen import Release
from buurtbalans.site.texts import IN_A_ROUND, KINDS
from tests.site.access import ROWS
from tests.site.content_fixtures import Content

NAMESPACES = (*(f"{name}:" for name in IN_A_ROUND), "partners:")
LINK = re.compile(r'href="/tekst/([a-z.]+)/\d+/"')
NO_TEXT = {  # these go and come back, and are never reworded
    "rounds.evidence",  # a figure or a story beside a claim
    "stories.publishedfeelings",  # the feelings as others see them
}


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.usefixtures("bare")
@pytest.mark.django_db
def test_every_kind_of_text_has_a_way_to_its_versions(waterdam: Release) -> None:
    content, found = Content(), set()
    for who in ("core_member", "process_guide"):
        client = Client()
        client.force_login(content.world[who])
        for row in ROWS:
            if row.method == "GET" and row.name.startswith(NAMESPACES):
                answer = client.get(reverse(row.name, args=content.args[row.of]["own"]))
                page = answer.status_code == 200 and "html" in answer["Content-Type"]
                found |= set(LINK.findall(answer.content.decode())) if page else set()
    assert set(KINDS) - NO_TEXT - found == set()
