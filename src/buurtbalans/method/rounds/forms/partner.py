"""The form of a partner profile: what an organisation can do, for whom, and when and how it can be reached."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import VersionedForm


class OpenField(forms.CharField):
    """A text in which a number or an address of an organisation may stand: it leads to a desk, not to one person."""


class ProfileForm(VersionedForm):
    """What the own organisation can do for a neighbourhood."""

    texts = ("can", "for_whom", "mandate", "hours", "reach")

    can = forms.CharField(
        label=_("Wat kan uw organisatie doen?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Beschrijf wat u doet in gewone woorden. Vermeld ook wat u niet doet, want dat voorkomt vragen."),
    )
    for_whom = forms.CharField(label=_("Voor welke mensen?"), max_length=200)
    mandate = forms.CharField(
        label=_("Waarover mag u zelf beslissen?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Waarvoor moet u eerst overleggen?"),
    )
    hours = forms.CharField(label=_("Wanneer bent u aanwezig?"), max_length=160, required=False)
    reach = OpenField(
        label=_("Hoe kunnen anderen u bereiken?"),
        max_length=160,
        required=False,
        help_text=_("Noem een loket, een algemeen nummer of een postbus, maar geen naam van een persoon."),
    )
