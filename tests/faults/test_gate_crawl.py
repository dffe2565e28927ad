"""The whole crawl: as everybody in turn, wherever a link leads, no withheld number stands in any answer."""

import pytest

from tests.site.content_fixtures import Content
from tests.site.gate_parts import Planted
from tests.site.test_gate_crawl import WHO, Passed, Secret, crawl, passed, planted

pytestmark = pytest.mark.long
__all__ = ["passed", "planted"]  # fixtures


@pytest.mark.parametrize("who", WHO)
def test_wherever_a_link_leads_no_withheld_number_stands(planted: Planted, passed: Passed, who: str) -> None:
    content = Content()
    wrong = crawl(content, planted, Secret(content), passed, who, most=40)
    assert not wrong, "\n".join(wrong[:20])
