"""What a round said of its next time becomes a meeting; one that stood there already is not made twice."""

from django.db import migrations


def make_meetings(apps, schema_editor):
    """Make a meeting of every next time, about the steps that are busy."""
    rounds, meetings = apps.get_model("rounds", "Round"), apps.get_model("rounds", "Meeting")
    for round in rounds.objects.all():
        if round.next_at is None and not round.next_what:
            continue
        what = round.next_what or "Bijeenkomst"
        if not meetings.objects.filter(round=round, at=round.next_at, what=what).exists():
            steps = sorted(round.steps.filter(state="nu").values_list("number", flat=True))
            meetings.objects.create(round=round, at=round.next_at, what=what, steps=steps, edited_by=round.edited_by)


def make_next(apps, schema_editor):
    """Write the first meeting without notes back as the next time of its round."""
    meetings = apps.get_model("rounds", "Meeting")
    for round in apps.get_model("rounds", "Round").objects.all():
        first = meetings.objects.filter(round=round, notes="").first()
        if first is not None:
            round.next_at, round.next_what = first.at, first.what[:120]
            round.save(update_fields=["next_at", "next_what"])


class Migration(migrations.Migration):
    dependencies = [("rounds", "0005_meetings_and_ends")]

    operations = [migrations.RunPython(make_meetings, make_next)]
