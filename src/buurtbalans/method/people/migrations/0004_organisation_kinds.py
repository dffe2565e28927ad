"""Lets an organisation be of six more kinds: public health service, school, family doctor, businesses, volunteers, other."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_text_sharing_terms'),
    ]

    operations = [
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.CharField(choices=[('gemeente', 'gemeente'), ('stadsdeel', 'stadsdeel'), ('woningcorporatie', 'woningcorporatie'), ('buurtteam', 'buurtteam'), ('zorg', 'zorg'), ('welzijn', 'welzijn'), ('werk_en_inkomen', 'werk en inkomen'), ('politie', 'politie'), ('bewoners', 'bewoners'), ('ggd', 'GGD'), ('school', 'school'), ('huisarts', 'huisarts'), ('ondernemers', 'ondernemers'), ('vrijwilligers', 'vrijwilligers'), ('anders', 'een andere organisatie')], max_length=20),
        ),
    ]
