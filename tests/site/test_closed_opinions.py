"""What an organisation answered stays closed until all are opened: in papers, files, the large map, search and versions."""

import pytest
from django.urls import reverse

from buurtbalans.method.rounds.actions import claims
from buurtbalans.method.rounds.models import Claim
from buurtbalans.site.exports.archive import archive
from buurtbalans.site.papers.papers import PAPERS
from tests.site.content_fixtures import Content
from tests.site.gate_parts import unpacked
from tests.site.walk import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("bare")]
CANARY = "kanariedicht"


def told(content: Content, who: str) -> str:
    """Return all that somebody reads of the round outside the page of the claim itself."""
    round, client = content.rounds["own"], signed_in(content.world[who])
    urls = [reverse(f"papers:{name}", args=[round.slug, kind]) for name in PAPERS for kind in ("pdf", "docx")]
    urls += [reverse(f"large_map:{name}", args=[round.slug]) for name in ("page", "data", "paper")]
    pages = [client.get(url) for url in (*urls, "/zoek/?q=kanarie", "/zoek/?q=open")]
    assert {page.status_code for page in pages} <= {200, 404}  # 404: a paper of which there is nothing yet
    files = archive(round, content.world[who]).values()
    return "".join([*(unpacked(page.getvalue()) for page in pages), *map(unpacked, files)])


def test_no_other_organisation_reads_an_answer_before_the_opening(content: Content) -> None:
    claim = Claim.objects.get(pk=content.args["claim"]["own"][1])
    given = {"claim": claim, "answer": "tegengesproken", "answer_reason": f"Nee, {CANARY}"}
    opinion = claims.answer_claim(by=content.world["core_member"], **given)
    versions = reverse("history", args=["rounds.opinion", opinion.pk])

    assert claim.opened_at is None
    assert CANARY not in told(content, "process_guide")
    assert CANARY in told(content, "core_member")  # of the own organisation
    assert signed_in(content.world["process_guide"]).get(versions).status_code == 404
    assert signed_in(content.world["core_member"]).get(versions).status_code == 200

    claims.open_opinions(by=content.world["process_guide"], claim=claim)
    assert CANARY in told(content, "process_guide")
