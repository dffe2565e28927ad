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

    area = forms.ChoiceField(label=_("Welk gebied?"))
    low = forms.IntegerField(
        label=_("Hoeveel huishoudens draagt dit gebied minstens?"),
        min_value=LEAST,
        max_value=30_000,
        help_text=_("Alle huishoudens die geplaatst zijn of worden. Schat samen; een marge is goed."),
    )
    high = forms.IntegerField(label=_("En hooguit?"), min_value=LEAST, max_value=30_000)
    load = forms.ChoiceField(
        label=_("Hoeveel wonen er nu?"),
        choices=[("", _("kies")), *Load.choices],
        help_text=_("Een groep van getallen. Een precies getal kan naar een woning leiden."),
    )
    room_low = forms.IntegerField(
        label=_("Ruimte van"),
        min_value=LEAST,
        max_value=30_000,
        required=False,
        help_text=_("Hoeveel erbij kunnen. Leeg: wat er overblijft. Nooit minder dan 1: wij sluiten geen buurt."),
    )
    room_high = forms.IntegerField(label=_("Ruimte tot"), min_value=LEAST, max_value=30_000, required=False)
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Over de buurt: wat er is, wat er knelt. Nooit over één huishouden."),
    )
    claims = RestsOnField()
    efforts = forms.ModelMultipleChoiceField(
        label=_("Wat moet er eerst staan?"),
        queryset=Effort.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Zolang dit niet loopt, telt het advies met de laagste ruimte."),
    )
    review_on = forms.DateField(label=_("Wanneer kijkt u opnieuw?"), widget=DATE)

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
        label=_("Klopt het nog? Kies wanneer u weer kijkt."),
        widget=DATE,
        help_text=_("Klopt het niet meer? Doe dan een nieuw voorstel."),
    )


class SupportForm(VersionedForm):
    """Guidance or a facility that is needed, beside what there is."""

    texts = ("what", "who", "unit", "need_low", "need_high", "have", "reason")

    kind = forms.ChoiceField(label=_("Wat voor steun?"), choices=SupportKind, widget=forms.RadioSelect)
    what = forms.CharField(label=_("Wat?"), max_length=80, help_text=_("Bijvoorbeeld: begeleiding aan huis."))
    who = forms.CharField(label=_("Wie geeft het nu?"), max_length=80, required=False, help_text=_("Een organisatie."))
    unit = forms.CharField(label=_("Waarin telt u?"), max_length=40, help_text=_("Bijvoorbeeld: uur per week."))
    need_low = forms.FloatField(label=_("Nodig van"), min_value=0, max_value=1_000_000)
    need_high = forms.FloatField(label=_("Nodig tot"), min_value=0, max_value=1_000_000)
    have = forms.FloatField(label=_("Er is nu"), min_value=0, max_value=1_000_000)
    area = forms.ChoiceField(label=_("Waar?"), required=False)
    reason = forms.CharField(label=_("Waarom?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    claims = RestsOnField()
    review_on = forms.DateField(label=_("Wanneer kijkt u opnieuw?"), widget=DATE)

    def __init__(self, *args: Any, areas: Areas, claims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        if claims is None:
            del self.fields["claims"]
        else:
            del self.fields["version"]
            self.fields["claims"].queryset = claims  # type: ignore[attr-defined]
