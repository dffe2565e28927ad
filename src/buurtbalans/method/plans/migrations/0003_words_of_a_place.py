from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0002_round_in_full'),
    ]

    operations = [
        migrations.AlterField(
            model_name='effort',
            name='area',
            field=models.CharField(blank=True, max_length=12, verbose_name='in welke buurt'),
        ),
        migrations.AlterField(
            model_name='effort',
            name='latitude',
            field=models.FloatField(blank=True, null=True, verbose_name='breedtegraad'),
        ),
        migrations.AlterField(
            model_name='effort',
            name='longitude',
            field=models.FloatField(blank=True, null=True, verbose_name='lengtegraad'),
        ),
    ]
