"""A question of the round points to the stories in which somebody answered it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0003_told_on_the_map"), ("rounds", "0007_round_without_next")]

    operations = [
        migrations.AddField(
            model_name="gap", name="stories", field=models.ManyToManyField(related_name="+", to="stories.story")
        ),
    ]
