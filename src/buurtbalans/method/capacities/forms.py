"""Forms of carrying capacity and support: a proposal, an answer, another look, and what is needed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import VersionedForm
from buurtbalans.method.capacities.models import LEAST, Load, SupportKind
from buurtbalans.method.plans.forms.results import RestsOnField
from buurtbalans.method.plans.models import Effort
from buurtbalans.method.rounds.forms.claims import DATE, OpinionForm

Areas = list[tuple[str, str]]


class CapacityForm(VersionedForm):
    """What an area can carry, how many live there now, and how much room that leaves."""

    texts = ("low", "high", "room_low", "room_high", "reason")

    area = forms.ChoiceField(label=_("Gebied"))
    low = forms.IntegerField(
        label=_("Geplaatste huishoudens in totaal: minimaal"),
        min_value=LEAST,
        max_value=30_000,
        help_text=_(
            "Tel alle huishoudens mee die geplaatst zijn of worden. Maak samen een schatting, want een minimum en een maximum zijn genoeg."
        ),
    )
    high = forms.IntegerField(label=_("Geplaatste huishoudens in totaal: maximaal"), min_value=LEAST, max_value=30_000)
    load = forms.ChoiceField(
        label=_("Geplaatste huishoudens die hier nu wonen"),
        choices=[("", _("kies")), *Load.choices],
        help_text=_("Kies een groep van aantallen, want een precies aantal kan naar een woning leiden."),
    )
    room_low = forms.IntegerField(
        label=_("Plaatsingsruimte van"),
        min_value=LEAST,
        max_value=30_000,
        required=False,
        help_text=_(
            "Vul in hoeveel huishoudens erbij kunnen, of laat leeg voor wat er overblijft. Het is nooit minder dan 1, want we sluiten geen enkele buurt."
        ),
    )
    room_high = forms.IntegerField(label=_("Plaatsingsruimte tot"), min_value=LEAST, max_value=30_000, required=False)
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Beschrijf wat er in de buurt is en welke knelpunten er zijn, maar schrijf nooit over één huishouden."
        ),
    )
    claims = RestsOnField()
    efforts = forms.ModelMultipleChoiceField(
        label=_("Acties die eerst nodig zijn"),
        queryset=Effort.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Zolang deze acties niet lopen, rekent het advies met de laagste plaatsingsruimte."),
    )
    review_on = forms.DateField(label=_("Datum om dit opnieuw te bekijken"), widget=DATE)

    field_order = ("area",)

    def __init__(self, *args: Any, areas: Areas, claims: Any, efforts: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]
        self.fields["efforts"].queryset = efforts  # type: ignore[attr-defined]
        if not efforts:
            del self.fields["efforts"]
        del self.fields["version" if new else "area"]


class AnswerCapacityForm(OpinionForm):
    """What the own organisation thinks of a proposal."""


class ReviewCapacityForm(VersionedForm):
    """Until when what was agreed still holds."""

    texts = ("review_on",)

    review_on = forms.DateField(
        label=_("Als de plaatsingsruimte nog klopt, kies dan een nieuwe datum."),
        widget=DATE,
        help_text=_("Als de plaatsingsruimte niet meer klopt, doe dan een nieuw voorstel."),
    )


class SupportForm(VersionedForm):
    """Guidance or a facility that is needed, beside what there is."""

    texts = ("what", "who", "unit", "need_low", "need_high", "have", "reason")

    kind = forms.ChoiceField(label=_("Soort ondersteuning"), choices=SupportKind, widget=forms.RadioSelect)
    what = forms.CharField(
        label=_("Omschrijving"),
        max_length=80,
        help_text=_("Geef een korte omschrijving, bijvoorbeeld: begeleiding aan huis."),
    )
    who = forms.CharField(
        label=_("Aanbieder"), max_length=80, required=False, help_text=_("Noem de organisatie die dit nu aanbiedt.")
    )
    unit = forms.CharField(
        label=_("Eenheid"), max_length=40, help_text=_("Vul in waarin u telt, bijvoorbeeld: uur per week.")
    )
    need_low = forms.FloatField(label=_("Nodig, minimaal"), min_value=0, max_value=1_000_000)
    need_high = forms.FloatField(label=_("Nodig, maximaal"), min_value=0, max_value=1_000_000)
    have = forms.FloatField(label=_("Nu beschikbaar"), min_value=0, max_value=1_000_000)
    area = forms.ChoiceField(label=_("Waar?"), required=False)
    reason = forms.CharField(label=_("Waarom?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    claims = RestsOnField()
    review_on = forms.DateField(label=_("Datum om dit opnieuw te bekijken"), widget=DATE)

    def __init__(self, *args: Any, areas: Areas, claims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        if claims is None:
            del self.fields["claims"]
        else:
            del self.fields["version"]
            self.fields["claims"].queryset = claims  # type: ignore[attr-defined]
