"""Forms of the placing: the switch, a batch to read, and what people decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import GuardedForm
from buurtbalans.method.datasets.forms import small_enough


class SwitchPlacingForm(GuardedForm):
    """Why placing goes on or off."""

    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Noem de wettelijke grondslag en de beoordeling van de privacyrisico’s (DPIA). De plaatsingscoördinatoren lezen uw toelichting."
        ),
    )

    def __init__(self, *args: Any, on: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not on:
            self.fields["reason"].help_text = _(
                "Schrijf op waarom u plaatsen uitschakelt. De plaatsingscoördinatoren lezen uw toelichting."
            )


class BatchForm(GuardedForm):
    """A list of households and homes to read."""

    title = forms.CharField(
        label=_("Naam van de plaatsingsronde"), help_text=_("Bijvoorbeeld: week 48."), max_length=80
    )
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_(
            "Lever een Excel-bestand (.xlsx) aan, of een zip met CSV-bestanden. Gebruik alleen werknummers en codes."
        ),
        validators=[small_enough],
        widget=forms.FileInput(attrs={"accept": ".xlsx,.zip"}),
    )


class DecideForm(GuardedForm):
    """What a person decides about a household, with the proposal that was seen."""

    proposed = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Schrijf geen namen op en niets over iemands gezondheid."),
    )


class PickForm(DecideForm):
    """The home that the household chose itself from those that are offered."""

    home = forms.CharField(widget=forms.HiddenInput)


class ChooseForm(DecideForm):
    """Another home than was proposed, always with a reason."""

    home = forms.ChoiceField(
        label=_("Welke woning kiest u?"),
        help_text=_("U ziet alleen woningen die mogelijk zijn. De woning die het beste past, staat bovenaan."),
        error_messages={
            "invalid_choice": _(
                "Deze woning is niet mogelijk of is al voorgesteld aan dit huishouden. Kies daarom een andere woning."
            )
        },
    )
    field_order = ("home", "reason")

    def __init__(self, *args: Any, homes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].choices = homes  # type: ignore[attr-defined]
        self.fields["reason"].required = True


class PlanForm(GuardedForm):
    """Why a batch follows this plan."""

    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De plaatsingscoördinatoren lezen dit bij het advies."),
    )


class Agreed(models.TextChoices):
    """Whether the second person agrees."""

    YES = "ja", _("ja, dit besluit geldt")
    NO = "nee", _("nee, er moet opnieuw worden gekozen")


class ReviewPlacingForm(GuardedForm):
    """What the second person says of another home than was proposed."""

    agreed = forms.ChoiceField(
        label=_("Bent u het eens met dit besluit?"),
        choices=Agreed,
        widget=forms.RadioSelect,
    )
    review = forms.CharField(
        label=_("Waarom?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Geef ook een toelichting als u het eens bent. Schrijf geen namen op en niets over iemands gezondheid."
        ),
    )

    def __init__(self, *args: Any, back: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if back:
            words = [
                (Agreed.YES.value, _("ja, maak dit besluit ongedaan")),
                (Agreed.NO.value, _("nee, dit besluit blijft gelden")),
            ]
            self.fields["agreed"].choices = words  # type: ignore[attr-defined]


class CloseForm(GuardedForm):
    """How many households somebody saw about whom nobody decided."""

    left = forms.IntegerField(widget=forms.HiddenInput)


class RemoveForm(GuardedForm):
    """Why a list goes that was read in by mistake; with decisions in it, that those may go."""

    decided = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Bijvoorbeeld: het verkeerde bestand is ingelezen. Deze reden blijft bewaard, dus noem geen namen."
        ),
    )
    sure = forms.BooleanField(label=_("Ja, ook de besluiten mogen worden gewist"))

    def __init__(self, *args: Any, sure: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sure:
            del self.fields["sure"]
