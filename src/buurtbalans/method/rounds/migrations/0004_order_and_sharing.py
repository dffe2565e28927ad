"""Gives the lines of a picture an order of their own, and keeps when a version was shared wider."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rounds", "0003_round_in_full")]

    operations = [
        migrations.AlterModelOptions(name="pictureline", options={"ordering": ("order", "pk")}),
        migrations.AddField("pictureline", "order", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("pictureversion", "shared_at", models.DateTimeField(null=True)),
    ]
