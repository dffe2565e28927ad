"""All of people at once, for a new database; one that went through the steps before this keeps them."""

from importlib import import_module

import buurtbalans.method.people.permissions
import django.contrib.auth.validators
import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

append_only = import_module(f'{__package__}.0002_append_only')
attempts = import_module(f'{__package__}.0003_attempts')


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_append_only'),
        ('people', '0003_attempts'),
        ('people', '0004_texts'),
        ('people', '0005_erased_versions'),
        ('people', '0006_reminder'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()])),
                ('first_name', models.CharField(max_length=150)),
                ('last_name', models.CharField(blank=True, max_length=150)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('is_active', models.BooleanField(default=True)),
                ('invented', models.BooleanField(default=False)),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('username',),
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('gemeente', 'gemeente'), ('stadsdeel', 'stadsdeel'), ('woningcorporatie', 'woningcorporatie'), ('buurtteam', 'buurtteam'), ('zorg', 'zorg'), ('welzijn', 'welzijn'), ('werk_en_inkomen', 'werk en inkomen'), ('politie', 'politie'), ('bewoners', 'bewoners')], max_length=20)),
            ],
            options={
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('only', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('only', 1)), name='audithead_only_one')],
            },
        ),
        migrations.CreateModel(
            name='AuditRow',
            fields=[
                ('sequence', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('verb', models.CharField(max_length=60)),
                ('about', models.CharField(blank=True, max_length=120)),
                ('detail', models.JSONField(default=dict)),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('sequence',),
            },
        ),
        migrations.CreateModel(
            name='Circle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('organisation', 'alleen mijn organisatie'), ('core', 'de kerngroep'), ('ring', 'de kring'), ('public', 'iedereen')], max_length=12)),
                ('name', models.CharField(max_length=160)),
                ('within', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inner', to='people.circle')),
                ('organisation', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='circle', to='people.organisation')),
            ],
        ),
        migrations.AddField(
            model_name='person',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.organisation'),
        ),
        migrations.CreateModel(
            name='Past',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(db_index=True, max_length=60)),
                ('version', models.PositiveIntegerField()),
                ('fields', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('at', models.DateTimeField()),
                ('erased_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'pasts',
                'ordering': ('about', '-version'),
            },
        ),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(auto_now=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('can', models.TextField(max_length=600, verbose_name='wat wij kunnen')),
                ('for_whom', models.CharField(max_length=200, verbose_name='voor wie')),
                ('mandate', models.CharField(blank=True, max_length=300, verbose_name='wat wij zelf mogen besluiten')),
                ('hours', models.CharField(blank=True, max_length=160, verbose_name='wanneer wij er zijn')),
                ('reach', models.CharField(blank=True, max_length=160, verbose_name='hoe u ons bereikt')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to='people.organisation')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('organisation__name',),
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.BooleanField(default=False)),
                ('sent_on', models.DateField(blank=True, null=True)),
                ('about', models.JSONField(default=list)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reminder', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('person',),
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('administrator', 'beheerder'), ('auditor', 'toezichthouder'), ('data_steward', 'databeheerder'), ('member', 'medewerker'), ('process_guide', 'procesbegeleider'), ('core_member', 'lid van de kerngroep'), ('ring_member', 'lid van de kring'), ('guest', 'gast'), ('reader', 'lezer'), ('ambassador', 'ambassadeur')], max_length=16)),
                ('circle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.circle')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'role', 'circle'), name='membership_once'), models.UniqueConstraint(condition=models.Q(('circle__isnull', True)), fields=('person', 'role'), name='membership_platform_once'), models.CheckConstraint(condition=models.Q(models.Q(('circle__isnull', True), ('role__in', [buurtbalans.method.people.permissions.Role['ADMINISTRATOR'], buurtbalans.method.people.permissions.Role['AUDITOR']])), models.Q(models.Q(('role__in', [buurtbalans.method.people.permissions.Role['ADMINISTRATOR'], buurtbalans.method.people.permissions.Role['AUDITOR']]), _negated=True), ('circle__isnull', False)), _connector='OR'), name='membership_platform_roles_have_no_circle')],
            },
        ),
        migrations.AddConstraint(
            model_name='circle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'organisation'), ('organisation__isnull', False)), models.Q(models.Q(('kind', 'organisation'), _negated=True), ('organisation__isnull', True)), _connector='OR'), name='circle_organisation_only_for_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='circle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'public'), ('within__isnull', True)), models.Q(models.Q(('kind', 'public'), _negated=True), ('within__isnull', False)), _connector='OR'), name='circle_public_is_widest'),
        ),
        migrations.AddConstraint(
            model_name='circle',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'public')), fields=('kind',), name='circle_one_public'),
        ),
        migrations.AddConstraint(
            model_name='past',
            constraint=models.UniqueConstraint(fields=('about', 'version'), name='past_once'),
        ),
        *append_only.Migration.operations,
        *attempts.Migration.operations,
    ]
