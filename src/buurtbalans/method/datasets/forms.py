"""The form around a switch of the published release: why, in one line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SwitchForm(forms.Form):
    """Why somebody publishes a release, or goes back; `seen` is what was published when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label=_("Waarom?"), help_text=_("Eén zin. Uw collega’s lezen die terug."), max_length=300, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
