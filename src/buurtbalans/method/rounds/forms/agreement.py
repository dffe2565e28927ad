"""Forms of the sharing agreement: each part of the text with why it matters, a promise, a signature, a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.rounds.forms.claims import DATE

LONG = forms.Textarea(attrs={"rows": 4})


class AgreementForm(VersionedForm):
    """The text of an agreement; under each part stands why it matters."""

    texts = ("purpose", "ground", "third_parties", "rights", "security", "steering")

    purpose = forms.CharField(
        label=_("Waarvoor delen wij?"),
        max_length=600,
        widget=LONG,
        help_text=_("Waarom dit ertoe doet: wat u voor één doel deelt, mag niet zomaar voor een ander doel dienen."),
    )
    ground = forms.CharField(
        label=_("Op welke grond?"),
        max_length=600,
        widget=LONG,
        help_text=_("Waarom dit ertoe doet: zonder grond mag een organisatie niets delen. Vraag het uw jurist."),
    )
    third_parties = forms.CharField(
        label=_("Wie kan er nog meer bij?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Waarom dit ertoe doet: wie iets deelt, wil weten waar het eindigt."),
    )
    rights = forms.CharField(
        label=_("Waar kunnen mensen terecht?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Waarom dit ertoe doet: bewoners mogen vragen wat er over hun buurt ligt. Noem een functie."),
    )
    security = forms.CharField(
        label=_("Hoe houden wij het veilig?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Waarom dit ertoe doet: één doorgestuurde mail maakt de rest van de afspraak waardeloos."),
    )
    steering = forms.CharField(
        label=_("Wie let erop?"),
        max_length=200,
        required=False,
        help_text=_("Waarom dit ertoe doet: een afspraak waar niemand op let, geldt na een jaar niet meer."),
    )
    until = forms.DateField(
        label=_("Tot en met wanneer?"),
        widget=DATE,
        help_text=_("Waarom dit ertoe doet: na deze dag stopt het delen vanzelf. Een maand ervoor krijgt u bericht."),
    )


class PledgeForm(VersionedForm):
    """What the own organisation shares, with whom, until when."""

    texts = ("what",)

    what = forms.CharField(
        label=_("Wat deelt uw organisatie?"), max_length=200, help_text=_("In gewone woorden, zonder namen.")
    )
    delivery = forms.ModelChoiceField(
        label=_("Is dit een levering van u?"),
        queryset=Delivery.objects.none(),
        required=False,
        empty_label=_("nee, of die komt nog"),
        help_text=_("Anderen zien een levering pas als zij hier staat."),
    )
    audience = forms.ChoiceField(
        label=_("Met wie?"),
        widget=forms.RadioSelect,
        initial=Audience.CORE,
        choices=[(audience.value, _(audience.words.readers)) for audience in Audience.of_round()],
    )
    until = forms.DateField(label=_("Tot en met"), widget=DATE)

    def __init__(self, *args: Any, deliveries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delivery"].queryset = deliveries  # type: ignore[attr-defined]


class SignForm(GuardedForm):
    """In what position somebody signs, under the version that they read."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    role = forms.CharField(
        label=_("In welke functie tekent u?"), max_length=80, help_text=_("Bijvoorbeeld: manager wonen.")
    )


class ReasonForm(VersionedForm):
    """Why something stops or is taken back; the others read it."""

    reason = forms.CharField(label=_("Waarom?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
