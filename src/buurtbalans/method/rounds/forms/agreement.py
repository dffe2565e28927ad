"""Forms of the sharing agreement: each part of the text with why it matters, a promise, a signature, a reason."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.rounds.agreement_parts import NAMES, PARTS, AgreementPart
from buurtbalans.method.rounds.forms.claims import DATE
from buurtbalans.method.rounds.models import Agreement


def _answer_field(part: AgreementPart) -> forms.CharField:
    """Return the form field of a question, as long and as obligatory as the model says."""
    answer = Agreement._meta.get_field(part.name)
    assert isinstance(answer, models.CharField | models.TextField)
    return forms.CharField(
        label=part.question,
        max_length=answer.max_length,
        required=not answer.blank,
        widget=forms.Textarea(attrs={"rows": part.rows}) if part.rows else forms.TextInput,
        help_text=part.why,
    )


class AgreementForm(VersionedForm):
    """The text of an agreement; under each part stands why it matters."""

    texts = NAMES

    until = forms.DateField(
        label=_("Tot en met wanneer?"),
        widget=DATE,
        help_text=_("Na deze dag stopt het delen vanzelf. U krijgt een maand van tevoren bericht."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update({part.name: _answer_field(part) for part in PARTS})
        self.order_fields([*NAMES, "until"])


class PledgeForm(VersionedForm):
    """What the own organisation shares, with whom, until when."""

    texts = ("what",)

    what = forms.CharField(
        label=_("Wat deelt uw organisatie?"),
        max_length=200,
        help_text=_("Beschrijf in gewone woorden wat u deelt, zonder namen van personen."),
    )
    delivery = forms.ModelChoiceField(
        label=_("Hebt u hiervoor gegevens aangeleverd?"),
        queryset=Delivery.objects.none(),
        required=False,
        empty_label=_("nee, of de levering volgt nog"),
        help_text=_("Anderen zien een levering pas als u die hier hebt gekozen."),
    )
    audience = forms.ChoiceField(
        label=_("Met wie deelt u dit?"),
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
        label=_("In welke functie ondertekent u?"),
        max_length=80,
        help_text=_("Bijvoorbeeld: manager wonen of gebiedsmanager."),
    )


class ReasonForm(VersionedForm):
    """Why something stops or is taken back; the others read it."""

    reason = forms.CharField(label=_("Waarom?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
