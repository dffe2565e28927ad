"""Forms of feelings: where, when, what and why, and whose they are without saying who that is."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.places.forms import PinField
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories.forms.stories import AudienceForm
from buurtbalans.method.stories.models import AgeBand, DayPart, Feeling, Mood, TellerKind

OCCASION = 12 * 3600  # seconds that one person stands beside somebody with a phone, at the very most


class Voice:
    """Whose feelings belong together: a number signed for one writer and place, that says nothing of anybody."""

    def __init__(self, writer: Person, neighbourhood: Neighbourhood) -> None:
        self.salt = f"stories.voice:{writer.pk}:{neighbourhood.pk}"

    def signed(self, voice: UUID) -> str:
        """Return the number as a form carries it."""
        return signing.dumps(voice.hex, salt=self.salt)

    def known(self, text: str) -> UUID | None:
        """Return the number of a form, or nothing when it is none of this writer here."""
        try:
            return self.read(text) if text else None
        except ValidationError:
            return None

    def read(self, text: str) -> UUID:
        """Return the number of a form, or that of a new person."""
        if not text:
            return uuid4()
        try:
            return UUID(signing.loads(text, salt=self.salt, max_age=OCCASION))
        except signing.BadSignature as wrong:
            words = _("De tijd is verlopen of dit hoort bij iemand anders, dus begin opnieuw met deze persoon.")
            raise ValidationError(words, code="voice") from wrong


class VoiceField(forms.CharField):
    """A signed voice; no text that somebody types."""

    widget = forms.HiddenInput


class FeelingForm(VersionedForm):
    """What somebody feels at a place, when, why, and what kind of person that is."""

    texts = ("reason",)

    pin = PinField(
        label=_("Plek op de kaart"),
        error_messages={"required": _("Schuif de kaart tot de speld goed staat en druk dan op ‘Plek kiezen’.")},
    )
    day_part = forms.ChoiceField(
        label=_("Moment van de dag"), choices=DayPart, widget=forms.RadioSelect, initial=DayPart.DAY
    )
    mood = forms.ChoiceField(
        label=_("Hoe voelt u zich op deze plek?"),
        choices=Mood,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies het gevoel dat bij deze plek past.")},
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "verhaal-veld"}),
        help_text=_("Noem geen namen, maar schrijf bijvoorbeeld ‘een buurvrouw’."),
    )
    who = forms.ChoiceField(label=_("Verteller"), choices=TellerKind, initial=TellerKind.RESIDENT)
    age = forms.ChoiceField(label=_("Leeftijd"), choices=[("", _("weet ik niet")), *AgeBand.choices], required=False)

    def __init__(self, *args: Any, drawing: SafeString, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pin"].widget.drawing = drawing

    def clean(self) -> dict[str, Any]:
        """Ask for words when it is none of the seven feelings, and keep the place as its two numbers."""
        given = super().clean()
        if given.get("mood") == Mood.OTHER and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Beschrijf in eigen woorden hoe deze plek voelt."))
        if "pin" in given:
            given["longitude"], given["latitude"] = given.pop("pin") or (None, None)
        return given


class NewFeelingForm(AudienceForm, FeelingForm):
    """A new feeling also says who may see it, and whether it is of the same person as the one before."""

    voice = VoiceField(required=False)

    def __init__(self, *args: Any, circles: list[Circle], of: Voice, **kwargs: Any) -> None:
        inside = [circle for circle in circles if circle.audience.width <= Audience.CORE.width]
        super().__init__(*args, circles=inside, **kwargs)
        self.fields["circle"].initial = inside[0].pk if inside else None
        self.of = of
        del self.fields["version"]

    def goes_unseen(self, given: dict[str, Any]) -> bool:
        """Return whether nobody needs to look first: a feeling without words leads to nobody."""
        return not given.get("reason")

    def clean(self) -> dict[str, Any]:
        """Read whose feeling it is."""
        given = super().clean()
        try:
            given["voice"] = self.of.read(given.get("voice", ""))
        except ValidationError as refusal:
            self.add_error(None, refusal)
        return given


class EditFeelingForm(FeelingForm):
    """A feeling that is changed; who has no colleague says that nobody can be recognised in new words."""

    seen = forms.BooleanField(label=_("Ik heb dit gecontroleerd: er is niemand in te herkennen"), required=False)

    def __init__(self, *args: Any, feeling: Feeling, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not alone or feeling.circle.audience.is_home:
            del self.fields["seen"]


class FeelingsChosen(GuardedForm):
    """Which single feelings the team looks at: what kind, and of whom."""

    guarded = False

    gevoel = forms.ChoiceField(label=_("Gevoel"), choices=[("", _("alle gevoelens")), *Mood.choices], required=False)
    wie = forms.ChoiceField(label=_("Wie"), choices=[("", _("iedereen")), *TellerKind.choices], required=False)


class ShowForm(GuardedForm):
    """To whom the feelings are shown; the page shows beside it what they would see."""

    circle = forms.ModelChoiceField(queryset=Circle.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, circles: list[Circle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = Circle.objects.filter(pk__in=[c.pk for c in circles])  # type: ignore[attr-defined]
