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
        label=_("Wat kan uw organisatie?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Wat u echt doet, in gewone woorden. Ook wat u niet doet, scheelt een vraag."),
    )
    for_whom = forms.CharField(label=_("Voor wie?"), max_length=200)
    mandate = forms.CharField(
        label=_("Wat mag u zelf besluiten?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("En wat moet u eerst aan iemand vragen?"),
    )
    hours = forms.CharField(label=_("Wanneer bent u er?"), max_length=160, required=False)
    reach = OpenField(
        label=_("Hoe bereikt men u?"),
        max_length=160,
        required=False,
        help_text=_("Een loket, een algemeen nummer of een postbus. Geen naam."),
    )
