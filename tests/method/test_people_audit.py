"""The audit trail: what was changed around the application is found, and the database refuses to change it."""

import os
import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from buurtbalans.method.base import audit
from buurtbalans.method.base.models import AuditHead, AuditRow
from buurtbalans.method.people.models import Person
from tests.emptying import append_only
from tests.site.people_fixtures import person

ROWS = 40
TAMPERS = 1_000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 200


@contextmanager
def unlocked() -> Iterator[None]:
    """Do something that the database would refuse, and undo it afterwards."""
    with transaction.atomic():
        append_only.unlock(connection)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def people(db: None) -> list[Person]:
    somebody = [person("een"), person("twee")]
    for number in range(ROWS - 2):
        audit.record(by=somebody[number % 2], verb="people.test", about=somebody[0], number=number, kind={"a": [1]})
    return somebody


def test_a_whole_trail_is_whole(people: list[Person]) -> None:
    assert audit.audit_head()[0] == ROWS
    assert audit.verify_audit() is None


def test_an_empty_trail_is_whole(db: None) -> None:
    assert audit.audit_head() == (0, "")
    assert audit.verify_audit() is None


def tamper(chance: random.Random, people: list[Person]) -> None:
    """Change one thing in the trail, somewhere."""
    row = AuditRow.objects.get(sequence=chance.randint(1, ROWS))
    here = AuditRow.objects.filter(sequence=row.sequence)
    other = people[0] if row.actor_id != people[0].pk else people[1]
    changes: list[dict[str, Any]] = [
        {"at": row.at + timedelta(microseconds=chance.choice([-1, 1, 3_600_000_000]))},
        {"actor": other},
        {"actor": None if row.actor_id else other},
        {"verb": row.verb + "x"},
        {"about": f"people.person:{chance.randint(10**6, 10**7)}"},
        {"detail": {**row.detail, "number": -1}},
        {"detail": {}} if row.detail else {"detail": {"more": True}},
        {"previous": f"{chance.getrandbits(256):064x}"},
        {"digest": f"{chance.getrandbits(256):064x}"},
        {"sequence": ROWS + chance.randint(1, 9)},
    ]
    match chance.randrange(len(changes) + 3):
        case 0:
            here.delete()
        case 1:
            AuditRow.objects.filter(sequence__gte=row.sequence).delete()
        case 2:
            inserted = AuditRow(sequence=ROWS + 1, verb="people.test", previous=audit.audit_head()[1])
            inserted.digest = inserted.seal()
            inserted.save(force_insert=True)
        case choice:
            here.update(**changes[choice - 3])


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2026])
def test_every_tamper_is_found(people: list[Person], seed: int) -> None:
    chance = random.Random(seed)
    missed = []
    for number in range(TAMPERS):
        with unlocked():
            tamper(chance, people)
            if audit.verify_audit() is None:
                missed.append(number)
    assert missed == []
    assert audit.verify_audit() is None


@pytest.mark.parametrize(
    ("change", "sequence", "why"),
    [
        ({"verb": "people.other"}, 7, "veranderd"),
        ({"previous": "0" * 64}, 7, "sluit niet aan"),
        ({"sequence": 900}, 7, "ontbreekt een regel"),
    ],
)
def test_the_first_broken_row_is_named(people: list[Person], change: dict[str, Any], sequence: int, why: str) -> None:
    with unlocked():
        AuditRow.objects.filter(sequence=7).update(**change)
        broken = audit.verify_audit()
        assert broken is not None
        assert broken.sequence == sequence
        assert why in str(broken.why)


def test_missing_last_rows_are_found(people: list[Person]) -> None:
    with unlocked():
        AuditRow.objects.filter(sequence__gt=ROWS - 2).delete()
        broken = audit.verify_audit()
        assert broken is not None
        assert (broken.sequence, str(broken.why)) == (ROWS, "deze regel ontbreekt")
    with unlocked():
        AuditRow.objects.all().delete()
        assert audit.verify_audit() is not None


def test_a_trail_rewritten_from_end_to_end_is_found_by_a_kept_seal(people: list[Person]) -> None:
    head = audit.audit_head()
    with unlocked():
        seal = ""
        for row in AuditRow.objects.order_by("sequence"):
            row.verb, row.previous = "people.other", seal
            seal = row.digest = row.seal()
            row.save()
        AuditHead.objects.update(digest=seal)
        assert audit.verify_audit() is None
        broken = audit.verify_audit(head=head)
        assert broken is not None
        assert broken.sequence == ROWS
    audit.record(by=None, verb="people.test")
    assert audit.verify_audit(head=head) is None


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses a text that is no time")
@pytest.mark.parametrize(
    ("at", "why"), [("ooit", "deze regel is veranderd"), ("2026-13-45 00:00:00", "deze regel is niet te lezen")]
)
def test_a_row_that_cannot_be_read_is_found(people: list[Person], at: str, why: str) -> None:
    with unlocked(), connection.cursor() as cursor:
        cursor.execute("UPDATE base_auditrow SET at = %s WHERE sequence = 5", [at])
        broken = audit.verify_audit()
        assert broken is not None
        assert (broken.sequence, str(broken.why)) == (5, why)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE base_auditrow SET verb = 'people.other' WHERE sequence = 3",
        "UPDATE base_auditrow SET sequence = 900 WHERE sequence = 3",
        "DELETE FROM base_auditrow WHERE sequence = 3",
        "DELETE FROM base_auditrow",
    ],
)
def test_the_database_refuses_to_change_the_trail(people: list[Person], statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert audit.verify_audit() is None


@pytest.mark.parametrize("row", [3, ROWS])
def test_the_database_refuses_to_replace_a_row(people: list[Person], row: int) -> None:
    columns = "sequence, at, actor_id, about, detail, previous, digest"
    same = f"SELECT 'people.other', {columns} FROM base_auditrow WHERE sequence = {row}"
    here = f"INTO base_auditrow (verb, {columns}) {same}"
    replace = {
        "sqlite": f"INSERT OR REPLACE {here}",
        "postgresql": f"INSERT {here} ON CONFLICT (sequence) DO UPDATE SET verb = 'people.other'",
    }
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(replace[connection.vendor])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_empty_the_trail(people: list[Person]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE base_auditrow CASCADE")


def test_the_lock_can_be_taken_off_and_put_back(people: list[Person]) -> None:
    with transaction.atomic():
        append_only.unlock(connection)
        append_only.lock(connection)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditRow.objects.filter(sequence=1).delete()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_trail() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the suite's SQLite stands in memory, where two connections cannot write")

    def write(_number: int) -> None:
        try:
            audit.record(by=None, verb="people.test")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(80)))
    assert audit.audit_head()[0] == 80
    assert audit.verify_audit() is None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_database_of_its_own_is_emptied_and_locked_again(time: str) -> None:
    assert not AuditRow.objects.exists()
    audit.record(by=None, verb="people.test")
    with pytest.raises(DatabaseError, match="append-only"):
        AuditRow.objects.filter(sequence=1).delete()


def test_everything_that_is_written_down_has_words() -> None:
    package = Path(audit.__file__).parent.parent
    verbs = {verb for path in package.glob("*/actions.py") for verb in re.findall(r'verb="([\w.]+)"', path.read_text())}
    assert len(verbs) > 10
    assert {verb for verb in verbs if AuditRow(verb=verb).words == verb} == set()
