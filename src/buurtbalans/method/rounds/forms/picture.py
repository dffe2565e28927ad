"""Forms of the shared picture: its sentence and its lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.stories.forms import Sheet, VersionedSheet

from ..models import Claim, LineKind


class PictureForm(VersionedSheet):
    """The picture in one sentence, and what the neighbourhood needs."""

    texts = ("finding", "need")

    finding = forms.CharField(label=_("Het beeld in één zin"), max_length=160)
    need = forms.CharField(
        label=_("Wat de buurt nodig heeft"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class LineForm(Sheet):
    """A line of the shared picture, and the claims it rests on."""

    kind = forms.ChoiceField(label=_("Wat is het?"), choices=LineKind, widget=forms.RadioSelect)
    text = forms.CharField(label=_("In één zin"), max_length=200)
    claims = forms.ModelMultipleChoiceField(
        label=_("Waarop rust dit?"), queryset=Claim.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nodig bij een kracht, kans of zorg. Een oorzaak is een vermoeden."),
    )  # fmt: skip

    def __init__(self, *args: Any, claims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]


class EditLineForm(VersionedSheet):
    """Other words for a line of the picture."""

    texts = ("text",)

    text = forms.CharField(label=_("In één zin"), max_length=200)
