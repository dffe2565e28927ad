"""Writes of the working picture: its lines are drawn, reworded, moved, taken out and put back."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Claim, LineKind, PictureLine, Round
from buurtbalans.method.rounds.rules import require_claims_for_kind, require_claims_of_round, require_in


@action(gettext_lazy("heeft een regel aan het gedeelde beeld toegevoegd"))
def create_line(*, by: Person, round: Round, kind: str, text: str, claims: Sequence[Claim] = ()) -> PictureLine:
    """Add a line to the shared picture; strengths, chances and concerns rest on claims.

    Anybody in the core group proposes a line; the guide changes, orders and removes them.
    """
    require_in(by, Permission.CLAIM, round)
    require_claims_of_round(claims, round)
    require_claims_for_kind(kind, claims)
    last = round.picture.order_by("-order").values_list("order", flat=True).first() or 0
    line = PictureLine.objects.create(
        round=round, circle=round.core, kind=LineKind(kind), text=text, order=last + 1, edited_by=by
    )
    line.claims.set(claims)
    record(by=by, verb="rounds.create_line", about=line, claims=[claim.pk for claim in claims])
    return line


@action(gettext_lazy("heeft een regel in het gedeelde beeld aangepast"))
def edit_line(
    *, by: Person, line: PictureLine, version: int, text: str, kind: str = "", claims: Sequence[Claim] | None = None
) -> PictureLine:
    """Change a line of the picture: its words, what it is, and on which claims it rests."""
    require_in(by, Permission.EDIT_ROUND, line.round)
    require_no_traces(text)
    rests = list(line.claims.all()) if claims is None else list(claims)
    require_claims_of_round(rests, line.round)
    require_claims_for_kind(kind or line.kind, rests)
    line.change(by=by, version=version, text=text, kind=LineKind(kind or line.kind))
    line.claims.set(rests)
    record(by=by, verb="rounds.edit_line", about=line, version=line.version, claims=[claim.pk for claim in rests])
    return line


@action(gettext_lazy("heeft een regel in het gedeelde beeld verplaatst"))
def move_line(*, by: Person, line: PictureLine, up: bool) -> PictureLine:
    """Move a line one place up or down among those of its kind; at the end it stays where it is."""
    require_in(by, Permission.EDIT_ROUND, line.round)
    same = list(PictureLine.objects.filter(round=line.round, kind=line.kind))
    here = same.index(line)
    there = max(0, here - 1) if up else min(len(same) - 1, here + 1)
    same.insert(there, same.pop(here))
    for place, each in zip(sorted(_places(same)), same, strict=True):
        PictureLine.objects.filter(pk=each.pk).update(order=place)
    line.refresh_from_db()
    record(by=by, verb="rounds.move_line", about=line, up=up)
    return line


def _places(lines: Sequence[PictureLine]) -> list[int]:
    """Return the places that lines take up, each its own: older lines may have none yet."""
    taken = [line.order for line in lines]
    return taken if len(set(taken)) == len(taken) else list(range(1, len(taken) + 1))


withdraw_line, restore_line = text_pair(
    PictureLine,
    "line",
    require=lambda by, line: require_in(by, Permission.EDIT_ROUND, line.round),
    withdrawn=gettext_lazy("heeft een regel uit het gedeelde beeld verwijderd"),
    restored=gettext_lazy("heeft een regel in het gedeelde beeld hersteld"),
    already=gettext_lazy("Deze regel staat al in het gedeelde beeld."),
)
