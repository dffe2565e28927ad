"""Forms of an effort: agree or propose it, edit it, update its state, report progress, and decline it."""

from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.places.forms import PlaceField
from buurtbalans.method.plans.forms.results import RestsOnField
from buurtbalans.method.plans.interventions import intervention_catalogue
from buurtbalans.method.plans.interventions.evidence import EvidenceClass
from buurtbalans.method.plans.models import EffortState
from buurtbalans.method.rounds.forms.claims import DATE


class ReportForm(VersionedForm):
    """The state of an effort."""

    texts = ("state", "state_reason", "first_sign")

    state = forms.ChoiceField(label=_("Stand van zaken"), choices=EffortState, widget=forms.RadioSelect)
    state_reason = forms.CharField(
        label=_("Reden"), max_length=120, required=False, help_text=_("Vul deze reden in als de actie stilligt.")
    )
    since = forms.DateField(label=_("Sinds"), widget=DATE)
    first_sign = forms.CharField(
        label=_("Eerste teken dat het werkt"),
        max_length=120,
        help_text=_("Noem iets wat u al snel kunt zien of tellen."),
    )


class WhenAndWhere(VersionedForm):
    """What every effort has: its owner, its dates and its place."""

    owner = forms.ModelChoiceField(
        label=_("Trekker"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("nog niet bekend"),
        help_text=_("Dit is iemand van de organisatie die de actie uitvoert."),
    )
    starts_on = forms.DateField(label=_("Begindatum"), required=False, widget=DATE)
    ends_on = forms.DateField(label=_("Einddatum"), required=False, widget=DATE)
    renew_by = forms.DateField(
        label=_("Opnieuw besluiten vóór"),
        required=False,
        widget=DATE,
        help_text=_("Heeft de actie geen einddatum, kies dan een dag waarop u samen besluit of u stopt of doorgaat."),
    )
    quick_win = forms.BooleanField(
        label=_("Resultaat snel zichtbaar"),
        required=False,
        help_text=_("Een resultaat dat mensen snel zien, helpt om vol te houden."),
    )
    where = forms.CharField(
        label=_("Waar?"),
        max_length=120,
        required=False,
        help_text=_("Noem de plek waar de actie is, bijvoorbeeld buurthuis De Spoel."),
    )
    area = forms.ChoiceField(label=_("Buurt van de actie"), required=False)
    place = PlaceField(
        label=_("Plek op de kaart"),
        max_length=60,
        required=False,
        help_text=_(
            "Klik op de kaart of sleep de stip. U kunt ook twee getallen typen, bijvoorbeeld 52.20110, 5.20340. Is er geen vaste plek, laat het veld dan leeg."
        ),
    )

    def __init__(
        self, *args: Any, areas: list[tuple[str, str]], people: Any, drawing: SafeString, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].widget.drawing = drawing
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]
        self.fields["owner"].label_from_instance = lambda person: f"{person} · {person.organisation}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Split a place into the longitude and latitude of an effort."""
        values = super().clean()
        if "place" in values:
            values["longitude"], values["latitude"] = values.pop("place") or (None, None)
        return values


class EditEffortForm(WhenAndWhere):
    """Edit an agreed effort; its state has a form of its own."""

    texts = ("what", "together_with", "where", "first_sign")

    what = forms.CharField(label=_("Wat gaat er gebeuren?"), max_length=160)
    together_with = forms.CharField(label=_("Samen met"), max_length=80, required=False)
    first_sign = forms.CharField(
        label=_("Eerste teken dat het werkt"),
        max_length=120,
        help_text=_("Noem iets wat u al snel kunt zien of tellen."),
    )

    field_order: tuple[str, ...] = (
        "what",
        "together_with",
        "first_sign",
        "owner",
        "starts_on",
        "ends_on",
        "renew_by",
        "quick_win",
    )


class EffortForm(EditEffortForm):
    """A new effort: its organisation, its intervention from the catalogue or an own idea, and its claims."""

    organisation = forms.ModelChoiceField(
        label=_("Welke organisatie doet dit?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        help_text=_(
            "Kiest u een andere organisatie, dan blijft de actie een voorstel totdat die organisatie heeft toegezegd."
        ),
    )
    intervention = forms.ChoiceField(
        label=_("Maatregel uit ‘Wat werkt’"),
        required=False,
        widget=forms.Select(attrs={"lang": "nl"}),
        help_text=_("U mag ook een eigen idee invullen. Daar staat dan bij dat het nog niet is getest."),
    )
    claims = RestsOnField()
    since = forms.DateField(label=_("Sinds"), widget=forms.HiddenInput)

    field_order = (
        "intervention",
        "organisation",
        "what",
        "together_with",
        "first_sign",
        "claims",
        "owner",
        "starts_on",
        "ends_on",
        "renew_by",
        "quick_win",
        "where",
        "area",
        "place",
    )

    def __init__(self, *args: Any, organisations: Any, claims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["intervention"].choices = intervention_choices()  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take the class of evidence from the catalogue; an own idea is untested."""
        values = super().clean()
        chosen = intervention_catalogue().interventions.get(values.get("intervention", ""))
        values["evidence_class"] = chosen.evidence if chosen else EvidenceClass.OWN_IDEA.value
        return values


def intervention_choices() -> list[Any]:
    """Return the choices of an intervention: an idea of one's own first, then the catalogue by theme."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for intervention in intervention_catalogue().interventions.values():
        label = f"{intervention.name} ({EvidenceClass(intervention.evidence).label})"
        groups.setdefault(intervention_catalogue().themes[intervention.theme], []).append((intervention.code, label))
    return [("", _("een eigen idee, nog niet getest")), *groups.items()]


class RenewForm(VersionedForm):
    """Continue an effort until a next date."""

    renew_by = forms.DateField(label=_("Opnieuw besluiten vóór"), widget=DATE)
    ends_on = forms.DateField(label=_("Einddatum"), required=False, widget=DATE)


class DeclineForm(GuardedForm):
    """Decline an effort, with a reason for the group."""

    reason = forms.CharField(
        label=_("Waarom niet?"),
        max_length=120,
        help_text=_("De groep leest uw reden en zoekt dan een andere oplossing."),
    )


class ProgressForm(VersionedForm):
    """How an effort went in a period: reach, dose, quality, and who benefits."""

    texts = ("reached", "meant", "dose", "quality", "better_off")

    start = forms.DateField(label=_("Van"), widget=DATE)
    end = forms.DateField(label=_("Tot en met"), widget=DATE)
    reached = forms.IntegerField(
        label=_("Hoeveel mensen hebt u met deze actie bereikt?"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Als het er minder dan 10 zijn, ziet alleen uw organisatie het aantal."),
    )
    meant = forms.IntegerField(
        label=_("Voor hoeveel mensen was de actie bedoeld?"), required=False, min_value=0, max_value=1_000_000
    )
    dose = forms.CharField(
        label=_("Hoe vaak en hoe lang is dit gedaan?"),
        max_length=120,
        required=False,
        help_text=_("Bijvoorbeeld: twee avonden per week, drie uur per avond."),
    )
    quality = forms.CharField(
        label=_("Is de actie uitgevoerd zoals u had bedoeld?"),
        max_length=200,
        required=False,
        help_text=_("Beschrijf wat u anders hebt gedaan en waarom."),
    )
    better_off = forms.CharField(
        label=_("Wat merken mensen van de actie?"),
        max_length=200,
        required=False,
        help_text=_("Beschrijf wat mensen zelf merken, maar noem geen namen."),
    )


class InterventionSearchForm(forms.Form):
    """The search of the catalogue of interventions."""

    q = forms.CharField(max_length=80, required=False)
    thema = forms.ChoiceField(required=False)
    oorzaak = forms.ChoiceField(required=False)
    bewijs = forms.ChoiceField(required=False, choices=[("", ""), *EvidenceClass.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        catalogue = intervention_catalogue()
        self.fields["thema"].choices = [("", ""), *catalogue.themes.items()]  # type: ignore[attr-defined]
        self.fields["oorzaak"].choices = [("", ""), *((cause.code, cause.name) for cause in catalogue.causes.values())]  # type: ignore[attr-defined]
