"""Adds two roles of an organisation: who decides whether it places, and who places."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_together'),
    ]

    operations = [
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('administrator', 'beheerder'), ('auditor', 'toezichthouder'), ('data_steward', 'databeheerder'), ('member', 'medewerker'), ('process_guide', 'procesbegeleider'), ('core_member', 'lid van de kerngroep'), ('ring_member', 'lid van de kring'), ('guest', 'gast'), ('reader', 'lezer'), ('ambassador', 'ambassadeur'), ('privacy_officer', 'functionaris gegevensbescherming'), ('placing_officer', 'plaatser')], max_length=16),
        ),
    ]
