"""For whom the proposal became another when a new advice was made, in words for who decided."""

from collections.abc import Mapping
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbalans.method.placements.models import PlacingAdvice, PlacingBatch, WorkKind
from buurtbalans.method.placements.queries.case import case_of
from buurtbalans.method.placements.queries.proposals import names_of

NAMED: Final = 5  # households


def changed(batch: PlacingBatch, before: PlacingAdvice, first: str = "") -> str:
    """Return for whom the last advice proposes another than an earlier one, `first` in front; nothing without one."""
    after = batch.advices.latest("number")
    if after.number == before.number:
        work = batch.works.filter(kind=WorkKind.ADVICE, done_at=None).exists()
        return _("Er wordt nu een nieuw advies berekend. Dat duurt even, maar u kunt gewoon doorgaan.") if work else ""
    was, now = dict(before.proposals), dict(after.proposals)
    moved = sorted((one for one in {*was, *now} if was.get(one) != now.get(one)), key=lambda one: (one != first, one))
    if not moved:
        return _("Voor geen enkel huishouden is het voorstel gewijzigd.")
    case = case_of(batch.files)
    names, homes = names_of(case), zip(case.homes.ids, case.homes.area.tolist(), strict=True)
    areas = {home: names[case.areas.codes[area]] for home, area in homes}
    told = [f"{one} ({_move(areas, was.get(one, ''), now.get(one, ''))})" for one in moved[:NAMED]]
    said = _("Het voorstel is gewijzigd voor %(whom)s") % {"whom": ", ".join(told)}
    rest = len(moved[NAMED:])
    more = ngettext("en nog %(number)s huishouden", "en nog %(number)s huishoudens", rest) % {"number": rest}
    return f"{said} {more}." if rest else f"{said}."


def changed_unseen(batch: PlacingBatch, advice: PlacingAdvice) -> str:
    """Return for whom the last advice became another, when no decision on a page brought it, until the next one.

    That is one of a plan that was chosen, or one that was worked out beside the page.
    """
    before = batch.advices.filter(number=advice.number - 1).first()
    since = Q(at__gt=advice.at) | Q(reviewed_at__gt=advice.at) | Q(undone_at__gt=advice.at)
    if before is None or batch.decisions.filter(since).exists():
        return ""
    chosen = (before.plan, before.reason) != (advice.plan, advice.reason)
    beside = batch.works.filter(kind=WorkKind.ADVICE, done_at__gte=advice.at).exists()
    return changed(batch, before) if chosen or beside else ""


def _move(areas: Mapping[str, str], before: str, after: str) -> str:
    if not after:
        return _("nu geen voorstel")
    if not before:
        return _("nu wel een voorstel: %(to)s") % {"to": areas[after]}
    if areas[before] == areas[after]:
        return _("een andere woning in %(to)s") % {"to": areas[after]}
    return _("%(to)s in plaats van %(from)s") % {"from": areas[before], "to": areas[after]}
