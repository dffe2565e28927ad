"""Forms of the audit of a placing: totals that came back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import GuardedForm
from buurtbalans.method.datasets.forms import small_enough


class TotalsForm(GuardedForm):
    """Totals of an office outside to read."""

    title = forms.CharField(label=_("Naam van de telling"), help_text=_("Bijvoorbeeld: najaar."), max_length=80)
    office = forms.CharField(label=_("Bureau dat heeft geteld"), max_length=80)
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_(
            "Lever een Excel- of CSV-bestand aan met één regel per klasse. Er mogen geen huishoudens in staan."
        ),
        validators=[small_enough],
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
