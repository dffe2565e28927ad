"""Walks the migrations one by one, as a database does that was there before they were told together."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

State = list[tuple[str, str]]


def executor() -> MigrationExecutor:
    """Return who carries out migrations, for the single ones and not for those that take their place."""
    found = MigrationExecutor(connection)
    found.loader.replace_migrations = False
    found.loader.build_graph()
    return found


def moved(to: State) -> Apps:
    """Bring the database to some migrations, and return the models as they are there."""
    mover = executor()
    mover.migrate(to)
    mover.loader.build_graph()
    return mover.loader.project_state(to).apps  # type: ignore[return-value]


def tables() -> dict[str, object]:
    """Return what each table looks like: its columns, and its keys and constraints whatever their names."""
    look = connection.introspection
    with connection.cursor() as cursor:
        return {
            name: (
                sorted((c.name, str(c.type_code), c.null_ok) for c in look.get_table_description(cursor, name)),
                sorted(
                    (str(rule["columns"]), rule["unique"], str(rule["foreign_key"]), rule["check"], rule["index"])
                    for rule in look.get_constraints(cursor, name).values()
                ),
            )
            for name in look.table_names(cursor)
        }


@contextmanager
def back_at(before: State) -> Iterator[Apps]:
    """Give the models as they were, on a database that is put forward again and then looks as it did."""
    together = tables()
    leaves = executor().loader.graph.leaf_nodes()
    yield moved(before)
    moved(leaves)
    apart = tables()
    assert apart == together
