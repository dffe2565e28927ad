"""Long work beside the page: the advice follows, on with the newest decisions, and nothing is lost where it stops."""

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.base.jobs import HEARTBEAT_TIMEOUT, JobLease
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.fairness.queries import batches_of
from buurtbalans.method.placements.actions import advice as advice_actions
from buurtbalans.method.placements.actions import batches, deciding
from buurtbalans.method.placements.models import PlacingPlan, PlacingWork, WorkKind
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import cache, case, long_work, work_answers, work_limits
from buurtbalans.placing.frontier import plans
from tests.method.placings import decided, now, placer, tables
from tests.method.test_placing_cross_constraints import woven
from tests.method.test_placing_plans import WHY, crowded
from tests.shell import environment
from tests.site.people_fixtures import World

pytestmark = pytest.mark.slow


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every list be one that takes too long for a page."""
    for name in ("ADVICE_LIMIT", "PLANS_LIMIT", "COUPLED_LIMIT", "COUPLED_PLANS_LIMIT"):
        monkeypatch.setattr(work_limits, name, 0)


@pytest.fixture
def started(settings: pytest.FixtureRequest) -> list[int]:
    """Which work was to be started in a process of its own; here it is done by hand."""
    begun.clear()
    settings.JOB_STARTER = f"{__name__}.begin"  # type: ignore[attr-defined]
    return begun


begun: list[int] = []


def begin(_label: str, number: int) -> None:
    """Write down which work is to be started."""
    begun.append(number)


@pytest.fixture
def desk(world: World, large: None, started: list[int], django_capture_on_commit_callbacks) -> SimpleNamespace:
    """A list with agreements that cut across, read in, of which the first advice is still to be made."""
    batches.switch(by=world["privacy_officer"], on=True, reason="De DPIA is klaar.")
    by = world["placing_officer"]
    with django_capture_on_commit_callbacks(execute=True):
        batch = batches.import_batch(by=by, title="Groot", tables=woven())
    second = placer(world.organisations["woonstede"], "second")
    return SimpleNamespace(batch=batch, by=by, second=second, world=world, started=started)


def lease_of(work: PlacingWork) -> JobLease:
    lease = JobLease("placements.placingwork", work.pk)
    assert lease.acquire()
    return lease


def do(work: PlacingWork | None) -> PlacingWork:
    """Do the work as its process does, in this one."""
    assert work is not None
    lease_of(work).perform()
    work.refresh_from_db()
    return work


def verbs(start: str = "placements.") -> list[str]:
    return [row.verb.partition(".")[2] for row in AuditRow.objects.order_by("sequence") if row.verb.startswith(start)]


def test_the_first_advice_of_a_large_list_is_made_beside_the_page(desk: SimpleNamespace, client: Client) -> None:
    work = work_answers.open_work(desk.batch)
    assert (work.kind, work.by, desk.started) == (WorkKind.ADVICE, desk.by, [work.pk])
    assert not desk.batch.advices.exists()
    assert desk.batch not in batches_of(desk.batch.organisation), "no lines for outside of what has no advice"
    client.force_login(desk.by)
    page = reverse("placements:batch", args=[desk.batch.pk])
    waits = client.get(page)
    assert waits["Refresh"].endswith(reverse("placements:work", args=[desk.batch.pk]))
    assert "het eerste advies wordt nu berekend" in waits.content.decode()
    assert "het eerste advies wordt nu berekend" in client.get(waits["Refresh"].partition("url=")[2]).content.decode()
    for name in ("compare", "replay", "paper", "asking", "room", "what_if", "pinch", "week"):
        assert client.get(reverse(f"placements:{name}", args=[desk.batch.pk])).url == page, name
    do(work)
    advice = desk.batch.advices.get()
    assert advice.by == desk.by
    assert advice.seal == advice_queries.seal_of(advice_queries.again(desk.batch, advice))
    assert work_answers.open_work(desk.batch) is None
    assert verbs()[-4:] == ["import_batch", "begin_work", "advise", "finish_work"]
    told = client.get(reverse("placements:work", args=[desk.batch.pk]), follow=True).content.decode()
    assert "dit is het eerste advies." in told
    assert "Refresh" not in client.get(page)


def test_who_does_not_place_reads_only_that_the_advice_is_made(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.world["member"])
    told = client.get(reverse("placements:batch", args=[desk.batch.pk])).content.decode()
    assert "het eerste advies wordt nu berekend" in told
    assert "Begin opnieuw" not in told
    assert client.get(reverse("placements:work", args=[desk.batch.pk])).status_code == 403


def test_decisions_are_kept_at_once_and_the_work_goes_on_with_the_newest(
    desk: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(work_answers.open_work(desk.batch))
    first = now(desk)
    one, other = sorted(first)[:2]
    decided(desk, one, "geweigerd")
    work = work_answers.open_work(desk.batch)
    assert desk.batch.advices.count() == 1
    asked = []

    def meanwhile(batch, wanted, say):
        asked.append(len(wanted.locks))
        if len(asked) == 1:
            home = first[other]
            deciding.decide(by=desk.second, batch=batch, household=other, choice="vastleggen", proposed=home)
        return found(batch, wanted, say)

    found = long_work.advice_for
    monkeypatch.setattr(long_work, "advice_for", meanwhile)
    do(work)
    assert asked == [0, 1]
    advice = desk.batch.advices.first()
    assert (advice.number, advice.by, len(advice.rejections), len(advice.locks)) == (2, desk.second, 1, 1)
    assert dict(advice.proposals)[other] == first[other]
    assert dict(advice.proposals).get(one) != first[one]
    assert PlacingWork.objects.filter(done_at=None).count() == 0


def test_a_proposal_that_was_taken_over_meanwhile_stays(desk: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    do(work_answers.open_work(desk.batch))
    first = now(desk)
    one, other = sorted(first)[:2]
    decided(desk, one, "afwijzen")
    found, taken = long_work.advice_for, []

    def meanwhile(batch, wanted, say):
        made = found(batch, wanted, say)
        if not taken:  # what would go against the advice that is ready
            home = first[one]
            taken.append(deciding.decide(by=desk.by, batch=batch, household=one, choice="overnemen", proposed=home))
        return made

    monkeypatch.setattr(long_work, "advice_for", meanwhile)
    do(work_answers.open_work(desk.batch))
    assert now(desk)[one] == first[one]
    assert now(desk)[other] == first[other]


def test_a_second_click_asks_nothing_twice_and_other_questions_wait(desk: SimpleNamespace) -> None:
    do(work_answers.open_work(desk.batch))
    for _click in range(2):
        advice_actions.ask_work(by=desk.by, batch=desk.batch, kind=WorkKind.PLANS, asked={})
    assert desk.batch.works.filter(done_at=None).count() == 1
    advice_actions.ask_work(by=desk.second, batch=desk.batch, kind=WorkKind.AGAIN, asked={"advice": 1})
    assert (work_answers.open_work(desk.batch).kind, len(work_answers.queue_of(desk.batch))) == (WorkKind.PLANS, 1)
    with pytest.raises(PermissionDenied):
        advice_actions.ask_work(by=desk.world["member"], batch=desk.batch, kind=WorkKind.PLANS, asked={})
    decided(desk, min(now(desk)), "vastleggen")
    assert work_answers.open_work(desk.batch).kind == WorkKind.ADVICE, "an advice goes before all else"
    with pytest.raises(ValidationError, match="Kies een variant als"):
        advice_actions.choose_plan(by=desk.by, batch=desk.batch, plan="lowest_overload", reason=WHY)


def test_two_processes_never_keep_the_same_work(desk: SimpleNamespace) -> None:
    work = work_answers.open_work(desk.batch)
    first = lease_of(work)
    assert not JobLease("placements.placingwork", work.pk).acquire()
    PlacingWork.objects.filter(pk=work.pk).update(
        heartbeat_at=timezone.now() - HEARTBEAT_TIMEOUT - timedelta(seconds=1)
    )
    work.refresh_from_db()
    assert work.stopped
    advice_actions.start_again(by=desk.second, work=work)
    second = lease_of(work)
    assert not first.renew()
    assert second.renew()
    first.perform()
    assert not desk.batch.advices.exists(), "whose work was taken over keeps nothing"
    second.perform()
    assert desk.batch.advices.count() == 1


def test_where_it_stopped_the_page_says_so_and_somebody_starts_it_anew(
    desk: SimpleNamespace, client: Client, django_capture_on_commit_callbacks
) -> None:
    work = work_answers.open_work(desk.batch)
    with pytest.raises(ValidationError, match="al bezig"):
        advice_actions.start_again(by=desk.by, work=work)
    PlacingWork.objects.filter(pk=work.pk).update(
        holder="gone", heartbeat_at=timezone.now() - HEARTBEAT_TIMEOUT - timedelta(seconds=1)
    )
    client.force_login(desk.by)
    page = reverse("placements:work", args=[desk.batch.pk])
    told = client.get(page)
    assert "Refresh" not in told
    assert "De berekening is gestopt" in told.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"anew": "1"})
    assert desk.started == [work.pk, work.pk]
    lease = lease_of(work)
    work.refresh_from_db()
    advice_actions.fail_work(by=work.by, work=work, failed="memory")
    assert not lease.renew()
    assert "te weinig geheugen" in client.get(page).content.decode()
    client.post(page, {"anew": "1"})
    do(work)
    assert desk.batch.advices.count() == 1


@pytest.mark.parametrize("away", ["remove", "erase"])
def test_what_is_taken_away_during_the_work_stays_away(
    desk: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, away: str
) -> None:
    work = work_answers.open_work(desk.batch)
    found = long_work.advice_for

    def meanwhile(batch, wanted, say):
        made = found(batch, wanted, say)
        if away == "remove":
            batches.remove_batch(by=desk.by, batch=batch, reason="Verkeerd bestand.")
        else:
            batches.erase_batches(by=None, now=timezone.now() + timedelta(days=400))
        return made

    monkeypatch.setattr(long_work, "advice_for", meanwhile)
    lease = lease_of(work)
    lease.perform()
    desk.batch.refresh_from_db()
    assert desk.batch.erased_at
    assert not desk.batch.advices.exists()
    assert not PlacingWork.objects.exists()
    assert not lease.renew(), "its process ends itself"


def test_older_work_of_another_list_goes_first(desk: SimpleNamespace) -> None:
    older = lease_of(work_answers.open_work(desk.batch))
    other = batches.import_batch(by=desk.by, title="Nog een", tables=woven())
    younger = lease_of(work_answers.open_work(other))
    assert (older.blocked(), younger.blocked()) == (False, True)
    PlacingWork.objects.filter(pk=older.pk).update(kind=WorkKind.PLANS)
    assert not younger.blocked(), "an advice does not wait for plans"
    PlacingWork.objects.filter(pk=older.pk).update(kind=WorkKind.ADVICE)
    older.perform()
    assert not younger.blocked()


def test_plans_make_way_for_an_advice(desk: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    do(work_answers.open_work(desk.batch))
    lease = lease_of(advice_actions.ask_work(by=desk.by, batch=desk.batch, kind=WorkKind.PLANS, asked={}))
    found, yielded = advice_queries.plans_beside, []

    def meanwhile(batch, advice, say):
        yielded.append(lease.preempt())
        decided(desk, min(now(desk)), "vastleggen")
        yielded.append(lease.preempt())
        return found(batch, advice, say)

    monkeypatch.setattr(advice_queries, "plans_beside", meanwhile)
    lease.perform()
    assert yielded == [False, True]
    assert not PlacingPlan.objects.exists(), "the process that makes way keeps nothing"
    do(work_answers.open_work(desk.batch))
    assert desk.batch.advices.count() == 2


def test_the_price_of_another_home_and_the_advice_again_are_worked_out_when_asked(
    desk: SimpleNamespace, client: Client
) -> None:
    do(work_answers.open_work(desk.batch))
    client.force_login(desk.by)
    proposals = now(desk)
    one, home = sorted(proposals.items())[0]
    free = next(id for id in case.case_of(desk.batch.files).homes.ids if id not in proposals.values())
    page, ask = reverse("placements:batch", args=[desk.batch.pk]), reverse("placements:work", args=[desk.batch.pk])
    asked = f"{page}?huishouden={one}&waarom={free}"
    assert "berekenen we pas als u daarom vraagt" in client.get(asked).content.decode()
    client.post(ask, {"kind": "waarom", "household": one, "home": free})
    do(work_answers.open_work(desk.batch))
    assert client.get(ask).url == f"{asked}#voorstel"
    told = client.get(asked).content.decode()
    assert "berekenen we pas als u daarom vraagt" not in told
    assert f"({free}) toewijst aan {one}, heeft dat deze gevolgen:" in told
    again = reverse("placements:replay", args=[desk.batch.pk])
    assert "precies hetzelfde" not in client.get(again).content.decode()
    client.post(ask, {"kind": "narekenen"})
    do(work_answers.open_work(desk.batch))
    assert client.get(ask).url == again
    assert "precies hetzelfde advies" in client.get(again).content.decode()
    assert client.post(ask, {"kind": "waarom", "household": "H-9", "home": home}).status_code == 404


def test_what_follows_from_another_home_is_worked_out_when_the_second_person_asks(
    desk: SimpleNamespace, client: Client
) -> None:
    do(work_answers.open_work(desk.batch))
    one = min(now(desk))
    free = next(id for id in case.case_of(desk.batch.files).homes.ids if id not in now(desk).values())
    made = decided(desk, one, "anders", free, "Dicht bij school.")
    client.force_login(desk.second)
    page, ask = (
        reverse("placements:review", args=[desk.batch.pk, made.pk]),
        reverse("placements:work", args=[desk.batch.pk]),
    )
    assert "berekenen we pas als u daarom vraagt" in client.get(page).content.decode()
    client.post(ask, {"kind": "waarom", "decision": made.pk})
    do(work_answers.open_work(desk.batch))
    assert client.get(ask).url == page
    assert "berekenen we pas als u daarom vraagt" not in client.get(page).content.decode()


def test_plans_are_worked_out_once_kept_with_the_advice_and_chosen_at_once(
    world: World, large: None, started: list[int], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches.switch(by=world["privacy_officer"], on=True, reason="De DPIA is klaar.")
    by = world["placing_officer"]
    batch = batches.import_batch(by=by, title="Druk", tables=crowded())
    do(work_answers.open_work(batch))
    first = batch.advices.get()
    client.force_login(by)
    page, ask = reverse("placements:compare", args=[batch.pk]), reverse("placements:work", args=[batch.pk])
    assert "niet berekend" in client.get(page).content.decode()
    client.post(ask, {"kind": "plannen"})
    do(work_answers.open_work(batch))
    best = advice_queries.advised(batch, first)
    want = plans(best)
    kept = advice_queries.plans_of(batch, first)
    assert [(one.name, one.value, one.bound, one.components) for one in kept] == [
        (one.name, one.value, one.bound, one.components) for one in want
    ]
    assert [one.outcome.home.tolist() for one in kept] == [one.outcome.home.tolist() for one in want]
    cache.forget()
    monkeypatch.setattr("buurtbalans.method.placements.queries.advice.plans", lambda *given: pytest.fail("solved"))
    assert "6 van 6" in client.get(page).content.decode()
    made = advice_actions.choose_plan(by=by, batch=batch, plan="lowest_overload", reason=WHY)
    assert (made.number, made.plan, work_answers.open_work(batch)) == (2, "lowest_overload", None)
    assert dict(made.proposals) != dict(first.proposals)
    assert client.get(reverse("placements:batch", args=[batch.pk])).status_code == 200
    monkeypatch.undo()
    assert advice_queries.seal_of(advice_queries.again(batch, made)) == made.seal
    assert made.plans.count() == first.plans.count() == PlacingPlan.objects.count() / 2
    batches.remove_batch(by=by, batch=batch, reason="Verkeerd bestand.")
    assert not PlacingPlan.objects.exists()


def test_a_plan_that_a_decision_goes_against_is_worked_out_anew(world: World, large: None, started: list[int]) -> None:
    batches.switch(by=world["privacy_officer"], on=True, reason="De DPIA is klaar.")
    by = world["placing_officer"]
    batch = batches.import_batch(by=by, title="Druk", tables=crowded())
    do(work_answers.open_work(batch))
    do(advice_actions.ask_work(by=by, batch=batch, kind=WorkKind.PLANS, asked={}))
    best, other = (dict(one.proposals) for one in batch.advices.get().plans.all()[:2])
    moved = next(one for one, home in best.items() if other.get(one) != home)
    deciding.decide(by=by, batch=batch, household=moved, choice="overnemen", proposed=best[moved])
    assert advice_actions.choose_plan(by=by, batch=batch, plan="lowest_overload", reason=WHY) is None
    do(work_answers.open_work(batch))
    made = batch.advices.first()
    assert (made.plan, made.reason, dict(made.proposals)[moved]) == ("lowest_overload", WHY, best[moved])
    assert {*made.plans.values_list("name", flat=True)} >= {"best", "lowest_overload"}


def test_a_small_list_without_such_agreements_is_advised_at_once(world: World, started: list[int]) -> None:
    batches.switch(by=world["privacy_officer"], on=True, reason="De DPIA is klaar.")
    batch = batches.import_batch(by=world["placing_officer"], title="Klein", tables=tables())
    assert batch.advices.count() == 1
    assert not started
    assert not PlacingWork.objects.exists()


def test_a_process_makes_it_is_killed_and_started_anew_and_ends_with_its_list(
    django_db_setup: None, migrated: Path, tmp_path: Path
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a process of its own knows nothing of the suite's database; on SQLite it has a file")
    shutil.copy(migrated, tmp_path / "buurtbalans.sqlite3")
    root = str(Path(__file__).parents[2])
    given = environment(BUURTBALANS_DATA=str(tmp_path), DJANGO_SETTINGS_MODULE="tests.settings", PYTHONPATH=root)
    command = [sys.executable, "-m", "tests.method.job_processes"]
    done = subprocess.run(command, env=given, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "first": 1,
        "second": 2,
        "ended": [0, 0],
        "stopped": True,
        "kept": 1,
        "away": 0,
        "left": 0,
        "forgotten": True,
        "waits": ["plannen"],
        "way": 0,
        "locked": 1,
        "plans": [2],
    }
