import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('placements', '0006_looks_and_removed'),
    ]

    operations = [
        migrations.AddField(
            model_name='placingdecision',
            name='along',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='placements.placingdecision'),
        ),
    ]
