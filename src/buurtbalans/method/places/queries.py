"""Reads about places: which neighbourhoods there are, and which of them an area is part of."""

from .models import Neighbourhood


def neighbourhoods() -> list[Neighbourhood]:
    """Return all neighbourhoods with their parts; a working area is no secret, what is said about it may be."""
    return list(Neighbourhood.objects.prefetch_related("parts"))


def with_area(code: str, division: int) -> list[Neighbourhood]:
    """Return the neighbourhoods that an area of a division is part of."""
    return list(Neighbourhood.objects.filter(parts__code=code, division=division).prefetch_related("parts"))
