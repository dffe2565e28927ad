"""Forms of the team: a sub-team, what it found, and who leads from now on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.people.models import Person


class SubTeamForm(VersionedForm):
    """A few people who look into one problem."""

    texts = ("name", "problem")

    name = forms.CharField(label=_("Naam van de werkgroep"), max_length=80)
    problem = forms.CharField(label=_("Wat zoekt de werkgroep uit?"), max_length=200)
    people = forms.ModelMultipleChoiceField(
        label=_("Deelnemers"), queryset=Person.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


class FoundForm(VersionedForm):
    """What a sub-team found."""

    texts = ("found",)

    found = forms.CharField(
        label=_("Wat heeft de werkgroep gevonden?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("De kerngroep leest dit, dus schrijf geen namen of adressen op."),
    )


class HandOverForm(GuardedForm):
    """Who leads the round from now on."""

    person = forms.ModelChoiceField(
        label=_("Nieuwe procesbegeleider"),
        queryset=Person.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("U blijft zelf lid van de kerngroep."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
