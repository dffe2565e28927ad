"""Why people chose the plan that an advice follows."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('placements', '0002_undone_and_plan'),
    ]

    operations = [
        migrations.AddField(
            model_name='placingadvice',
            name='reason',
            field=models.TextField(blank=True, max_length=600, verbose_name='waarom dit plan'),
        ),
    ]
