"""Forms of stories: what was told, who may see it, and what a colleague says of it."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.people.models import Circle
from buurtbalans.method.places.forms import PinField
from buurtbalans.method.stories import rules
from buurtbalans.method.stories.models import AgeBand, Importance, Source, TellerKind, Theme, TimeOfDay, Tone

NO_MAP: Final = SafeString()


class AudienceField(forms.ModelChoiceField):
    """Who may see this; the narrowest circle comes first and is chosen."""

    widget = forms.RadioSelect

    def label_from_instance(self, obj: Circle) -> str:
        return gettext(obj.audience.words.choice)


class StoryForm(VersionedForm):
    """What was told, where and when, by what kind of person."""

    texts = ("text",)

    text = forms.CharField(
        label=_("Wat is er in de buurt verteld of gezien?"),
        help_text=_(
            "Noem geen namen, maar schrijf bijvoorbeeld ‘een buurvrouw’. Zet ook geen telefoonnummer of adres in de tekst."
        ),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "class": "verhaal-veld"}),
    )
    source = forms.ChoiceField(label=_("Bron"), choices=Source, widget=forms.RadioSelect, initial=Source.RESIDENT)
    tone = forms.ChoiceField(label=_("Soort"), choices=Tone, widget=forms.RadioSelect, initial=Tone.UNKNOWN)
    theme = forms.ChoiceField(label=_("Onderwerp"), choices=Theme, initial=Theme.OTHER)
    importance = forms.TypedChoiceField(
        label=_("Belang"),
        choices=[*Importance.choices, ("", _("weet ik niet"))],
        required=False,
        widget=forms.RadioSelect,
        coerce=int,
        empty_value=None,
        initial="",
    )
    place = forms.CharField(
        label=_("Waar?"),
        max_length=120,
        required=False,
        help_text=_("Beschrijf de plek in woorden, bijvoorbeeld: het Lindeplein."),
    )
    point = PinField(
        label=_("Plek op de kaart"),
        required=False,
        help_text=_("Schuif de kaart tot de speld goed staat. We bewaren alleen een vierkant van ongeveer 100 meter."),
    )
    area = forms.ChoiceField(
        label=_("Buurt, als u geen plek op de kaart kiest"),
        required=False,
        help_text=_("Als de speld op de kaart staat, telt die plek."),
    )
    period = forms.CharField(
        label=_("Wanneer?"),
        max_length=60,
        required=False,
        help_text=_("Geef een jaar of seizoen, bijvoorbeeld: najaar 2025."),
    )
    time_of_day = forms.ChoiceField(
        label=_("Deel van de dag"), choices=[("", _("maakt niet uit")), *TimeOfDay.choices], required=False
    )
    who = forms.ChoiceField(label=_("Verteller"), choices=TellerKind, initial=TellerKind.RESIDENT)
    age = forms.ChoiceField(label=_("Leeftijd"), choices=[("", _("weet ik niet")), *AgeBand.choices], required=False)
    author_hidden = forms.BooleanField(label=_("Mijn naam niet tonen bij dit verhaal"), required=False)

    def __init__(
        self, *args: Any, areas: Sequence[tuple[str, str]] = (), drawing: SafeString = NO_MAP, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].widget.drawing = drawing
        self.fields["area"].choices = [("", _("de hele buurt")), *areas]  # type: ignore[attr-defined]
        if not areas:
            del self.fields["area"]

    def told(self) -> dict[str, Any]:
        """Return what the actions get: a place as two numbers, and then no area beside it."""
        given = dict(self.cleaned_data)
        if "point" in given:
            given["longitude"], given["latitude"] = point = given.pop("point") or (None, None)
            given |= {"area": "" if point[0] is not None else given.get("area", "")}
        return given


class AudienceForm(GuardedForm):
    """A form that may bring a story outside the own organisation; who has no colleague to look says it themselves."""

    circle = AudienceField(label=_("Wie mag dit zien?"), queryset=Circle.objects.none(), empty_label=None)
    seen = forms.BooleanField(
        label=_("Ik heb dit gecontroleerd: er is niemand in te herkennen"),
        required=False,
        help_text=_("Dit is nodig als ook mensen buiten uw organisatie het lezen."),
    )

    def __init__(self, *args: Any, circles: list[Circle], alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = Circle.objects.filter(pk__in=[c.pk for c in circles])  # type: ignore[attr-defined]
        self.fields["circle"].choices = [(circle.pk, _(circle.audience.words.choice)) for circle in circles]  # type: ignore[attr-defined]
        if not alone:
            del self.fields["seen"]

    def goes_unseen(self, given: dict[str, Any]) -> bool:
        """Return whether it goes to others without anybody looking first, since nothing in it can lead to a person."""
        return False

    def clean(self) -> dict[str, Any]:
        """Ask for the tick when it goes to others and nobody else looks at it."""
        given, circle = super().clean(), self.cleaned_data.get("circle")
        outside = circle and rules.leaves_organisation(circle) and not self.goes_unseen(given)
        if "seen" in self.fields and outside and not given.get("seen"):
            self.add_error("seen", _("Controleer of iemand te herkennen is en vink dan dit vakje aan."))
        return given


class NewStoryForm(AudienceForm, StoryForm):
    """A new story also says who may see it."""

    def __init__(self, *args: Any, circles: list[Circle], **kwargs: Any) -> None:
        super().__init__(*args, circles=circles, **kwargs)
        self.fields["circle"].initial = circles[0].pk if circles else None
        del self.fields["version"]


class ShareForm(AudienceForm):
    """With which wider circle a story is shared."""


class ReviewChoice(models.TextChoices):
    """What a colleague decides about a contribution that waits."""

    SHARE = "deel", _("Nee, ik heb dit gecontroleerd: er is niemand in te herkennen")
    RETURN = "terug", _("Ja, of ik twijfel: het gaat terug naar de schrijver")


class ReviewForm(VersionedForm):
    """What a colleague of the author says: share it, or first take something out."""

    verdict = forms.ChoiceField(
        label=_("Is er iemand te herkennen in deze tekst?"),
        widget=forms.RadioSelect,
        choices=ReviewChoice,
    )
    why = forms.CharField(
        label=_("Wat de schrijver moet aanpassen"),
        max_length=200,
        required=False,
        help_text=_("Vul dit alleen in als het teruggaat, en noem geen naam of adres."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask why, when the story goes back; words about what has to go are never dropped while it goes out."""
        given = super().clean()
        if given.get("verdict") == ReviewChoice.RETURN and not given.get("why") and "why" not in self.errors:
            self.add_error("why", _("Schrijf op wat de schrijver moet weghalen of aanpassen."))
        if given.get("verdict") == ReviewChoice.SHARE and given.get("why"):
            words = _("U hebt opgeschreven wat er anders moet, dus kies dat het teruggaat of maak dat vak leeg.")
            self.add_error("verdict", words)
        return given
