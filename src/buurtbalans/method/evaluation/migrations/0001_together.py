"""All of evaluation at once, for a new database; one that went through the steps before this keeps them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('evaluation', '0001_initial'),
        ('evaluation', '0002_round_in_full'),
    ]

    dependencies = [
        ('plans', '0001_together'),
        ('stories', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EvaluationLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(auto_now=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(choices=[('bereikt', 'bereikt'), ('deels', 'deels bereikt'), ('niet', 'niet bereikt'), ('onbekend', 'weten we niet')], max_length=8, verbose_name='is het bereikt')),
                ('now', models.JSONField(null=True)),
                ('reason', models.TextField(max_length=600, verbose_name='waarom denken we dat')),
                ('next', models.CharField(choices=[('stoppen', 'stoppen'), ('doorgaan', 'doorgaan'), ('nieuwe_vraag', 'nieuwe vraag')], max_length=12, verbose_name='wat doen we nu')),
                ('next_text', models.CharField(max_length=200, verbose_name='in één zin')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('result', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='evaluation', to='plans.result')),
                ('voice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stories.story')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('result_id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='evaluation_has_reason'), models.CheckConstraint(condition=models.Q(('outcome', 'onbekend'), ('now__isnull', False), _connector='OR'), name='evaluation_known_has_figure')],
            },
        ),
    ]
