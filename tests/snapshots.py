"""What takes seconds to make is made once for the tests of a module; each works on a copy and undoes what it did."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.test import override_settings
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

Made = TypeVar("Made")


@contextmanager
def standing(blocker: DjangoDbBlocker, data: Path, make: Callable[[], Made]) -> Iterator[Made]:
    """Let what is made stand in the database, below the tests: they roll back to it, and at the end it goes."""
    with blocker.unblock(), transaction.atomic():
        with override_settings(DATA=data), translation.override("nl"):
            made = make()
        with blocker.block():
            yield made
        transaction.set_rollback(True)
