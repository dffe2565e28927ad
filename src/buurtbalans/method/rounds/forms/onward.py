"""Forms of how a round goes on: a point to look at, what waits, the end, and the next round."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.people.models import Person
from buurtbalans.method.rounds.models import Parked, Scope
from buurtbalans.method.rounds.steps import Benchmark


class PointForm(VersionedForm):
    """How far the group is on one point, in the words of the point."""

    texts = ("level", "note")

    level = forms.TypedChoiceField(label=_("Hoever is deze stap?"), coerce=int, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Waarom?"), max_length=200, required=False)

    def __init__(self, *args: Any, point: Benchmark, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = list(enumerate(point.levels))  # type: ignore[attr-defined]


class ParkForm(GuardedForm):
    """What waits for another time, and why."""

    text = forms.CharField(label=_("Wat bewaren we voor later?"), max_length=200)
    why = forms.CharField(label=_("Waarom pas later?"), max_length=200, required=False)


class CloseForm(VersionedForm):
    """What was reached, and how it goes on."""

    texts = ("reached", "onward")

    reached = forms.CharField(
        label=_("Wat is er bereikt?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Begin met wat bewoners ervan merken, want ook de betrokkenen lezen dit."),
    )
    onward = forms.CharField(label=_("Hoe gaat het hierna verder?"), max_length=200, required=False)


class FollowUpForm(GuardedForm):
    """The next question, who joins again, and what waited for this."""

    parked = forms.ModelMultipleChoiceField(
        label=_("Wat nemen we mee van ‘Voor later’?"),
        queryset=Parked.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De kerngroep van de nieuwe ronde leest dit."),
    )
    question = forms.CharField(label=_("Wat is nu de vraag?"), max_length=200)
    occasion = forms.CharField(
        label=_("Waarom beginnen we een nieuwe ronde?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    scope = forms.ChoiceField(
        label=_("Over welk gebied gaat de ronde?"), choices=Scope, widget=forms.RadioSelect, initial=Scope.NARROW
    )
    core = forms.ModelMultipleChoiceField(
        label=_("Welke mensen blijven in de kerngroep?"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ring = forms.ModelMultipleChoiceField(
        label=_("Welke mensen blijven betrokken?"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, parked: Any, core: Any, ring: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (("parked", parked), ("core", core), ("ring", ring)):
            self.fields[name].queryset = offered  # type: ignore[attr-defined]
            if not offered.exists():
                del self.fields[name]
