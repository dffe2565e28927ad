"""The whole crawl for words: as everybody in turn, standing and thrown away, nobody finds a canary of others."""

import pytest

from buurtbalans.figures.release.frozen import Release
from tests.site.canaries import PEOPLE, crawl, mark, throw_away
from tests.site.conftest import waterdam, waterdam_folder
from tests.site.content_fixtures import Content

pytestmark = [pytest.mark.django_db, pytest.mark.long]
__all__ = ["waterdam", "waterdam_folder"]  # fixtures


@pytest.mark.parametrize("thrown", [False, True], ids=["standing", "trash"])
@pytest.mark.parametrize("who", PEOPLE)
def test_wherever_a_link_leads_nobody_finds_a_canary_of_others(waterdam: Release, who: str, thrown: bool) -> None:
    content = Content()
    mark(content)
    if thrown:
        throw_away(content)
    wrong, _read = crawl(content, who, most=40)
    assert not wrong, "\n".join(sorted(set(wrong))[:20])
