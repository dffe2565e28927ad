"""The headroom that a batch counts with, as it was agreed in a round."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('capacities', '0001_initial'),
        ('placements', '0003_reason_of_plan'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlacingRoom',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.CharField(max_length=40)),
                ('headroom', models.PositiveIntegerField()),
                ('low', models.PositiveIntegerField()),
                ('high', models.PositiveIntegerField()),
                ('why', models.TextField()),
                ('round', models.CharField(max_length=80)),
                ('review_on', models.DateField()),
                ('sent', models.CharField(blank=True, max_length=20)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rooms', to='placements.placingbatch')),
                ('capacity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='capacities.capacity')),
            ],
            options={
                'ordering': ('area',),
                'constraints': [models.UniqueConstraint(fields=('batch', 'area'), name='placing_room_once'), models.CheckConstraint(condition=models.Q(('headroom__gte', 1)), name='placing_room_closes_no_area')],
            },
        ),
    ]
