"""Forms of the codebook, and of the choice of stories by word, theme, tone, source and what was searched."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.stories.models import Code, Source, Theme, Tone


class CodeForm(VersionedForm):
    """A word of the codebook: what it is called, and when it fits."""

    texts = ("name", "meaning")

    name = forms.CharField(
        label=_("Trefwoord"), max_length=40, help_text=_("Houd het kort, bijvoorbeeld: licht en zicht.")
    )
    meaning = forms.CharField(
        label=_("Wanneer het past"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Met deze uitleg gebruikt iedereen het trefwoord op dezelfde manier."),
    )


class NewCodeForm(CodeForm):
    """A new word has no version yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]


class FilterForm(GuardedForm):
    """Which stories one wants to see; a choice that does not exist counts as no choice."""

    guarded = False

    soort = forms.ChoiceField(label=_("Soort"), required=False)
    onderwerp = forms.ChoiceField(label=_("Onderwerp"), required=False)
    bron = forms.ChoiceField(label=_("Bron"), required=False)
    woord = forms.ModelChoiceField(Code.objects.none(), label=_("Trefwoord uit het codeboek"), required=False)
    q = forms.CharField(
        label=_("Zoeken in de verhalen"),
        max_length=80,
        required=False,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search", "class": "veld", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, codes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, every, choices in (
            ("soort", _("alle verhalen"), [(tone.value, TONES[tone]) for tone in Tone]),
            ("onderwerp", _("alle onderwerpen"), Theme.choices),
            ("bron", _("iedereen"), SOURCES),
        ):
            self.fields[name].choices = [("", every), *choices]  # type: ignore[attr-defined]
        self.fields["woord"].queryset = codes  # type: ignore[attr-defined]
        self.fields["woord"].empty_label = _("elk trefwoord")  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, without what was left open or does not exist."""
        return {name: value for name, value in self.cleaned_data.items() if value}


TONES = {
    Tone.STRENGTH: _("krachten"),
    Tone.CHANCE: _("kansen"),
    Tone.CONCERN: _("zorgen"),
    Tone.EVENT: _("gebeurtenissen"),
    Tone.UNKNOWN: _("verhalen zonder soort"),
}
SOURCES = [
    (Source.RESIDENT.value, _("bewoners")),
    (Source.PROFESSIONAL.value, _("professionals")),
    (Source.OBSERVATION.value, _("eigen waarnemingen")),
    (Source.INTERVIEW.value, _("interviews")),
    (Source.DOCUMENT.value, _("documenten")),
]
