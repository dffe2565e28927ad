"""Forms of a round itself: where and why it starts, its words, its steps and its team."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.rounds.models import Scope, StepState


class StartForm(GuardedForm):
    """Start a round: where, why, and one question."""

    place = forms.ChoiceField(label=_("Welke buurt?"))
    name = forms.CharField(
        label=_("Naam van de buurt"),
        max_length=80,
        required=False,
        help_text=_("Als u dit leeg laat, houdt de buurt de bestaande naam."),
    )
    streets = forms.CharField(
        label=_("Alleen deze straten"),
        required=False,
        max_length=300,
        help_text=_("Cijfers gaan over de hele buurt, dus noem hier straten als de vraag over een kleiner deel gaat."),
    )
    occasion = forms.CharField(
        label=_("Waarom beginnen we nu?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    question = forms.CharField(
        label=_("Wat is de vraag?"),
        max_length=200,
        help_text=_("Een ronde gaat over één buurt en één vraag. Een volgende vraag krijgt een nieuwe ronde."),
    )
    scope = forms.ChoiceField(
        label=_("Over welk gebied gaat de ronde?"), choices=Scope, widget=forms.RadioSelect, initial=Scope.NARROW
    )

    def __init__(self, *args: Any, places: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse words for a neighbourhood that already has its own: they would be dropped without a word."""
        given = super().clean()
        for name in ("name", "streets"):
            if given.get(name) and given.get("place", "").startswith("n"):
                self.add_error(
                    name, _("Deze buurt doet al mee en houdt de bestaande naam en straten, dus laat dit leeg.")
                )
        return given


class RoundForm(VersionedForm):
    """Change what the round is about."""

    texts = ("question", "occasion")

    question = forms.CharField(label=_("Vraag"), max_length=200)
    occasion = forms.CharField(label=_("Aanleiding"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    scope = forms.ChoiceField(label=_("Over welk gebied gaat de ronde?"), choices=Scope, widget=forms.RadioSelect)


class StepForm(VersionedForm):
    """Where a step stands."""

    texts = ("state", "note")

    state = forms.ChoiceField(label=_("Hoever is deze stap?"), choices=StepState, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Korte notitie"), max_length=120, required=False)


class TeamForm(GuardedForm):
    """Who joins, and in which circle."""

    person = forms.ModelChoiceField(
        label=_("Deelnemer"), queryset=Person.objects.none(), empty_label=_("kies een persoon")
    )
    role = forms.ChoiceField(
        label=_("Rol in de ronde"),
        widget=forms.RadioSelect,
        initial=Role.CORE_MEMBER,
        choices=[
            (Role.CORE_MEMBER, _("kerngroep: leest en schrijft mee")),
            (Role.RING_MEMBER, _("betrokkenen: lezen het beeld")),
            (Role.AMBASSADOR, _("ambassadeur: leest wat betrokkenen lezen en helpt met de werkwijze")),
        ],
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        """Return the role itself."""
        return Role(self.cleaned_data["role"])
