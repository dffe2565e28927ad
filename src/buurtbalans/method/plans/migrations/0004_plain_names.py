from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_words_of_a_place")]

    operations = [
        migrations.RenameField("effort", "works", "intervention"),
        migrations.RenameField("effort", "true_on", "confirmed_on"),
    ]
