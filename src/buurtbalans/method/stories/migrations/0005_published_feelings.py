"""Call the view of the feelings that a round publishes by what it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("stories", "0004_feelings_counted")]

    operations = [
        migrations.RenameModel("FeelingsShown", "PublishedFeelings"),
        migrations.RenameField("PublishedFeelings", "shown_by", "published_by"),
    ]
