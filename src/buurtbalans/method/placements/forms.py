"""Forms of the placing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.stories.forms import Sheet


class SwitchPlacingForm(Sheet):
    """Why placing goes on or off."""

    reason = forms.CharField(
        label=_("Waarom?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Noem de grondslag en de beoordeling van de risico’s (DPIA). Wie plaatst, leest dit."),
    )  # fmt: skip
