"""What a story will be once it is written down: one place for the page that shows it first and for the action."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.places.rules import blurred
from buurtbalans.method.stories.models import Story


def build_story(
    *, by: Person, neighbourhood: Neighbourhood, circle: Circle, text: str, source: str, **about: Any
) -> Story:
    """Return a story as it will stand in a circle, not kept yet; `about` holds its other fields."""
    about.setdefault("heard_by", by.organisation)
    return Story(
        neighbourhood=neighbourhood,
        circle=circle,
        text=text.strip(),
        source=source,
        author=by,
        edited_by=by,
        **kept(about, neighbourhood),
    )


def kept(about: dict[str, Any], neighbourhood: Neighbourhood | None = None) -> dict[str, Any]:
    """Return what is kept of something that was told: its place only to about 100 metres, its area one of here."""
    if neighbourhood and about.get("area") and about["area"] not in neighbourhood.codes:
        raise ValidationError(_("Kies een buurt die bij deze ronde hoort."), code="area")
    east, north = about.get("longitude"), about.get("latitude")
    if (east is None) != (north is None):
        raise ValidationError(_("Geef van deze plek zowel de lengtegraad als de breedtegraad."), code="half")
    if east is None or north is None:
        return about
    east, north = blurred(east, north)
    return {**about, "longitude": east, "latitude": north}
