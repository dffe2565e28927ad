"""Makes the table that says of which opinions organisations agreed that everybody reads them."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_text_sharing_terms'),
        ('rounds', '0002_text_sharing_terms'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicationConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stance', models.CharField(choices=[('eens', 'eens'), ('kanttekening', 'eens met kanttekening'), ('oneens', 'oneens')], max_length=12)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.CharField(blank=True, choices=[('heel', 'Akkoord: iedereen mag deze mening lezen.'), ('ingekort', 'Akkoord met een kortere tekst.'), ('niet', 'Niet openbaar: deze mening blijft binnen de ronde.')], max_length=8)),
                ('shortened', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='rounds.pictureversion')),
            ],
            options={
                'ordering': ('organisation__name',),
                'constraints': [models.UniqueConstraint(fields=('picture', 'organisation'), name='publication_consent_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='publication_consent_answered'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'ingekort'), models.Q(('shortened', ''), _negated=True)), models.Q(models.Q(('answer', 'ingekort'), _negated=True), ('shortened', '')), _connector='OR'), name='publication_consent_shortened')],
            },
        ),
    ]
