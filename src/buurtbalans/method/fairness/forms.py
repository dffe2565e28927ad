"""Forms of the audit of a placing: totals that came back."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.intake.reading import BYTES
from buurtbalans.method.stories.forms import Sheet


class TotalsForm(Sheet):
    """Totals of an office outside to read."""

    title = forms.CharField(label=_("Hoe noemt u deze telling?"), help_text=_("Bijvoorbeeld: najaar."), max_length=80)
    office = forms.CharField(label=_("Welk kantoor telde?"), max_length=80)
    file = forms.FileField(
        label=_("Bestand"), help_text=_("Excel of CSV, met één regel per klasse. Geen huishoudens."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large before it is read."""
        sent: UploadedFile = self.cleaned_data["file"]
        if (sent.size or 0) > BYTES:
            raise forms.ValidationError(_("Dit bestand is groter dan 10 MB."))
        return sent
