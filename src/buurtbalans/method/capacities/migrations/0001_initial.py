"""What areas carry as people of a round agree it, what others think of it, and the support they need."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ('plans', '0003_words_of_a_place'),
        ('rounds', '0008_gap_stories'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Capacity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(auto_now=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('area', models.CharField(max_length=12, verbose_name='gebied')),
                ('low', models.PositiveSmallIntegerField(verbose_name='draagt minstens')),
                ('high', models.PositiveSmallIntegerField(verbose_name='draagt hooguit')),
                ('load', models.CharField(choices=[('0-4', 'minder dan 5'), ('5-9', '5 tot en met 9'), ('10-14', '10 tot en met 14'), ('15-19', '15 tot en met 19'), ('20-29', '20 tot en met 29'), ('30-49', '30 tot en met 49'), ('50-', '50 of meer')], max_length=5, verbose_name='nu geplaatst')),
                ('room_low', models.PositiveSmallIntegerField(verbose_name='ruimte van')),
                ('room_high', models.PositiveSmallIntegerField(verbose_name='ruimte tot')),
                ('reason', models.TextField(max_length=600, verbose_name='waarom')),
                ('review_on', models.DateField(verbose_name='opnieuw bekijken op')),
                ('agreed_at', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('claims', models.ManyToManyField(related_name='capacities', to='rounds.claim')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('efforts', models.ManyToManyField(related_name='capacities', to='plans.effort', verbose_name='wat er eerst moet staan')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='capacities', to='rounds.round')),
                ('supersedes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='capacities.capacity')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'capacities',
                'ordering': ('area', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='CapacityVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(auto_now=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('stance', models.CharField(choices=[('eens', 'eens'), ('kanttekening', 'eens, met een kanttekening'), ('oneens', 'oneens')], max_length=12, verbose_name='mening')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='in eigen woorden')),
                ('about_version', models.PositiveIntegerField()),
                ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='capacities.capacity')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('organisation__name',),
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(auto_now=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('area', models.CharField(blank=True, max_length=12, verbose_name='gebied')),
                ('kind', models.CharField(choices=[('begeleiding', 'begeleiding'), ('voorziening', 'voorziening')], max_length=12, verbose_name='soort steun')),
                ('what', models.CharField(max_length=80, verbose_name='wat')),
                ('who', models.CharField(blank=True, max_length=80, verbose_name='wie geeft het nu')),
                ('unit', models.CharField(max_length=40, verbose_name='waarin geteld')),
                ('need_low', models.FloatField(verbose_name='nodig van')),
                ('need_high', models.FloatField(verbose_name='nodig tot')),
                ('have', models.FloatField(verbose_name='er is nu')),
                ('reason', models.TextField(max_length=600, verbose_name='waarom')),
                ('review_on', models.DateField(verbose_name='opnieuw bekijken op')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('claims', models.ManyToManyField(related_name='supports', to='rounds.claim')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='rounds.round')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('kind', 'what', 'pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='capacity',
            constraint=models.CheckConstraint(condition=models.Q(('low__lte', models.F('high'))), name='capacity_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='capacity',
            constraint=models.CheckConstraint(condition=models.Q(('room_low__lte', models.F('room_high'))), name='room_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='capacity',
            constraint=models.CheckConstraint(condition=models.Q(('room_low__gte', 1)), name='room_closes_no_area'),
        ),
        migrations.AddConstraint(
            model_name='capacity',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='capacity_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='capacityvoice',
            constraint=models.UniqueConstraint(fields=('capacity', 'organisation'), name='capacity_voice_once'),
        ),
        migrations.AddConstraint(
            model_name='capacityvoice',
            constraint=models.CheckConstraint(condition=models.Q(('stance', 'eens'), models.Q(('words', ''), _negated=True), _connector='OR'), name='capacity_other_than_agree_has_words'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(('need_low__lte', models.F('need_high'))), name='need_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(('have__gte', 0), ('need_low__gte', 0)), name='support_is_counted'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='support_has_reason'),
        ),
    ]
