"""What each audience saw of a shipment gets a row of its own; what was shared before keeps what was shown then."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ABSENCES = ["too_few", "protects_another", "not_measured", "not_comparable", "not_shared", "not_applicable", "withheld_at_source"]


def spread(apps, schema_editor):
    """Give every use its circle and level, and every count that was shared a row for that level."""
    Shipment = apps.get_model("datasets", "Shipment")
    ShownCount = apps.get_model("datasets", "ShownCount")
    for shipment in Shipment.objects.filter(uses__isnull=False).distinct():
        level = "public" if shipment.for_all else "core"
        shipment.uses.update(level=level, circle=None if shipment.for_all else shipment.circle)
        shown = [
            ShownCount(count=row, audience=each, value=row.shown_before, absence=_reason(row))
            for row in shipment.counts.all()
            for each in sorted({"core", level})
        ]
        ShownCount.objects.bulk_create(shown, batch_size=500)


def _reason(row):
    return "" if row.shown_before is not None else row.withheld_before or "not_shared"



class Migration(migrations.Migration):

    dependencies = [
        ('datasets', '0002_shipments'),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField('shipment', 'withdrawn_at', models.DateTimeField(null=True)),
        migrations.AddField('shipment', 'erased_at', models.DateTimeField(null=True)),
        migrations.AddField('useanswers', 'circle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.circle')),
        migrations.AddField('useanswers', 'level', models.CharField(choices=[('core', 'core'), ('ring', 'ring'), ('public', 'public')], default='core', max_length=8), preserve_default=False),
        migrations.AlterField('reply', 'asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
        migrations.RemoveConstraint('shipmentcount', 'shown_or_withheld'),
        migrations.RenameField('shipmentcount', 'shown', 'shown_before'),
        migrations.RenameField('shipmentcount', 'withheld', 'withheld_before'),
        migrations.CreateModel(
            name='ShownCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('core', 'core'), ('ring', 'ring'), ('public', 'public')], max_length=8)),
                ('value', models.BigIntegerField(null=True)),
                ('step', models.PositiveSmallIntegerField(default=1)),
                ('absence', models.CharField(blank=True, choices=[(one, one) for one in ABSENCES], max_length=20)),
                ('count', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shown', to='datasets.shipmentcount')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('count', 'audience'), name='shown_once'), models.CheckConstraint(condition=models.Q(models.Q(('value__isnull', True), models.Q(('absence', ''), _negated=True)), models.Q(('absence', ''), ('value__gte', 0), ('value__isnull', False)), _connector='OR'), name='shown_or_withheld')],
            },
        ),
        migrations.RunPython(spread, migrations.RunPython.noop),
    ]
