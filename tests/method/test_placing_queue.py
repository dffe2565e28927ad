"""Questions about a list wait for the work that goes on, in the order they were asked, and none is lost."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.base.jobs import HEARTBEAT_TIMEOUT
from buurtbalans.method.placements import jobs
from buurtbalans.method.placements.actions import advice
from buurtbalans.method.placements.models import PlacingWork, WorkKind
from buurtbalans.method.placements.queries import case, work_answers
from tests.method.placings import decided, now
from tests.method.test_placing_jobs import desk, do, large, started

__all__ = ["desk", "large", "started"]
pytestmark = pytest.mark.slow


def free_of(desk: SimpleNamespace) -> str:
    homes: list[str] = case.case_of(desk.batch.files).homes.ids
    return next(id for id in homes if id not in now(desk).values())


def kinds(desk: SimpleNamespace) -> list[str]:
    return [work.kind for work in (work_answers.open_work(desk.batch), *work_answers.queue_of(desk.batch)) if work]


def test_a_question_asked_meanwhile_waits_and_is_answered_after(
    desk: SimpleNamespace, client: Client, django_capture_on_commit_callbacks
) -> None:
    do(work_answers.open_work(desk.batch))
    client.force_login(desk.by)
    one, free = min(now(desk)), free_of(desk)
    ask, compare = (reverse(f"placements:{name}", args=[desk.batch.pk]) for name in ("work", "compare"))
    client.post(ask, {"kind": "plannen"})
    for _click in range(2):
        told = client.post(ask, {"kind": "waarom", "household": one, "home": free}, follow=True).content.decode()
    assert told.count(f"({one} → {free})") == 1
    assert "U hoeft deze berekeningen niet opnieuw aan te vragen" in told
    plans = client.get(compare).content.decode()
    assert "Deze berekening is nu bezig: andere varianten" in plans
    assert "niet berekend" not in plans
    with django_capture_on_commit_callbacks(execute=True):
        do(work_answers.open_work(desk.batch))
    assert "niet berekend" not in client.get(compare).content.decode()
    assert kinds(desk) == [WorkKind.WHY]
    assert desk.started[-1] == work_answers.open_work(desk.batch).pk, "its process begins by itself"
    do(work_answers.open_work(desk.batch))
    page = client.get(ask).url
    assert f"waarom={free}" in page
    assert f"({free}) toewijst aan {one}, heeft dat deze gevolgen:" in client.get(page).content.decode()
    assert kinds(desk) == []


def test_what_an_advice_goes_before_is_answered_after_it_about_that_advice(desk: SimpleNamespace) -> None:
    do(work_answers.open_work(desk.batch))
    one, free = max(now(desk)), free_of(desk)
    asked = {"household": one, "home": free}
    advice.ask_work(by=desk.by, batch=desk.batch, kind=WorkKind.WHY, asked={"advice": 1} | asked)
    advice.ask_work(by=desk.second, batch=desk.batch, kind=WorkKind.PLANS, asked={})
    decided(desk, min(now(desk)), "vastleggen")
    assert kinds(desk) == [WorkKind.ADVICE, WorkKind.WHY, WorkKind.PLANS]
    assert work_answers.queue_of(desk.batch)[0].by == desk.by
    do(work_answers.open_work(desk.batch))
    assert do(work_answers.open_work(desk.batch)).asked == {"advice": 2} | asked
    assert work_answers.answer_of(desk.batch, WorkKind.WHY, {"advice": 2} | asked)
    do(work_answers.open_work(desk.batch))
    assert desk.batch.advices.latest("number").plans.exists()
    assert kinds(desk) == []


def test_a_question_that_stopped_makes_way_for_the_next_and_stays(desk: SimpleNamespace) -> None:
    do(work_answers.open_work(desk.batch))
    plans = advice.ask_work(by=desk.by, batch=desk.batch, kind=WorkKind.PLANS, asked={})
    PlacingWork.objects.filter(pk=plans.pk).update(holder="gone", heartbeat_at=timezone.now() - 2 * HEARTBEAT_TIMEOUT)
    advice.ask_work(by=desk.second, batch=desk.batch, kind=WorkKind.AGAIN, asked={"advice": 1})
    assert kinds(desk) == [WorkKind.AGAIN, WorkKind.PLANS]
    do(work_answers.open_work(desk.batch))
    do(work_answers.open_work(desk.batch))
    assert desk.batch.advices.get().plans.exists()


def test_the_list_says_what_an_advice_from_beside_the_page_changed_until_the_next_decision(
    desk: SimpleNamespace, client: Client
) -> None:
    do(work_answers.open_work(desk.batch))
    client.force_login(desk.by)
    page, ask = (reverse(f"placements:{name}", args=[desk.batch.pk]) for name in ("batch", "work"))
    words = "Het voorstel is gewijzigd voor "
    assert words not in client.get(page).content.decode(), "the first advice changed nothing"
    one, other = sorted(now(desk))[:2]
    decided(desk, one, "geweigerd")
    assert words not in client.get(page).content.decode()
    do(work_answers.open_work(desk.batch))
    done = client.get(ask, follow=True).content.decode()
    assert "Het nieuwe advies is klaar en u ziet het hieronder." in done
    assert done.count(words) == 1
    assert f"{words}{one} (" in client.get(page).content.decode(), "and still when the list is opened once more"
    decided(desk, other, "aanhouden")
    assert words not in client.get(page).content.decode()


def test_a_refusal_that_nobody_foresaw_ends_the_work_and_is_not_tried_for_ever(
    desk: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object) -> None:
        raise ValidationError("no such thing", code="other")

    monkeypatch.setattr(jobs, "perform", refused)
    with pytest.raises(ValidationError, match="no such thing"):
        do(work_answers.open_work(desk.batch))
