"""Lets the database itself refuse to change or delete an audit row."""

from typing import Any, Final

from django.db import migrations

SQLITE_LOCK: Final = [
    f"""CREATE TRIGGER base_auditrow_no_{what.lower()} BEFORE {what} ON base_auditrow
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"""
    for what in ("UPDATE", "DELETE")
] + [
    # INSERT OR REPLACE deletes without firing the trigger above, so a row may only be added behind the last one.
    """CREATE TRIGGER base_auditrow_no_replace BEFORE INSERT ON base_auditrow
       WHEN EXISTS (SELECT 1 FROM base_auditrow WHERE sequence >= NEW.sequence OR digest = NEW.digest)
       BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"""
]
SQLITE_UNLOCK: Final = [f"DROP TRIGGER IF EXISTS base_auditrow_no_{what}" for what in ("update", "delete", "replace")]
POSTGRESQL_LOCK: Final = [
    """CREATE FUNCTION base_auditrow_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$""",
    """CREATE TRIGGER base_auditrow_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON base_auditrow
       FOR EACH STATEMENT EXECUTE FUNCTION base_auditrow_refuse()""",
]
POSTGRESQL_UNLOCK: Final = [
    "DROP TRIGGER IF EXISTS base_auditrow_no_change ON base_auditrow",
    "DROP FUNCTION IF EXISTS base_auditrow_refuse()",
]
STATEMENTS: Final = {
    "sqlite": (SQLITE_LOCK, SQLITE_UNLOCK),
    "postgresql": (POSTGRESQL_LOCK, POSTGRESQL_UNLOCK),
}


def lock(connection: Any) -> None:
    """Make the audit trail append-only."""
    _run(connection, STATEMENTS[connection.vendor][0])


def unlock(connection: Any) -> None:
    """Make the audit trail an ordinary table again: for going back a migration, and for emptying a test database."""
    _run(connection, STATEMENTS[connection.vendor][1])


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda _apps, editor: lock(editor.connection), lambda _apps, editor: unlock(editor.connection)
        )
    ]
