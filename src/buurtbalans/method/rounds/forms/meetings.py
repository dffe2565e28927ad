"""Forms of meetings: when, where and about which steps, and what came out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import VersionedForm
from buurtbalans.method.rounds.rules import LONGEST, SHORTEST
from buurtbalans.method.rounds.steps import STEPS

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class MeetingForm(VersionedForm):
    """Plan or move a meeting."""

    texts = ("what", "where")

    what = forms.CharField(
        label=_("Onderwerp van de bijeenkomst"),
        max_length=160,
        help_text=_("Ook de betrokkenen kunnen lezen wat, waar en wanneer dit is."),
    )
    steps = forms.TypedMultipleChoiceField(
        label=_("Bij welke stappen hoort dit?"),
        coerce=int,
        choices=[(step.number, step.title) for step in STEPS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Een bijeenkomst kan over meerdere stappen gaan, en een stap kan meerdere bijeenkomsten vragen."),
    )
    at = forms.DateTimeField(
        label=_("Wanneer?"),
        required=False,
        widget=MOMENT,
        help_text=_("U kunt dit leeg laten als de datum nog niet bekend is."),
    )
    minutes = forms.IntegerField(
        label=_("Hoeveel minuten duurt het?"),
        initial=90,
        min_value=SHORTEST,
        max_value=LONGEST,
        help_text=_("Anderhalf uur is voor de meeste mensen haalbaarder dan een hele middag."),
    )
    where = forms.CharField(label=_("Waar?"), max_length=120, required=False)


class NotesForm(VersionedForm):
    """What came out of a meeting."""

    texts = ("notes",)

    notes = forms.CharField(
        label=_("Wat heeft de bijeenkomst opgeleverd?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Alleen de kerngroep leest dit, maar schrijf geen namen of adressen op."),
    )
