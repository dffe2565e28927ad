"""Makes the table in which attempts to sign in are counted, shared by all processes."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make(_apps: Any, editor: Any) -> None:
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


def drop(_apps: Any, editor: Any) -> None:
    editor.execute("DROP TABLE IF EXISTS people_attempts")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
