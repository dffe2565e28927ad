"""What others saw of a count has a row of its own now; apart, because PostgreSQL changes no table with rows in flight."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('datasets', '0003_audiences'),
    ]

    operations = [
        migrations.RemoveField('shipmentcount', 'shown_before'),
        migrations.RemoveField('shipmentcount', 'withheld_before'),
    ]
