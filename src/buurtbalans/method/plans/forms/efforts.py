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

    state = forms.ChoiceField(label=_("Hoe staat het ermee?"), choices=EffortState, widget=forms.RadioSelect)
    state_reason = forms.CharField(
        label=_("Reden"), max_length=120, required=False, help_text=_("Nodig als het stilstaat.")
    )
    since = forms.DateField(label=_("Sinds"), widget=DATE)
    first_sign = forms.CharField(
        label=_("Eerste teken dat het werkt"), max_length=120, help_text=_("Iets wat u snel kunt zien of tellen.")
    )


class WhenAndWhere(VersionedForm):
    """What every effort has: its owner, its dates and its place."""

    owner = forms.ModelChoiceField(
        label=_("Wie trekt dit?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("nog niet bekend"),
        help_text=_("Iemand van de organisatie die dit doet."),
    )
    starts_on = forms.DateField(label=_("Begint op"), required=False, widget=DATE)
    ends_on = forms.DateField(label=_("Klaar op"), required=False, widget=DATE)
    renew_by = forms.DateField(
        label=_("Opnieuw besluiten vóór"),
        required=False,
        widget=DATE,
        help_text=_("Wat doorloopt, krijgt een dag waarop u samen kiest: stoppen of verder."),
    )
    quick_win = forms.BooleanField(
        label=_("Dit is snel te zien"), required=False, help_text=_("Een snel resultaat geeft moed.")
    )
    where = forms.CharField(
        label=_("Waar?"), max_length=120, required=False, help_text=_("Bijvoorbeeld: buurthuis De Spoel.")
    )
    area = forms.ChoiceField(label=_("In welke buurt?"), required=False)
    place = PlaceField(
        label=_("Plek op de kaart"),
        max_length=60,
        required=False,
        help_text=_(
            "Klik op de kaart of sleep de stip. Of typ twee getallen, bijvoorbeeld: 52.20110, 5.20340. "
            "Laat leeg als er geen vaste plek is."
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
        label=_("Eerste teken dat het werkt"), max_length=120, help_text=_("Iets wat u snel kunt zien of tellen.")
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
        label=_("Wie doet dit?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        help_text=_("Kiest u een andere organisatie? Dan is het een voorstel, tot zij ja zegt."),
    )
    intervention = forms.ChoiceField(
        label=_("Uit de lijst van wat werkt"),
        required=False,
        widget=forms.Select(attrs={"lang": "nl"}),
        help_text=_("Een eigen idee mag ook. Het heet dan: nog niet getest."),
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
    ends_on = forms.DateField(label=_("Klaar op"), required=False, widget=DATE)


class DeclineForm(GuardedForm):
    """Decline an effort, with a reason for the group."""

    reason = forms.CharField(
        label=_("Waarom niet?"), max_length=120, help_text=_("De groep leest dit en zoekt verder.")
    )


class ProgressForm(VersionedForm):
    """How an effort went in a period: reach, dose, quality, and who benefits."""

    texts = ("reached", "meant", "dose", "quality", "better_off")

    start = forms.DateField(label=_("Van"), widget=DATE)
    end = forms.DateField(label=_("Tot en met"), widget=DATE)
    reached = forms.IntegerField(
        label=_("Hoeveel mensen bereikte u?"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Zijn het er minder dan 10? Dan ziet alleen uw organisatie het getal."),
    )
    meant = forms.IntegerField(
        label=_("Voor hoeveel mensen was het bedoeld?"), required=False, min_value=0, max_value=1_000_000
    )
    dose = forms.CharField(
        label=_("Hoe vaak en hoe lang?"),
        max_length=120,
        required=False,
        help_text=_("Bijvoorbeeld: twee avonden per week, drie uur."),
    )
    quality = forms.CharField(
        label=_("Ging het zoals u het bedoelde?"),
        max_length=200,
        required=False,
        help_text=_("Wat deed u anders, en waarom?"),
    )
    better_off = forms.CharField(
        label=_("Heeft iemand er iets aan?"),
        max_length=200,
        required=False,
        help_text=_("Wat merken mensen zelf? Zonder namen."),
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
