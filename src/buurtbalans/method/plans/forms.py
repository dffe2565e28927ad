"""Forms of a plan: a result with its baseline and target, and an effort with its state and what it rests on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Organisation
from buurtbalans.method.rounds.forms import DATE
from buurtbalans.method.rounds.models import Claim
from buurtbalans.method.stories.forms import VersionedSheet

from .models import EffortState, EvidenceClass


class RestsOnField(forms.ModelMultipleChoiceField):
    """The claims that a line of the plan rests on; at least one."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(
            label=_("Waarop rust dit?"),
            queryset=Claim.objects.none(),
            help_text=_("Kies minstens één uitspraak."),
            error_messages={"required": _("Kies op welke uitspraak dit rust.")},
        )


class ChangeResultForm(VersionedSheet):
    """Other words or another target for a result."""

    texts = ("title", "per_what", "target_low", "target_high", "target_year")

    title = forms.CharField(label=_("Wat willen we bereiken?"), max_length=120)
    per_what = forms.CharField(
        label=_("Waarvan?"), max_length=80, help_text=_("Bijvoorbeeld: van de 100 mensen in de buurt.")
    )
    target_low = forms.FloatField(label=_("Doel van"), help_text=_("Het doel is een marge, geen enkel getal."))
    target_high = forms.FloatField(label=_("Doel tot"))
    target_year = forms.IntegerField(label=_("In welk jaar?"), min_value=2000, max_value=2100)

    def clean(self) -> dict[str, Any]:
        """Refuse a target that runs from high to low."""
        given = super().clean() or {}
        low, high = given.get("target_low"), given.get("target_high")
        if low is not None and high is not None and low > high:
            self.add_error("target_high", _("Het doel loopt van laag naar hoog. Draai de getallen om."))
        return given


class ResultForm(ChangeResultForm):
    """A new result: also where we begin, and what it rests on."""

    figure = forms.ChoiceField(
        label=_("Met welk cijfer meten we dit?"),
        help_text=_("Zo was het bij het begin. Dit cijfer blijft staan."),
        widget=forms.Select(attrs={"lang": "nl"}),  # the sentences of figures are Dutch
    )
    claims = RestsOnField()

    field_order = ("title", "figure", "per_what", "target_low", "target_high", "target_year", "claims")

    def __init__(self, *args: Any, figures: list[Any], claims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["figure"].choices = figures  # type: ignore[attr-defined]
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a target before the figure it starts from."""
        given = super().clean()
        begun, year = str(given.get("figure", "")).rpartition("|")[2], given.get("target_year")
        if begun.isdecimal() and year is not None and year <= int(begun):
            self.add_error("target_year", _("Het doel ligt na het begin. Kies een later jaar."))
        return given


class ReportForm(VersionedSheet):
    """How an effort stands."""

    texts = ("state", "state_reason", "first_sign")

    state = forms.ChoiceField(label=_("Hoe staat het ermee?"), choices=EffortState, widget=forms.RadioSelect)
    state_reason = forms.CharField(
        label=_("Reden"), max_length=120, required=False, help_text=_("Nodig als het stilstaat.")
    )
    since = forms.DateField(label=_("Sinds"), widget=DATE)
    first_sign = forms.CharField(
        label=_("Eerste teken dat het werkt"), max_length=120, help_text=_("Iets wat u snel kunt zien of tellen.")
    )


class EffortForm(ReportForm):
    """A new effort: who does what, and what it rests on."""

    organisation = forms.ModelChoiceField(
        label=_("Wie doet dit?"), queryset=Organisation.objects.none(), empty_label=None
    )
    together_with = forms.CharField(label=_("Samen met"), max_length=80, required=False)
    what = forms.CharField(label=_("Wat gaat er gebeuren?"), max_length=160)
    evidence_class = forms.ChoiceField(
        label=_("Hoe weten we dat het werkt?"), choices=EvidenceClass, widget=forms.RadioSelect
    )
    claims = RestsOnField()

    field_order = ("organisation", "together_with", "what", "first_sign", "evidence_class", "claims", "state", "since")

    def __init__(self, *args: Any, organisations: Any, claims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["state"].initial = EffortState.STARTS
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]
