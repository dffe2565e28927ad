"""All of datasets at once, for a new database; one that went through the steps before this keeps them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('datasets', '0001_publication'),
        ('datasets', '0002_shipments'),
        ('datasets', '0003_audiences'),
        ('datasets', '0004_shown_elsewhere'),
        ('datasets', '0005_shared_until'),
        ('datasets', '0006_kept_values'),
    ]

    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('file', models.CharField(max_length=120)),
                ('sha256', models.CharField(max_length=64)),
                ('table', models.JSONField()),
                ('choices', models.JSONField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Shipment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('for_all', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('ingelezen', 'alleen van uw organisatie'), ('gedeeld', 'gedeeld'), ('ingetrokken', 'ingetrokken')], default='ingelezen', max_length=12)),
                ('title', models.CharField(max_length=120)),
                ('source', models.CharField(max_length=200)),
                ('file', models.CharField(max_length=120)),
                ('sha256', models.CharField(max_length=64)),
                ('mapping', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.circle')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shipments', to='people.organisation')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='ShipmentCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(max_length=120)),
                ('area', models.CharField(max_length=16)),
                ('division', models.PositiveSmallIntegerField()),
                ('period', models.PositiveSmallIntegerField()),
                ('value', models.BigIntegerField(null=True)),
                ('absence', models.CharField(blank=True, choices=[('too_few', 'too_few'), ('protects_another', 'protects_another'), ('not_measured', 'not_measured'), ('not_comparable', 'not_comparable'), ('not_shared', 'not_shared'), ('not_applicable', 'not_applicable'), ('withheld_at_source', 'withheld_at_source')], max_length=20)),
                ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='datasets.shipment')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='ShownCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('core', 'core'), ('ring', 'ring'), ('public', 'public')], max_length=8)),
                ('value', models.BigIntegerField(null=True)),
                ('step', models.PositiveSmallIntegerField(default=1)),
                ('kept', models.BooleanField(default=False)),
                ('absence', models.CharField(blank=True, choices=[('too_few', 'too_few'), ('protects_another', 'protects_another'), ('not_measured', 'not_measured'), ('not_comparable', 'not_comparable'), ('not_shared', 'not_shared'), ('not_applicable', 'not_applicable'), ('withheld_at_source', 'withheld_at_source')], max_length=20)),
                ('count', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shown', to='datasets.shipmentcount')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='UseAnswers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(max_length=200)),
                ('level', models.CharField(choices=[('core', 'core'), ('ring', 'ring'), ('public', 'public')], max_length=8)),
                ('legal', models.CharField(max_length=300, verbose_name='Mag het van de wet?')),
                ('ethical', models.CharField(max_length=300, verbose_name='Is het netjes?')),
                ('good_idea', models.CharField(max_length=300, verbose_name='Is het een goed idee?')),
                ('decides', models.CharField(max_length=120, verbose_name='Wie besloot dit?')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.circle')),
                ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='datasets.shipment')),
            ],
            options={
                'verbose_name_plural': 'answers',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('gepubliceerd', 'gepubliceerd'), ('teruggedraaid', 'teruggedraaid')], max_length=16)),
                ('release', models.CharField(blank=True, max_length=20)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'gepubliceerd'), ('release', ''), _negated=True), name='publication_of_a_release')],
            },
        ),
        migrations.CreateModel(
            name='SharedUntil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField()),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.circle')),
                ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='datasets.shipment')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('shipment', 'circle'), name='shared_until_once')],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('release', models.CharField(max_length=20)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('until', models.DateField()),
                ('answer', models.CharField(choices=[('wacht', 'wacht op antwoord'), ('akkoord', 'akkoord'), ('bezwaar', 'bezwaar')], default='wacht', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='datasets.shipment')),
            ],
            options={
                'verbose_name_plural': 'replies',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('release', 'shipment'), name='reply_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'bezwaar'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='objection_with_reason')],
            },
        ),
        migrations.AddConstraint(
            model_name='shipmentcount',
            constraint=models.UniqueConstraint(fields=('shipment', 'indicator', 'area', 'division', 'period'), name='count_once'),
        ),
        migrations.AddConstraint(
            model_name='shipmentcount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('value__isnull', True), models.Q(('absence', ''), _negated=True)), models.Q(('absence', ''), ('value__gte', 0), ('value__isnull', False)), _connector='OR'), name='count_or_reason'),
        ),
        migrations.AddConstraint(
            model_name='showncount',
            constraint=models.UniqueConstraint(fields=('count', 'audience'), name='shown_once'),
        ),
        migrations.AddConstraint(
            model_name='showncount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('value__isnull', True), models.Q(('absence', ''), _negated=True)), models.Q(('absence', ''), ('value__gte', 0), ('value__isnull', False)), _connector='OR'), name='shown_or_withheld'),
        ),
    ]
