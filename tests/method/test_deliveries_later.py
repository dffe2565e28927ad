"""What happens to deliveries later: the right of reply before a release, and erasing what was kept long enough."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from buurtbalans.figures.findings import Refused
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.datasets import actions, rules
from buurtbalans.method.datasets.models import Reply, ReplyAnswer
from buurtbalans.method.datasets.queries import deliveries, releases
from buurtbalans.method.people.models import Person
from tests.figures.release_parts import delivery, division, rows
from tests.method.deliveries import ANSWERS, draft, kept, last, refresh, shared
from tests.site.people_fixtures import World


@pytest.fixture
def mine(world: World, data: Path) -> Person:
    """A member of a core group who works for a housing corporation."""
    return world["core_member"]


# the right of reply


@pytest.fixture
def waiting(mine: Person, world: World) -> Reply:
    """A release that will hold a delivery of the own organisation."""
    release = releases.store().add([delivery(rows(indicators=["population"]))], [division()], title="Kerncijfers")
    until = timezone.localdate() + timedelta(days=14)
    return actions.ask_reply(by=world["data_steward"], release=release, delivery=shared(mine, None), until=until)


def test_asking_a_supplier_leaves_a_row(waiting: Reply, world: World) -> None:
    assert last() == ("datasets.ask_reply", f"datasets.reply:{waiting.pk}")
    assert deliveries.replies_of(world.organisations["woonstede"]) == [waiting]
    assert deliveries.replies_to(waiting.release) == [waiting]


def test_only_a_steward_asks_and_only_about_what_all_may_see(mine: Person, world: World) -> None:
    one = kept(mine)
    with pytest.raises(PermissionDenied):
        actions.ask_reply(by=mine, release="r1", delivery=one, until=timezone.localdate())
    with pytest.raises(ValidationError, match="alle organisaties"):
        actions.ask_reply(by=world["data_steward"], release="r1", delivery=one, until=timezone.localdate())


def test_a_release_waits_for_the_answer_and_goes_on_with_it(waiting: Reply, mine: Person, world: World) -> None:
    steward = world["data_steward"]
    with pytest.raises(Refused, match="nog niet geantwoord"):
        actions.publish_release(by=steward, release=waiting.release)
    actions.answer_reply(by=mine, reply=waiting, answer=ReplyAnswer.FINE)
    assert last() == ("datasets.answer_reply", f"datasets.reply:{waiting.pk}")
    actions.publish_release(by=steward, release=waiting.release)
    with pytest.raises(ValidationError, match="al geantwoord"):
        actions.answer_reply(by=mine, reply=waiting, answer=ReplyAnswer.OBJECTION, reason="x")


def test_an_objection_with_its_reason_stops_it_until_it_is_taken_out(
    waiting: Reply, mine: Person, world: World
) -> None:
    steward = world["data_steward"]
    for answer, reason, match in (("bezwaar", " ", "waarom"), ("misschien", "x", "Kies")):
        with pytest.raises(ValidationError, match=match):
            actions.answer_reply(by=mine, reply=waiting, answer=answer, reason=reason)
    with pytest.raises(PermissionDenied):
        actions.answer_reply(by=world["foreign_core"], reply=waiting, answer="akkoord")
    actions.answer_reply(by=mine, reply=waiting, answer="bezwaar", reason="De telling klopt niet.")
    with pytest.raises(Refused, match="maakt bezwaar"):
        actions.publish_release(by=steward, release=waiting.release)
    with pytest.raises(PermissionDenied):
        actions.remove_from_release(by=mine, reply=waiting)
    actions.remove_from_release(by=steward, reply=waiting)
    assert last()[0] == "datasets.remove_from_release"
    actions.publish_release(by=steward, release=waiting.release)


def test_silence_is_consent_after_the_term(waiting: Reply) -> None:
    assert waiting.stops(waiting.until)
    assert not waiting.stops(waiting.until + timedelta(days=1))


def test_nobody_is_asked_after_the_release(waiting: Reply, mine: Person, world: World) -> None:
    steward = world["data_steward"]
    actions.answer_reply(by=mine, reply=waiting, answer=ReplyAnswer.FINE)
    actions.publish_release(by=steward, release=waiting.release)
    with pytest.raises(ValidationError, match="al gepubliceerd"):
        actions.ask_reply(by=steward, release=waiting.release, delivery=waiting.delivery, until=waiting.until)


# erasing


def test_tidying_erases_old_drafts_and_what_was_withdrawn_long_ago(mine: Person, world: World) -> None:
    one, seen = kept(mine), shared(mine, world.core["own"], title="Gedeeld")
    for each in (one, seen):
        actions.withdraw_delivery(by=mine, delivery=each, version=each.version)
    young = kept(mine, title="Jong")
    draft(mine)
    assert actions.tidy(by=None) == {"erased": 0, "deliveries": 0}
    later = timezone.now() + rules.DRAFTS_KEPT + timedelta(minutes=1)
    assert actions.tidy(by=None, now=later) == {"erased": 1, "deliveries": 0}
    later = timezone.now() + rules.WITHDRAWN_KEPT + timedelta(minutes=1)
    assert actions.tidy(by=None, now=later) == {"erased": 0, "deliveries": 1}
    row = AuditRow.objects.last()
    assert row is not None
    assert (row.verb, row.actor, row.detail) == ("datasets.tidy", None, {"erased": 0, "deliveries": 1})
    assert not refresh(one).counts.exists()
    assert young.counts.exists()
    assert seen.counts.exists()  # a next delivery is guarded beside it
    later = timezone.now() + rules.SHARED_KEPT + timedelta(minutes=1)
    assert actions.tidy(by=None, now=later)["deliveries"] == 1
    assert not seen.counts.exists()
    assert seen.uses.exists()
    for write in (actions.restore_delivery, lambda **about: actions.share(circle=None, **ANSWERS, **about)):
        with pytest.raises(ValidationError, match=r"gewist|ingetrokken"):
            write(by=mine, delivery=one, version=one.version)
    with pytest.raises(PermissionDenied):
        actions.tidy(by=mine)


def test_what_was_shared_before_is_guarded_until_it_is_erased(mine: Person, world: World) -> None:
    one = shared(mine, world.core["own"])
    actions.withdraw_delivery(by=mine, delivery=one, version=2)
    assert [name for name, _, _ in deliveries.shared_before(mine.organisation)] == [str(one.pk)]  # type: ignore[arg-type]
