from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0003_told_on_the_map")]

    operations = [
        migrations.AddField(
            model_name="feelingsshown",
            name="counted",
            field=models.JSONField(default=dict, editable=False),
        ),
    ]
