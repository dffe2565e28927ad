"""The placing: its switch per organisation, batches, advices and decisions."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PlacingBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='naam')),
                ('files', models.JSONField()),
                ('hashes', models.JSONField()),
                ('households', models.PositiveIntegerField()),
                ('homes', models.PositiveIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corporations', models.ManyToManyField(related_name='+', to='people.organisation')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'verbose_name_plural': 'placing batches',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='PlacingAdvice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('locks', models.JSONField()),
                ('rejections', models.JSONField()),
                ('shown', models.JSONField()),
                ('proposals', models.JSONField()),
                ('placed', models.PositiveIntegerField()),
                ('seal', models.CharField(max_length=64)),
                ('made_with', models.CharField(max_length=40)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='advices', to='placements.placingbatch')),
            ],
            options={
                'ordering': ('-number',),
                'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='placing_advice_once')],
            },
        ),
        migrations.CreateModel(
            name='PlacingDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('household', models.CharField(max_length=40)),
                ('home', models.CharField(blank=True, max_length=40)),
                ('proposed', models.CharField(blank=True, max_length=40)),
                ('choice', models.CharField(choices=[('overnemen', 'akkoord'), ('anders', 'andere woning'), ('aanhouden', 'aangehouden'), ('geweigerd', 'huishouden wil niet'), ('vastleggen', 'ligt vast'), ('afwijzen', 'woning afgewezen')], max_length=12)),
                ('reason', models.TextField(blank=True, max_length=600, verbose_name='waarom')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('agreed', models.BooleanField(null=True)),
                ('review', models.TextField(blank=True, max_length=600, verbose_name='wat de tweede zegt')),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='placements.placingbatch')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('choice', 'anders'), ('reason', ''), _negated=True), name='placing_other_home_has_reason'), models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('by')), _negated=True), _connector='OR'), name='placing_reviewed_by_another')],
            },
        ),
        migrations.CreateModel(
            name='PlacingSwitch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.BooleanField(verbose_name='aan')),
                ('reason', models.TextField(max_length=600, verbose_name='waarom')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placing_switches', to='people.organisation')),
            ],
            options={
                'verbose_name_plural': 'placing switches',
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='placing_switch_has_reason')],
            },
        ),
    ]
