"""Of a decision who took it back, of an advice which plan it is, and a household that chooses itself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('placements', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='placingadvice',
            name='plan',
            field=models.CharField(default='best', max_length=20),
        ),
        migrations.AddField(
            model_name='placingdecision',
            name='undone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='placingdecision',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='placingdecision',
            name='choice',
            field=models.CharField(choices=[('overnemen', 'akkoord'), ('anders', 'andere woning'), ('aanhouden', 'aangehouden'), ('geweigerd', 'huishouden wil niet'), ('koos', 'huishouden koos deze'), ('vastleggen', 'ligt vast'), ('afwijzen', 'woning afgewezen')], max_length=12),
        ),
    ]
