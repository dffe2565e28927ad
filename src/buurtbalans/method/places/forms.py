"""A place in a form: two numbers, chosen on a map; of what people tell only to about 100 metres, under a pin."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.places.rules import blurred

Place = tuple[float, float]  # longitude, latitude


class PlaceWidget(forms.TextInput):
    """The field, behind the map when there is one; without JavaScript the map only shows where the dot is."""

    drawing = SafeString()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        field = super().render(name, value, attrs, renderer)
        return format_html("<plek-kiezer>{}{}</plek-kiezer>", self.drawing, field) if self.drawing else field


class PlaceField(forms.CharField):
    """Latitude and longitude, in any order and with points or commas; empty means no fixed place."""

    widget = PlaceWidget

    def prepare_value(self, value: Any) -> Any:
        """Write a place as one reads it from any map: latitude first."""
        return f"{value[1]:.5f}, {value[0]:.5f}" if isinstance(value, tuple) else value

    def to_python(self, value: Any) -> Any:
        """Return longitude and latitude, or None; which is which follows from where the Netherlands lie."""
        text = super().to_python(value)
        if not text:
            return None
        text = text.replace(";", " ").replace(*((",", " ") if "." in text else (",", ".")))
        try:
            south, north = sorted(float(part) for part in text.split())
        except ValueError:
            south = north = 0.0
        if not (3 <= south <= 8 and 50 <= north <= 54):
            raise ValidationError(
                _(
                    "Vul de breedtegraad en lengtegraad in, bijvoorbeeld 52.20110, 5.20340, of kies een plek op de kaart."
                ),
                code="place",
            )
        return south, north


class PinWidget(PlaceWidget):
    """A map under a pin that stands still, which fills `longitude` and `latitude`; without JavaScript one types."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return what the pin filled in, else what was typed."""
        east, north = data.get("longitude"), data.get("latitude")
        if east is None or north is None:
            return super().value_from_datadict(data, files, name)
        return f"{north}, {east}" if east or north else ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        written = forms.TextInput.render(self, name, value, attrs, renderer)
        north, east = value.split(", ") if isinstance(value, str) and value.count(", ") == 1 else ("", "")
        context = {
            "drawing": self.drawing,
            "written": written,
            "longitude": east,
            "latitude": north,
            "identity": (attrs or {}).get("id", name),
            "required": self.is_required,
        }
        return render_to_string("components/pin.html", context)


class PinField(PlaceField):
    """The place of what somebody tells: never finer than a square of about 100 metres, also not in a form."""

    widget = PinWidget

    def to_python(self, value: Any) -> Any:
        """Return the middle of the square, or None."""
        place = super().to_python(value)
        return blurred(*place) if place else None
