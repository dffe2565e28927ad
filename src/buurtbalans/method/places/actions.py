"""Writes about places: drawing a working area."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Person
from buurtbalans.method.places.models import Landmark, Neighbourhood, NeighbourhoodPart
from buurtbalans.method.places.rules import require_landmark, require_may_draw, require_may_mark, require_parts

RESERVED = frozenset({"nieuw"})  # addresses beside the neighbourhoods


@action(gettext_lazy("heeft een gebied getekend"))
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


@action(gettext_lazy("heeft een voorziening of werkzaamheden op de kaart gezet"))
def add_landmark(*, by: Person, neighbourhood: Neighbourhood, **about: Any) -> Landmark:
    """Put a facility or works on the map of a neighbourhood, in the name of one's own organisation."""
    require_may_mark(by, neighbourhood)
    landmark = _landmark(by, neighbourhood, about)
    landmark.save()
    record(by=by, verb="places.add_landmark", about=landmark, neighbourhood=neighbourhood.pk)
    return landmark


@action(gettext_lazy("heeft een bestand met voorzieningen of werkzaamheden op de kaart gezet"))
def import_landmarks(*, by: Person, neighbourhood: Neighbourhood, rows: Sequence[Mapping[str, Any]]) -> list[Landmark]:
    """Put all facilities and works of a file on the map at once; `withdraw_landmarks` takes them away at once."""
    require_may_mark(by, neighbourhood)
    if not rows:
        raise ValidationError(_("Dit bestand is leeg, dus er is niets op de kaart gezet."), code="empty")
    made = [_landmark(by, neighbourhood, row) for row in rows]
    for landmark in made:
        landmark.save()
    record(
        by=by, verb="places.import_landmarks", about=neighbourhood, count=len(made), first=made[0].pk, last=made[-1].pk
    )
    return made


def _landmark(by: Person, neighbourhood: Neighbourhood, about: Mapping[str, Any]) -> Landmark:
    if by.organisation is None:
        raise ValidationError(
            _("U bent niet aan een organisatie gekoppeld, dus vraag een collega om dit op de kaart te zetten.")
        )
    require_landmark(about)
    return Landmark(
        neighbourhood=neighbourhood,
        organisation=by.organisation,
        author=by,
        edited_by=by,
        **{"about": "", "starts_on": None, "ends_on": None} | dict(about),
    )


@action(gettext_lazy("heeft een voorziening of werkzaamheden aangepast"))
def edit_landmark(*, by: Person, landmark: Landmark, version: int, **about: Any) -> Landmark:
    """Change what is said of a facility or works."""
    require_may_mark(by, landmark.neighbourhood)
    now = {name: getattr(landmark, name) for name in ("name", "kind", "starts_on", "ends_on", "shape")}
    require_landmark(now | about)
    landmark.change(by=by, version=version, **about)
    record(by=by, verb="places.edit_landmark", about=landmark, version=landmark.version)
    return landmark


withdraw_landmark, restore_landmark = text_pair(
    Landmark,
    "landmark",
    require=lambda by, landmark: require_may_mark(by, landmark.neighbourhood),
    withdrawn=gettext_lazy("heeft een voorziening of werkzaamheden van de kaart verwijderd"),
    restored=gettext_lazy("heeft een voorziening of werkzaamheden op de kaart hersteld"),
)


@action(gettext_lazy("heeft een bestand met voorzieningen of werkzaamheden van de kaart verwijderd"))
def withdraw_landmarks(*, by: Person, neighbourhood: Neighbourhood, first: int, last: int) -> list[Landmark]:
    """Take all that one put on the map with one file away again."""
    require_may_mark(by, neighbourhood)
    mine = Landmark.objects.active().filter(neighbourhood=neighbourhood, author=by, pk__range=(first, last))
    withdrawn = [landmark for landmark in mine if landmark.withdraw(by=by)]
    record(by=by, verb="places.withdraw_landmarks", about=neighbourhood, count=len(withdrawn), first=first, last=last)
    return withdrawn


def _free_slug(name: str) -> str:
    """Return an address for a neighbourhood that no other one has."""
    base = slugify(name)[:50] or "buurt"
    base = f"{base}-1" if base in RESERVED else base
    taken = set(Neighbourhood.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for number in range(1, 10_000) if (slug := base if number == 1 else f"{base}-{number}") not in taken
    )
