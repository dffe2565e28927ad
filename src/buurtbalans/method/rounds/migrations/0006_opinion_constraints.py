"""A verdict stands on opened opinions, an answer has its reason, and an opinion says something."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rounds", "0005_opinions_before_verdict")]
    operations = [
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('verdict', ''), ('opened_at__isnull', False), _connector='OR'), name='claim_verdict_after_opening'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(('stance__in', ('', 'eens')), models.Q(('words', ''), _negated=True), _connector='OR'), name='opinion_other_than_agree_has_words'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ('', 'onbekend')), models.Q(('answer_reason', ''), _negated=True), _connector='OR'), name='opinion_answer_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(('answer', ''), ('stance', ''), _negated=True), name='opinion_says_something'),
        ),
    ]
