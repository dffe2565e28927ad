"""Forms of a result with its baseline, target and evaluation plan, and of a condition for placing or support."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.people.models import Organisation
from buurtbalans.method.plans.models import ConditionTopic
from buurtbalans.method.rounds.forms.claims import DATE
from buurtbalans.method.rounds.models import Claim

Groups = list[tuple[str, list[dict[str, Any]]]]


class RestsOnField(forms.ModelMultipleChoiceField):
    """The claims that a line of the plan rests on: at least one."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(
            label=_("Onderbouwing"),
            queryset=Claim.objects.none(),
            help_text=_("Kies minstens één stelling als onderbouwing van dit onderdeel."),
            error_messages={"required": _("Kies de stelling waarop u dit baseert.")},
        )


class EditResultForm(VersionedForm):
    """The words, the target and the evaluation plan of a result."""

    texts = ("title", "per_what", "target_low", "target_high", "target_year", "measured_by", "asked_too")

    title = forms.CharField(label=_("Wat willen we bereiken?"), max_length=120)
    per_what = forms.CharField(
        label=_("Waarvan is dit een deel?"), max_length=80, help_text=_("Bijvoorbeeld: van de 100 mensen in de buurt.")
    )
    target_low = forms.FloatField(
        label=_("Streefwaarde van"),
        help_text=_("Een streefwaarde loopt van laag tot hoog, omdat elk cijfer een onzekerheidsmarge heeft."),
    )
    target_high = forms.FloatField(label=_("Streefwaarde tot"))
    target_year = forms.IntegerField(label=_("In welk jaar?"), min_value=2000, max_value=2100)
    measured_by = forms.CharField(
        label=_("Hoe gaan we meten of het doel is bereikt?"),
        max_length=200,
        required=False,
        help_text=_("Leg dit nu vast, zodat niemand later het cijfer kiest dat het gunstigst uitkomt."),
    )
    measured_on = forms.DateField(label=_("Wanneer meten we dit?"), required=False, widget=DATE)
    measured_with = forms.ModelChoiceField(
        label=_("Welke organisatie meet dit?"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("nog niet bekend"),
    )
    asked_too = forms.CharField(
        label=_("Wat vragen we aan bewoners?"),
        max_length=200,
        required=False,
        help_text=_("Bijvoorbeeld: dezelfde vragen als bij de start, op de markt en aan de deur."),
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measured_with"].queryset = organisations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a target range from high to low."""
        values = super().clean() or {}
        low, high = values.get("target_low"), values.get("target_high")
        if low is not None and high is not None and low > high:
            self.add_error("target_high", _("De laagste waarde komt eerst, dus wissel de twee getallen om."))
        return values


class ResultForm(EditResultForm):
    """A new result: also its baseline and the claims it rests on."""

    figure = forms.ChoiceField(
        label=_("Met welk cijfer meten we dit doel?"),
        error_messages={"required": _("Kies het cijfer waarmee u dit doel gaat meten.")},
        help_text=_("Dit cijfer is de nulmeting: de situatie bij de start, die niet meer verandert."),
        widget=forms.Select(attrs={"lang": "nl"}),  # the sentences of figures are Dutch
    )
    claims = RestsOnField()

    field_order = ("title", "figure", "per_what", "target_low", "target_high", "target_year", "claims")

    def __init__(self, *args: Any, figures: Groups, claims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.periods = {figure["key"]: figure["period"] for _name, group in figures for figure in group}
        groups = [(name, [(figure["key"], figure["choice"]) for figure in group]) for name, group in figures]
        self.fields["figure"].choices = [("", _("kies een cijfer")), *groups]  # type: ignore[attr-defined]
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a target year that is not after the year of the baseline."""
        values = super().clean()
        baseline_year, year = self.periods.get(values.get("figure", "")), values.get("target_year")
        if baseline_year is not None and year is not None and year <= baseline_year:
            self.add_error(
                "target_year", _("Het jaar van de streefwaarde komt na de nulmeting, dus kies een later jaar.")
            )
        return values


class EditConditionForm(VersionedForm):
    """The words, the place and the review date of a condition."""

    texts = ("text",)

    about = forms.ChoiceField(
        label=_("Waar gaat de voorwaarde over?"), choices=ConditionTopic, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Wat is er nodig in deze buurt?"),
        max_length=200,
        help_text=_("Een voorwaarde gaat over een groep of een plek, nooit over één mens of huishouden."),
    )
    area = forms.ChoiceField(label=_("Waar?"), required=False)
    review_on = forms.DateField(
        label=_("Wanneer bekijken we deze voorwaarde opnieuw?"),
        widget=DATE,
        help_text=_("Een voorwaarde geldt tot deze dag, dus niet voor altijd."),
    )

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]


class ConditionForm(EditConditionForm, GuardedForm):
    """A new condition: also the claims it rests on."""

    claims = RestsOnField()

    field_order = ("about", "text", "claims", "area", "review_on")

    def __init__(self, *args: Any, claims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]
