"""Forms of what is there and what comes: one facility or works, and a file with many."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import override

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.sources.landmarks import BYTES, ReadLandmark, read_landmarks
from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.places.forms import PlaceField
from buurtbalans.method.places.models import LandmarkKind

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LandmarkForm(VersionedForm):
    """One facility or works: what it is, where, and of works from when until when."""

    texts = ("name", "about", "source")

    kind = forms.ChoiceField(label=_lazy("Soort"), choices=LandmarkKind.choices)
    name = forms.CharField(label=_lazy("Hoe heet het?"), max_length=80)
    about = forms.CharField(label=_lazy("Wat is belangrijk om te weten?"), max_length=200, required=False)
    place = PlaceField(
        label=_lazy("Plek op de kaart"),
        max_length=60,
        help_text=_lazy("Klik op de kaart, sleep de stip of typ twee coördinaten, bijvoorbeeld: 52.20110, 5.20340."),
    )
    starts_on = forms.DateField(label=_lazy("Van (alleen bij werk)"), required=False, widget=DATE)
    ends_on = forms.DateField(label=_lazy("Tot en met (alleen bij werk)"), required=False, widget=DATE)
    source = forms.CharField(label=_lazy("Wat is de bron van deze informatie?"), max_length=120)

    def __init__(self, *args: Any, drawing: SafeString, drawn: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if drawn:
            del self.fields["place"]  # a line or a surface comes from a file and stays as it was drawn
        else:
            self.fields["place"].widget.drawing = drawing

    def about_it(self, shape: Any = None) -> dict[str, Any]:
        """Return what the actions need: the fields, with the place as a shape."""
        given = dict(self.cleaned_data)
        place = given.pop("place", None)
        return given | {"shape": {"type": "Point", "coordinates": list(place)} if place else shape}


class ImportForm(GuardedForm):
    """A file with facilities and works; what was read goes along as text, so that one sees it before it counts."""

    guarded = False  # the view looks at every row

    file = forms.FileField(
        label=_lazy("Welk bestand?"),
        required=False,
        help_text=_lazy(
            "Kies een CSV- of GeoJSON-bestand van hoogstens 256 kB en 500 plekken. De kolommen zijn naam, soort, lon en lat (of x en y in RD), en als u wilt ook van, tot en over."
        ),
    )
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    source = forms.CharField(label=_lazy("Wat is de bron van dit bestand?"), max_length=120)

    rows: list[ReadLandmark]

    def clean(self) -> dict[str, Any]:
        """Read the file, or what was read of it before, whole."""
        given = super().clean()
        file, kept = given.get("file"), given.get("text", "")
        if file is None and not kept:
            raise ValidationError(_("Kies eerst een bestand van uw computer."), code="empty")
        if file is not None and file.size > BYTES:
            raise ValidationError(_("Dit bestand is te groot, want het mag hoogstens 256 kB zijn."), code="large")
        data = file.read() if file is not None else kept.encode()
        try:
            self.rows = read_landmarks(data, file.name if file is not None else _("bestand"), known_kinds())
        except Refused as refused:
            self.findings = refused.findings
            raise ValidationError(
                _("De kaart is nog niet gewijzigd. Pas eerst dit aan in het bestand:"), code="file"
            ) from None
        given["text"] = data.decode("utf-8-sig")
        return given


def known_kinds() -> dict[str, str]:
    """Return the kind by each word that a file may use for it: its code, or its name in Dutch or on the page."""
    words = {str(label).casefold(): value for value, label in LandmarkKind.choices}
    with override("nl"):
        words |= {str(label).casefold(): value for value, label in LandmarkKind.choices}
    return words | {value: value for value in LandmarkKind.values}
