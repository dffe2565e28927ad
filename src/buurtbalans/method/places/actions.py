"""Writes about places: drawing a working area."""

from collections.abc import Collection, Sequence

from django.utils.text import slugify

from buurtbalans.method.people.actions import action, record
from buurtbalans.method.people.models import Person

from .models import Neighbourhood, NeighbourhoodPart
from .rules import require_may_draw, require_parts

RESERVED = frozenset({"nieuw"})  # addresses beside the neighbourhoods


@action
def draw_neighbourhood(
    *,
    by: Person,
    name: str,
    municipality: str,
    division: int,
    codes: Sequence[str],
    known: Collection[str],
    wider: str = "",
    streets: str = "",
) -> Neighbourhood:
    """Make a working area of some areas of a division; `known` are the codes that the division has."""
    require_may_draw(by)
    require_parts(codes, known)
    neighbourhood = Neighbourhood.objects.create(
        slug=_free_slug(name), name=name, municipality=municipality, division=division, wider=wider, streets=streets
    )
    NeighbourhoodPart.objects.bulk_create(
        NeighbourhoodPart(neighbourhood=neighbourhood, code=code) for code in sorted(set(codes))
    )
    record(by=by, verb="places.draw_neighbourhood", about=neighbourhood, codes=sorted(set(codes)), division=division)
    return neighbourhood


def _free_slug(name: str) -> str:
    """Return an address for a neighbourhood that no other one has."""
    base = slugify(name)[:50] or "buurt"
    base = f"{base}-1" if base in RESERVED else base
    taken = set(Neighbourhood.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for number in range(1, 10_000) if (slug := base if number == 1 else f"{base}-{number}") not in taken
    )
