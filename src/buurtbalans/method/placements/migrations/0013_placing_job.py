"""Names the lease of long work as the job queue does, and remembers since when a job waits."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placements", "0012_work_in_turn")]

    operations = [
        migrations.RenameField("placingwork", "beat_at", "heartbeat_at"),
        migrations.RenameField("placingwork", "part", "progress"),
        migrations.RenameField("placingwork", "failed", "failure"),
        migrations.AddField(
            "placingwork",
            "created_at",
            models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
    ]
