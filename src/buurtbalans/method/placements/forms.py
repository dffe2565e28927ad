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
        help_text=_("Noem de grondslag en de beoordeling van de risico’s (DPIA). Wie plaatst, leest dit."),
    )

    def __init__(self, *args: Any, on: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not on:
            self.fields["reason"].help_text = _("Schrijf op waarom het stopt. Wie plaatst, leest dit.")


class BatchForm(GuardedForm):
    """A list of households and homes to read."""

    title = forms.CharField(label=_("Hoe noemt u deze lijst?"), help_text=_("Bijvoorbeeld: week 48."), max_length=80)
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Excel (.xlsx), of een zip met CSV-bestanden. Alleen werknummers en codes."),
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
        help_text=_("Geen namen en niets over de gezondheid."),
    )


class PickForm(DecideForm):
    """The home that the household chose itself from those that are offered."""

    home = forms.CharField(widget=forms.HiddenInput)


class ChooseForm(DecideForm):
    """Another home than was proposed, always with a reason."""

    home = forms.ChoiceField(
        label=_("Welke woning?"),
        help_text=_("Alleen woningen die kunnen. Wat het beste past, staat bovenaan."),
        error_messages={"invalid_choice": _("Deze woning kan niet, of is al het voorstel. Kies een andere.")},
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
        help_text=_("Wie plaatst, leest dit bij het advies."),
    )


class Agreed(models.TextChoices):
    """Whether the second person agrees."""

    YES = "ja", _("ja, dit geldt")
    NO = "nee", _("nee, kies opnieuw")


class ReviewPlacingForm(GuardedForm):
    """What the second person says of another home than was proposed."""

    agreed = forms.ChoiceField(
        label=_("Bent u het ermee eens?"),
        choices=Agreed,
        widget=forms.RadioSelect,
    )
    review = forms.CharField(
        label=_("Waarom?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ook als u het eens bent. Geen namen en niets over de gezondheid."),
    )

    def __init__(self, *args: Any, back: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if back:
            words = [(Agreed.YES.value, _("ja, dit gaat terug")), (Agreed.NO.value, _("nee, dit blijft gelden"))]
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
        help_text=_("Bijvoorbeeld: het verkeerde bestand. Dit blijft staan, dus geen namen."),
    )
    sure = forms.BooleanField(label=_("Ja, ook de besluiten mogen weg"))

    def __init__(self, *args: Any, sure: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sure:
            del self.fields["sure"]
