"""The bound and the prices of an advice on the whole model, so that a page shows it without a search."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('placements', '0004_room_agreed'),
    ]

    operations = [
        migrations.AddField(
            model_name='placingadvice',
            name='proof',
            field=models.JSONField(null=True),
        ),
    ]
