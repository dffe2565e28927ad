"""A round has meetings, so it says no longer itself when it meets next."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("rounds", "0006_next_becomes_meeting")]

    operations = [
        migrations.RemoveField(model_name="round", name="next_at"),
        migrations.RemoveField(model_name="round", name="next_what"),
    ]
