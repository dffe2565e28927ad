"""The public view of counts that circles saw before a release: each supplier's separately, a part of what was shared."""

from collections.abc import Mapping
from typing import Final

from buurtbalans.figures.area.codes import code_with_ancestors
from buurtbalans.figures.findings import refuse
from buurtbalans.figures.intake.audience_view import History, ProtectedCounts, view_for_audience
from buurtbalans.figures.intake.counts import Count, Key
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.policy import Audience, Rules

# What core groups saw of a count, and what everybody saw where it was shared with all.
SharedViews = Mapping[Key, tuple[Count, Count | None]]
_WITHHELD: Final = Count(None, Absence.PROTECTS_ANOTHER)


def view_per_supplier(
    counts: Mapping[Key, Count],
    history: History,
    *,
    rules: Rules,
    suppliers: Mapping[str, str],
    shared: SharedViews,
) -> ProtectedCounts:
    """Return the public view of the counts of one figure and year that suppliers shared with circles before.

    A member of a circle learns nothing from the release beyond what the circle saw: it publishes a part of what the
    supplier's own core group saw, and of what everybody saw where it was shared with all. Totals over several suppliers
    would disclose more, so they are withheld, with reasons that do not tell small counts from others.

    Parameters
    ----------
    counts, history, rules
        As of `view_for_audience`.
    suppliers
        Area → who counted it.
    shared
        What others saw of these counts, and perhaps of more.

    Raises
    ------
    Refused
        When a supplier shared only some of its counts, or others: then the disclosure cannot be bounded.
    """
    view = ProtectedCounts()
    names = sorted(set(suppliers.values()))
    for supplier in names:
        own = {key: count for key, count in counts.items() if suppliers[key.area] == supplier}
        _add_supplier(view, own, history, rules, shared)
    if len(names) > 1:
        totals = {area for key in counts for area in code_with_ancestors(key.area)[1:]}
        for cells in (view.counts, view.core):
            cells.update({key: _WITHHELD for key, count in cells.items() if count.value is None or key.area in totals})
    return view


def _add_supplier(
    view: ProtectedCounts, own: Mapping[Key, Count], history: History, rules: Rules, shared: SharedViews
) -> None:
    """Add the counts of one supplier to the view."""
    core = {key: shared[key][0] for key in own if key in shared}
    if core and not all(key in core and _is_view_of(core[key], count) for key, count in own.items()):
        what = "De leverancier deelde eerder alleen een deel van deze aantallen met een kring, of andere."
        raise refuse(what, "Lever alle gebieden in één keer aan, en deel die levering.")
    areas = {key.area for key in own}
    own_history = [(name, _within(real, areas), _within(shown, areas)) for name, real, shown in history]
    own_history = [release for release in own_history if release[1]]
    part = view_for_audience(own, own_history, audience=Audience.PUBLIC, rules=rules, core=core or None)
    view.counts |= {key: _narrowed(count, shared[key][1] if core else None) for key, count in part.counts.items()}
    view.core |= part.core
    view.findings += part.findings


def _narrowed(count: Count, published: Count | None) -> Count:
    """Return a count as everybody may see it, who may have seen less of it before."""
    return count if published is None or published.value is not None else published


def _is_view_of(shared: Count, count: Count) -> bool:
    """Whether what a circle saw can have been made of this count."""
    return shared.value is None or shared.kept or shared.value == count.value


def _within(counts: Mapping[Key, Count], areas: set[str]) -> dict[Key, Count]:
    return {key: count for key, count in counts.items() if key.area in areas}
