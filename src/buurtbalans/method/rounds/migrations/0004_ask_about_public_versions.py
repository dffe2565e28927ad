"""Asks organisations about their opinion on a picture that was made public before anybody was asked.

Such a page stays public with its sentence, its lines and the answered comments. The opinions on it were published by
the process guide alone, so nobody can say that their organisations agreed: they stay within the round until they do.
Each of these organisations finds the question among its tasks, and its opinion is back on the page once it answers.
"""

from typing import Any

from django.db import migrations


def ask(apps: Any, editor: Any) -> None:
    """Write a question for each opinion on a version that everybody reads."""
    consents = apps.get_model("rounds", "PublicationConsent").objects
    voices = apps.get_model("rounds", "PictureVoice").objects
    for voice in voices.filter(picture__circle__kind="public", withdrawn_at=None):
        consents.get_or_create(voice=voice, defaults={"version": voice.version})


class Migration(migrations.Migration):
    dependencies = [("rounds", "0003_publication_consents")]
    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
