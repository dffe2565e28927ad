"""Reads for the guard: the names that are no persons, and a text with what may lead to one marked."""

from collections.abc import Sequence
from functools import lru_cache

from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.people.models import Organisation
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.pii.detection import KnownNames, find_identifiers
from buurtbalans.pii.identifier import Identifier


def known() -> KnownNames:
    """Return the names that are no persons: of areas, of working areas, and of the organisations that join in."""
    places = Neighbourhood.objects.values_list("name", flat=True)
    here = frozenset([*places, *Organisation.objects.values_list("name", flat=True)])
    return _known(releases.area_names(), here)


@lru_cache(maxsize=4)
def _known(areas: frozenset[str], here: frozenset[str]) -> KnownNames:
    return KnownNames(areas | here)


def marked(text: str, clues: Sequence[Identifier] | None = None) -> list[tuple[str, str]]:
    """Return a text as pieces, each with the kind of clue that it is, or nothing."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for clue in sorted(find_identifiers(text, known()) if clues is None else clues, key=lambda clue: clue.start):
        pieces += [(text[at : clue.start], ""), (text[clue.start : clue.end], clue.kind.value)]
        at = clue.end
    return [*pieces, (text[at:], "")]
