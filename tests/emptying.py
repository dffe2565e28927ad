"""Lets a test with a database of its own be emptied: the audit trail refuses that, as it should."""

from importlib import import_module

from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

append_only = import_module("buurtbalans.method.base.migrations.0002_append_only")


def let_emptying_through() -> None:
    """Take the lock off the audit trail while the suite empties all tables after a test, and put it back."""
    empty = TransactionTestCase._fixture_teardown

    def unlock_and_empty(case: TransactionTestCase) -> None:
        append_only.unlock(connection)
        try:
            empty(case)
            cache.clear()
        finally:
            append_only.lock(connection)

    TransactionTestCase._fixture_teardown = unlock_and_empty
