"""The deliveries of the invented town: one inside its release, one on a claim, one waiting for right of reply."""

from pathlib import Path

import pytest

from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.datasets.actions import publish_release
from buurtbalans.method.datasets.models import Delivery, Reply, ReplyAnswer
from buurtbalans.method.datasets.queries import deliveries
from buurtbalans.method.datasets.queries import releases as releases_queries
from buurtbalans.method.rounds.models import Evidence
from buurtbalans.site.demo.load import load_demo

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def loaded(data: Path) -> Release:
    load_demo()
    release = releases_queries.current_release()
    assert release is not None
    return release


def test_the_demo_has_deliveries_in_every_stage_and_a_second_time_changes_nothing(loaded: Release) -> None:
    inside = Delivery.objects.get(title="Hulp bij schulden")
    assert inside.sha256 in releases_queries.seals_of(loaded.id)
    assert [reply.answer for reply in deliveries.replies_to(loaded.id)] == [ReplyAnswer.FINE]
    figures = loaded.figures(indicators=["debt_help"])
    assert sorted(figures["period"].unique()) == list(range(2018, 2026))
    evidence = Evidence.objects.get(delivery__isnull=False)
    assert evidence.delivery is not None
    assert evidence.delivery.circle == evidence.claim.round.core
    assert (evidence.figure["value"], evidence.figure["step"]) == (124, 1)
    waiting = Reply.objects.get(answer=ReplyAnswer.WAITING)
    assert waiting.delivery.organisation.slug == "wonen-waterdam"
    assert waiting.release != loaded.id
    with pytest.raises(Exception, match="nog niet geantwoord"):
        publish_release(by=None, release=waiting.release, confirmed=True)
    rows, releases = AuditRow.objects.count(), len(releases_queries.releases())
    load_demo()
    assert (AuditRow.objects.count(), len(releases_queries.releases())) == (rows, releases)
