"""The form of a field note: what one says or sees in a walk, noted on a phone and sent later."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone

from buurtbalans.method.stories.forms.stories import NewStoryForm
from buurtbalans.method.stories.models import Source, TellerKind, Tone

NOTED: Final = ("text", "tone", "point", "place", "source", "time_of_day", "who")


class NoteForm(NewStoryForm):
    """A story as a phone sends it: how long ago it was noted, and the name by which sending twice makes one.

    How long ago, and not when: the clock of a phone may be wrong.
    """

    sent_as = forms.UUIDField(widget=forms.HiddenInput)
    seconds_ago = forms.IntegerField(min_value=0, max_value=366 * 24 * 3600, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*NOTED, "circle", "seen", "sent_as", "seconds_ago"}:
            del self.fields[name]
        self.fields["source"].initial = Source.OBSERVATION
        self.fields["who"].initial = TellerKind.PROFESSIONAL
        self.fields["tone"].choices = [(t.value, t.label) for t in Tone if t != Tone.EVENT]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Let what somebody saw be told by who noted it, whatever an older page on a phone sends."""
        given = super().clean()
        if given.get("source") == Source.OBSERVATION:
            given["who"] = TellerKind.PROFESSIONAL.value
        return given

    def told(self) -> dict[str, Any]:
        """Return what the action `send` gets of it."""
        given = super().told()
        ago = timedelta(seconds=given.pop("seconds_ago"))
        return {**given, "noted_at": timezone.now() - ago}
