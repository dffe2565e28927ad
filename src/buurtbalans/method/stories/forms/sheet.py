"""The base of every form: it looks for what leads to a person, and carries the version of the text that was read."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from buurtbalans.method.stories import rules
from buurtbalans.method.stories.queries import clues as clues_queries
from buurtbalans.pii.detection import KnownNames, find_identifiers
from buurtbalans.pii.identifier import Identifier


class Sheet(forms.Form):
    """Base of our forms: no colon after a label, and the names of the texts that two people may both change."""

    texts: ClassVar[tuple[str, ...]] = ()
    looks: ClassVar[bool] = True  # whether to look for what leads to a person; not in a search, which is not kept

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.looked_at: list[str] = []  # the kinds of clues that somebody said lead to nobody

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """The ticks that let words pass, for a page that shows the form again without asking for them."""
        names = [name for name in self.data if name.startswith("bekeken-")]
        return [(name, value) for name in names for value in self.data.getlist(name)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Look in every text that somebody types for what leads to one person: refuse it, or ask about it."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        typed = [
            (name, value)
            for name, value in given.items()
            if self.looks and type(self.fields[name]) is forms.CharField and isinstance(value, str) and value
        ]
        known = clues_queries.known() if typed else KnownNames()
        for name, value in typed:
            self._look(name, value, known)
        return self.cleaned_data

    def _look(self, name: str, text: str, known: KnownNames) -> None:
        """Show where somebody can be recognised; a tick lets the words pass that were asked about, and no others."""
        clues = find_identifiers(text, known)
        refused = [clue for clue in clues if clue.kind in rules.REFUSED]
        asked = [clue for clue in clues if clue.kind in rules.ASKED and name in self.changed_data]
        words = {text[clue.start : clue.end] for clue in asked}
        tick = f"bekeken-{self.add_prefix(name)}"
        ticked = {word for given in self.data.getlist(tick) for word in given.split("|")}  # type: ignore[attr-defined]
        if asked and not refused and words <= ticked:
            self.looked_at += [clue.kind.value for clue in asked]
        elif refused or asked:
            self.add_error(
                name, ValidationError(_told(text, refused, asked, tick, "|".join(sorted(words))), code="traces")
            )


def _told(text: str, refused: list[Identifier], asked: list[Identifier], tick: str, words: str) -> str:
    """Return what stands where in a text, in words and marked, with the tick when there is something to decide."""
    context = {
        "refused": rules.named([clue.kind for clue in refused]) if refused else "",
        "asked": rules.named([clue.kind for clue in asked]) if asked else "",
        "pieces": clues_queries.marked(text, [*refused, *asked]),
        "tick": tick,
        "words": words,
    }
    return render_to_string("stories/clues.html", context)


class VersionedSheet(Sheet):
    """A form that changes a text which others may change too."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
