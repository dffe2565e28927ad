"""The place of an effort in a form: two numbers in a field, with a map beside it to click on or to drag a dot over."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

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
                _("Typ twee getallen, bijvoorbeeld: 52.20110, 5.20340. Of kies een plek op de kaart."), code="place"
            )
        return south, north
