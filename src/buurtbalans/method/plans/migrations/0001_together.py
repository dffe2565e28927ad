"""All of plans at once, for a new database; one that went through the steps before this keeps them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('plans', '0001_initial'),
        ('plans', '0002_round_in_full'),
    ]

    dependencies = [
        ("people", "0001_initial"),
        ('rounds', '0001_together'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(auto_now=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('about', models.CharField(choices=[('plaatsen', 'bij het plaatsen van mensen'), ('begeleiden', 'bij begeleiding')], max_length=10, verbose_name='waarover')),
                ('text', models.CharField(max_length=200, verbose_name='voorwaarde')),
                ('area', models.CharField(blank=True, max_length=12)),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='opnieuw bekijken op')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('claims', models.ManyToManyField(related_name='conditions', to='rounds.claim')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='rounds.round')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('about', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(auto_now=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('title', models.CharField(max_length=120, verbose_name='resultaat')),
                ('per_what', models.CharField(max_length=80, verbose_name='waarvan')),
                ('baseline', models.JSONField()),
                ('target_low', models.FloatField(verbose_name='doel van')),
                ('target_high', models.FloatField(verbose_name='doel tot')),
                ('target_year', models.PositiveSmallIntegerField(verbose_name='doeljaar')),
                ('measured_by', models.CharField(blank=True, max_length=200, verbose_name='hoe wij het meten')),
                ('measured_on', models.DateField(blank=True, null=True, verbose_name='wanneer wij het meten')),
                ('asked_too', models.CharField(blank=True, max_length=200, verbose_name='wat wij bewoners vragen')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('claims', models.ManyToManyField(related_name='results', to='rounds.claim')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measured_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation', verbose_name='wie het meet')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='rounds.round')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Effort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(auto_now=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('together_with', models.CharField(blank=True, max_length=80, verbose_name='samen met')),
                ('what', models.CharField(max_length=160, verbose_name='wat')),
                ('first_sign', models.CharField(max_length=120, verbose_name='eerste teken dat het werkt')),
                ('state', models.CharField(choices=[('begint', 'begint'), ('loopt', 'loopt'), ('klaar', 'klaar'), ('staat_stil', 'staat stil')], default='begint', max_length=10, verbose_name='stand')),
                ('state_reason', models.CharField(blank=True, max_length=120, verbose_name='reden')),
                ('since', models.DateField(verbose_name='sinds')),
                ('evidence_class', models.CharField(choices=[('bewezen', 'bewezen'), ('kansrijk', 'kansrijk'), ('eigen_idee', 'eigen idee, nog niet getest')], max_length=10, verbose_name='hoe weten we dat het werkt')),
                ('works', models.SlugField(blank=True, max_length=60, verbose_name='uit de lijst van wat werkt')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='begint op')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='klaar op')),
                ('quick_win', models.BooleanField(default=False, verbose_name='snel te zien')),
                ('renew_by', models.DateField(blank=True, null=True, verbose_name='opnieuw besluiten vóór')),
                ('true_on', models.DateField(blank=True, null=True, verbose_name='klopt nog op')),
                ('accepted_at', models.DateTimeField(null=True)),
                ('where', models.CharField(blank=True, max_length=120, verbose_name='waar')),
                ('area', models.CharField(blank=True, max_length=12)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('claims', models.ManyToManyField(related_name='efforts', to='rounds.claim')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='efforts', to='people.organisation')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='efforts', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='efforts', to='plans.result')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('content', models.JSONField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='rounds.round')),
            ],
            options={
                'ordering': ('round', '-number'),
                'constraints': [models.UniqueConstraint(fields=('round', 'number'), name='plan_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(auto_now=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('start', models.DateField(verbose_name='van')),
                ('end', models.DateField(verbose_name='tot en met')),
                ('reached', models.PositiveIntegerField(blank=True, null=True, verbose_name='hoeveel mensen bereikt')),
                ('meant', models.PositiveIntegerField(blank=True, null=True, verbose_name='voor hoeveel bedoeld')),
                ('dose', models.CharField(blank=True, max_length=120, verbose_name='hoe vaak, hoe lang')),
                ('quality', models.CharField(blank=True, max_length=200, verbose_name='ging het zoals bedoeld')),
                ('better_off', models.CharField(blank=True, max_length=200, verbose_name='wie heeft er iets aan')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('effort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='plans.effort')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'progress',
                'ordering': ('effort', 'start'),
                'constraints': [models.CheckConstraint(condition=models.Q(('start__lte', models.F('end'))), name='progress_has_a_while')],
            },
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.CheckConstraint(condition=models.Q(('target_low__lte', models.F('target_high'))), name='result_target_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='effort',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'staat_stil'), _negated=True), models.Q(('state_reason', ''), _negated=True), _connector='OR'), name='effort_stuck_has_reason'),
        ),
    ]
