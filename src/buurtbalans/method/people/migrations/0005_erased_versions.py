"""A past version of a text can be erased by who wrote it, when it holds what should not have been written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_texts")]

    operations = [
        migrations.AddField(model_name="past", name="erased_at", field=models.DateTimeField(null=True)),
    ]
