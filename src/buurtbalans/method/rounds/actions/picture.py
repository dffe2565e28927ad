"""Writes of the shared picture."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from buurtbalans.method.people.actions import action, record
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission

from ..models import (
    Claim,
    LineKind,
    PictureLine,
    Round,
)
from ..rules import (
    require_in,
    require_of_round,
    require_rests,
)


@action
def draw_line(*, by: Person, round: Round, kind: str, text: str, claims: Sequence[Claim] = ()) -> PictureLine:
    """Add a line to the shared picture; strengths, chances and concerns rest on claims."""
    require_in(by, Permission.EDIT_ROUND, round)
    require_of_round(claims, round)
    require_rests(kind, claims)
    line = PictureLine.objects.create(round=round, circle=round.core, kind=LineKind(kind), text=text, edited_by=by)
    line.claims.set(claims)
    record(by=by, verb="rounds.draw_line", about=line, claims=[claim.pk for claim in claims])
    return line


@action
def edit_line(*, by: Person, line: PictureLine, version: int, text: str) -> PictureLine:
    """Change the words of a line of the picture."""
    require_in(by, Permission.EDIT_ROUND, line.round)
    line.change(by=by, version=version, text=text)
    record(by=by, verb="rounds.edit_line", about=line, version=line.version)
    return line


@action
def share_picture(*, by: Person, round: Round) -> int:
    """Share the picture with the ring; returns how many lines became readable."""
    require_in(by, Permission.EDIT_ROUND, round)
    if not round.finding or not round.picture.exists():
        raise ValidationError(_("Het beeld is nog niet af. Schrijf eerst de zin en één regel."), code="empty")
    lines = round.picture.filter(circle=round.core).update(circle=round.ring)
    record(by=by, verb="rounds.share_picture", about=round, lines=lines)
    return lines
