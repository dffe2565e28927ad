"""Writes of what comes first: criteria with a weight, points of each organisation, and the choice with its reason."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.models import EditConflict
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Criterion, PictureLine, Priority, Round, Weighing
from buurtbalans.method.rounds.rules import require_in, require_organisation, require_points, require_weight

Cell = tuple[int, int]  # a line and a criterion


@action(gettext_lazy("heeft criteria toegevoegd"))
def add_criteria(*, by: Person, round: Round, texts: Sequence[str], weight: int = 1) -> list[Criterion]:
    """Add what the group pays attention to; one that is there already is not added twice."""
    require_in(by, Permission.EDIT_ROUND, round)
    require_weight(weight)
    there = set(round.criteria.values_list("text", flat=True))
    wanted = [text for text in dict.fromkeys(text.strip() for text in texts) if text and text not in there]
    if not wanted:
        raise ValidationError(_("Dit punt staat al op de lijst."), code="twice")
    for text in wanted:
        require_no_traces(text)
    made = [Criterion.objects.create(round=round, text=text, weight=weight, edited_by=by) for text in wanted]
    record(by=by, verb="rounds.add_criteria", about=round, criteria=[each.pk for each in made])
    return made


@action(gettext_lazy("heeft een criterium aangepast"))
def edit_criterion(*, by: Person, criterion: Criterion, version: int, text: str, weight: int) -> Criterion:
    """Change the words of a criterion, or how heavily it counts."""
    require_in(by, Permission.EDIT_ROUND, criterion.round)
    require_weight(weight)
    require_no_traces(text)
    criterion.change(by=by, version=version, text=text.strip(), weight=weight)
    record(by=by, verb="rounds.edit_criterion", about=criterion, version=criterion.version, weight=weight)
    return criterion


withdraw_criterion, restore_criterion = text_pair(
    Criterion,
    "criterion",
    require=lambda by, criterion: require_in(by, Permission.EDIT_ROUND, criterion.round),
    withdrawn=gettext_lazy("heeft een criterium verwijderd"),
    restored=gettext_lazy("heeft een criterium hersteld"),
    already=gettext_lazy("Dit punt staat al op de lijst."),
)


@action(gettext_lazy("heeft punten gegeven"))
def weigh(*, by: Person, round: Round, points: Mapping[Cell, tuple[int | None, int]]) -> int:
    """Give points for one's own organisation; each cell says what stood there when it was read, and the new points.

    A colleague may have given points in the meantime: nothing is written over them, and that is said.
    """
    require_in(by, Permission.GIVE_OPINION, round)
    organisation = require_organisation(by)
    if not points:
        raise ValidationError(_("U hebt de punten nog niet gewijzigd."), code="empty")
    lines = set(PictureLine.objects.filter(round=round).values_list("pk", flat=True))
    criteria = set(round.criteria.values_list("pk", flat=True))
    for (line, criterion), (_seen, given) in points.items():
        require_points(given)
        if line not in lines or criterion not in criteria:
            raise ValidationError(
                _("Deze regel staat niet meer in het gedeelde beeld, dus bekijk de lijst opnieuw."), code="gone"
            )
    for (line, criterion), (seen, given) in points.items():
        about = {"line_id": line, "criterion_id": criterion, "organisation": organisation}
        if seen is None:
            row, made = Weighing.objects.get_or_create(**about, defaults={"points": given, "by": by})
            changed = not made and row.points != given
        else:
            changed = not Weighing.objects.filter(**about, points=seen).update(points=given, by=by, at=timezone.now())
        if changed:
            text = _(
                "Een collega heeft intussen andere punten gegeven. Bekijk de punten opnieuw, want er is niets overschreven."
            )
            raise ValidationError(text, code="changed")
    record(by=by, verb="rounds.weigh", about=round, lines=len({line for line, _criterion in points}))
    return len(points)


@action(gettext_lazy("heeft een prioriteit vastgelegd"))
def choose(*, by: Person, line: PictureLine, first: bool, reason: str, version: int = 0) -> Priority:
    """Write down whether the group works on a line first, with the reason; the points only advise."""
    require_in(by, Permission.EDIT_ROUND, line.round)
    if line.withdrawn_at is not None:
        raise ValidationError(
            _("Deze regel staat niet meer in het gedeelde beeld, dus bekijk de lijst opnieuw."), code="gone"
        )
    if not reason.strip():
        raise ValidationError(_("Leg uit waarom, want zonder reden helpt een keuze niemand verder."), code="no_reason")
    require_no_traces(reason)
    fields = {"first": first, "reason": reason.strip(), "author": by}
    choice, made = Priority.objects.get_or_create(line=line, defaults=fields | {"edited_by": by})
    if not made:
        if choice.version != version:
            raise EditConflict(choice)
        choice.change(by=by, version=version, **fields)
    record(by=by, verb="rounds.choose", about=choice, line=line.pk, first=first)
    return choice
