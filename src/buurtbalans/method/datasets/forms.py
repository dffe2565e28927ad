"""The forms around a switch of the published release: why, in one line, and what was looked at."""

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


class PublishForm(SwitchForm):
    """Why a release is published, with a tick for who looked at its large changes, where it has them."""

    confirmed = forms.BooleanField(
        label=_("Ik heb dit bekeken."),
        help_text=_("Sommige cijfers veranderen veel meer dan elders."),
        error_messages={"required": _("Bekijk de grote veranderingen. Vink dan dit vakje aan.")},
    )

    def __init__(self, *args: Any, changes: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changes:
            del self.fields["confirmed"]
