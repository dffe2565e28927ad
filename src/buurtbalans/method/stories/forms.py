"""Forms of stories, and the base of every form that changes a text: it carries the version that was read."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from buurtbalans.clues import Clue, Known, find
from buurtbalans.method.people.models import Circle, CircleKind

from . import queries, rules
from .models import AgeBand, Source, Theme, TimeOfDay, Tone, WhoKind

AUDIENCE = {
    CircleKind.ORGANISATION: _("Alleen mijn organisatie"),
    CircleKind.CORE: _("De kerngroep van deze ronde"),
    CircleKind.RING: _("De kerngroep en de kring"),
}


class Sheet(forms.Form):
    """Base of our forms: no colon after a label, and the names of the texts that two people may both change."""

    texts: ClassVar[tuple[str, ...]] = ()
    looks: ClassVar[bool] = True  # whether to look for what leads to a person; not in a search, which is not kept

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.looked_at: list[str] = []  # the kinds of clues that somebody said lead to nobody

    def clean(self) -> dict[str, Any]:
        """Look in every text that somebody types for what leads to one person: refuse it, or ask about it."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        typed = [
            (name, value)
            for name, value in given.items()
            if self.looks and type(self.fields[name]) is forms.CharField and isinstance(value, str) and value
        ]
        known = queries.known() if typed else Known()
        for name, value in typed:
            self._look(name, value, known)
        return self.cleaned_data

    def _look(self, name: str, text: str, known: Known) -> None:
        """Show where somebody can be recognised; a tick lets the words pass that were asked about, and no others."""
        clues = find(text, known)
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


def _told(text: str, refused: list[Clue], asked: list[Clue], tick: str, words: str) -> str:
    """Return what stands where in a text, in words and marked, with the tick when there is something to decide."""
    context = {
        "refused": rules.named([clue.kind for clue in refused]) if refused else "",
        "asked": rules.named([clue.kind for clue in asked]) if asked else "",
        "pieces": queries.marked(text, [*refused, *asked]), "tick": tick, "words": words,
    }  # fmt: skip
    return render_to_string("stories/clues.html", context)


class VersionedSheet(Sheet):
    """A form that changes a text which others may change too."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class AudienceField(forms.ModelChoiceField):
    """Who may see this; the narrowest circle comes first and is chosen."""

    widget = forms.RadioSelect

    def label_from_instance(self, obj: Circle) -> str:
        return str(AUDIENCE[CircleKind(obj.kind)])


class StoryForm(VersionedSheet):
    """What was told, where and when, by what kind of person."""

    texts = ("text",)

    text = forms.CharField(
        label=_("Wat werd er verteld of gezien?"),
        help_text=_("Staat hier een naam? Schrijf liever ‘een buurvrouw’. Zet geen telefoonnummer of adres neer."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "class": "verhaal-veld"}),
    )
    source = forms.ChoiceField(
        label=_("Hoe weet u dit?"), choices=Source, widget=forms.RadioSelect, initial=Source.RESIDENT
    )
    tone = forms.ChoiceField(label=_("Wat is het?"), choices=Tone, widget=forms.RadioSelect, initial=Tone.UNKNOWN)
    theme = forms.ChoiceField(label=_("Onderwerp"), choices=Theme, initial=Theme.OTHER)
    place = forms.CharField(
        label=_("Waar?"), max_length=120, required=False, help_text=_("Bijvoorbeeld: het Lindeplein.")
    )
    period = forms.CharField(
        label=_("Wanneer?"), max_length=60, required=False, help_text=_("Bijvoorbeeld: najaar 2025.")
    )
    time_of_day = forms.ChoiceField(
        label=_("Welk deel van de dag?"), choices=[("", _("maakt niet uit")), *TimeOfDay.choices], required=False
    )
    who = forms.ChoiceField(label=_("Wie vertelt het?"), choices=WhoKind, initial=WhoKind.RESIDENT)
    age = forms.ChoiceField(label=_("Leeftijd"), choices=[("", _("weet ik niet")), *AgeBand.choices], required=False)
    author_hidden = forms.BooleanField(label=_("Toon mijn naam niet bij dit verhaal"), required=False)


class SharedSheet(Sheet):
    """A form that may bring a story outside the own organisation; who has no colleague to look says it themselves."""

    circle = AudienceField(label=_("Wie mag dit zien?"), queryset=Circle.objects.none(), empty_label=None)
    seen = forms.BooleanField(
        label=_("Ik heb dit bekeken: hier staat niemand die te herkennen is"), required=False,
        help_text=_("Nodig als ook anderen dan uw organisatie het lezen."),
    )  # fmt: skip

    def __init__(self, *args: Any, circles: list[Circle], alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = Circle.objects.filter(pk__in=[c.pk for c in circles])  # type: ignore[attr-defined]
        self.fields["circle"].choices = [(c.pk, AUDIENCE[CircleKind(c.kind)]) for c in circles]  # type: ignore[attr-defined]
        if not alone:
            del self.fields["seen"]

    def clean(self) -> dict[str, Any]:
        """Ask for the tick when the story goes to others and nobody else looks at it."""
        given, circle = super().clean(), self.cleaned_data.get("circle")
        if "seen" in self.fields and circle and rules.leaves_home(circle) and not given.get("seen"):
            self.add_error("seen", _("Kijk of iemand te herkennen is. Zet dan hier een vinkje."))
        return given


class NewStoryForm(SharedSheet, StoryForm):
    """A new story also says who may see it."""

    def __init__(self, *args: Any, circles: list[Circle], **kwargs: Any) -> None:
        super().__init__(*args, circles=circles, **kwargs)
        self.fields["circle"].initial = circles[0].pk if circles else None
        del self.fields["version"]


class ShareForm(SharedSheet):
    """With which wider circle a story is shared."""


VERDICTS = [
    ("deel", _("Nee. Ik heb dit bekeken: hier staat niemand die te herkennen is")),
    ("terug", _("Ja, of ik twijfel. Het gaat terug")),
]


class ReviewForm(VersionedSheet):
    """What a colleague of the author says: share it, or first take something out."""

    verdict = forms.ChoiceField(
        label=_("Kan iemand zien wie dit is?"), widget=forms.RadioSelect,
        choices=VERDICTS,
    )  # fmt: skip
    why = forms.CharField(
        label=_("Wat moet er weg of anders?"), max_length=200, required=False,
        help_text=_("Alleen als het teruggaat. Schrijf hier geen naam of adres."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask why, when the story goes back; words about what has to go are never dropped while it goes out."""
        given = super().clean()
        if given.get("verdict") == "terug" and not given.get("why") and "why" not in self.errors:
            self.add_error("why", _("Schrijf op wat er weg moet."))
        if given.get("verdict") == "deel" and given.get("why"):
            words = _("U schreef op wat er weg moet. Kies dat het verhaal teruggaat, of maak dat vak leeg.")
            self.add_error("verdict", words)
        return given
