"""Forms of stories, and the base of every form that changes a text: it carries the version that was read."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Circle, CircleKind

from .models import AgeBand, Source, Theme, TimeOfDay, Tone, WhoKind
from .rules import require_no_traces

AUDIENCE = {
    CircleKind.ORGANISATION: _("Alleen mijn organisatie"),
    CircleKind.CORE: _("De kerngroep van deze ronde"),
    CircleKind.RING: _("De kerngroep en de kring"),
}


class Sheet(forms.Form):
    """Base of our forms: no colon after a label, and the names of the texts that two people may both change."""

    texts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean(self) -> dict[str, Any]:
        """Refuse what leads to one person in every text that somebody types."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(given.items()):
            if type(self.fields[name]) is forms.CharField and isinstance(value, str):
                try:
                    require_no_traces(value)
                except ValidationError as refused:
                    self.add_error(name, refused)
        return self.cleaned_data


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

    def clean_text(self) -> str:
        """Refuse numbers and addresses that lead to one person."""
        text: str = self.cleaned_data["text"]
        require_no_traces(text)
        return text


class NewStoryForm(StoryForm):
    """A new story also says who may see it."""

    circle = AudienceField(label=_("Wie mag dit zien?"), queryset=Circle.objects.none(), empty_label=None)

    def __init__(self, *args: Any, circles: list[Circle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = Circle.objects.filter(pk__in=[c.pk for c in circles])  # type: ignore[attr-defined]
        self.fields["circle"].choices = [(c.pk, AUDIENCE[CircleKind(c.kind)]) for c in circles]  # type: ignore[attr-defined]
        self.fields["circle"].initial = circles[0].pk if circles else None
        del self.fields["version"]


class ShareForm(Sheet):
    """With which wider circle a story is shared."""

    circle = AudienceField(label=_("Wie mag dit zien?"), queryset=Circle.objects.none(), empty_label=None)

    def __init__(self, *args: Any, circles: list[Circle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = Circle.objects.filter(pk__in=[c.pk for c in circles])  # type: ignore[attr-defined]
        self.fields["circle"].choices = [(c.pk, AUDIENCE[CircleKind(c.kind)]) for c in circles]  # type: ignore[attr-defined]
