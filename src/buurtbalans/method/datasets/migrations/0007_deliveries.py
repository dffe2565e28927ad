"""Call what a partner sends a delivery, and the models about it by what they are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0006_kept_values"),
    ]

    operations = [
        migrations.RenameModel("Shipment", "Delivery"),
        migrations.RenameModel("ShipmentCount", "DeliveryCount"),
        migrations.RenameModel("SharedUntil", "SharingTerm"),
        migrations.RenameModel("UseAnswers", "UseAssessment"),
        migrations.RenameModel("ShownCount", "AudienceCount"),
        migrations.RemoveConstraint("DeliveryCount", "count_once"),
        migrations.RemoveConstraint("SharingTerm", "shared_until_once"),
        migrations.RemoveConstraint("Reply", "reply_once"),
        migrations.RenameField("DeliveryCount", "shipment", "delivery"),
        migrations.RenameField("SharingTerm", "shipment", "delivery"),
        migrations.RenameField("UseAssessment", "shipment", "delivery"),
        migrations.RenameField("Reply", "shipment", "delivery"),
        migrations.AlterField(
            "Delivery",
            "organisation",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="people.organisation"
            ),
        ),
        migrations.AddConstraint(
            "DeliveryCount",
            models.UniqueConstraint(fields=["delivery", "indicator", "area", "division", "period"], name="count_once"),
        ),
        migrations.AddConstraint(
            "SharingTerm", models.UniqueConstraint(fields=["delivery", "circle"], name="shared_until_once")
        ),
        migrations.AddConstraint(
            "Reply", models.UniqueConstraint(fields=["release", "delivery"], name="reply_once")
        ),
    ]
