"""Makes the table that says of which opinions organisations agreed that everybody reads them."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rounds', '0002_text_sharing_terms'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicationConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.CharField(blank=True, choices=[('heel', 'Akkoord: iedereen mag deze mening lezen.'), ('ingekort', 'Akkoord met een kortere tekst.'), ('niet', 'Niet openbaar: deze mening blijft binnen de ronde.')], max_length=8)),
                ('shortened', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('voice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='consent', to='rounds.picturevoice')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='publication_consent_answered'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'ingekort'), models.Q(('shortened', ''), _negated=True)), models.Q(models.Q(('answer', 'ingekort'), _negated=True), ('shortened', '')), _connector='OR'), name='publication_consent_shortened')],
            },
        ),
    ]
