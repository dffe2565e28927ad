"""The public view of counts that circles saw before a release: each supplier's separately, a part of what was shared."""

from collections.abc import Mapping
from typing import Final

from buurtbalans.figures.area.codes import code_with_ancestors
from buurtbalans.figures.findings import refuse
from buurtbalans.figures.intake.audience_view import History, ProtectedCounts, view_for_audience
from buurtbalans.figures.intake.counts import Count, Key
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.policy import Rules

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
    for name in names:
        own = {key: count for key, count in counts.items() if suppliers[key.area] == name}
        part = _view_of_supplier(own, history, rules, shared)
        view.counts |= part.counts
        view.core |= part.core
        view.findings += part.findings
    if len(names) > 1:
        totals = {area for key in counts for area in code_with_ancestors(key.area)[1:]}
        _withhold(view.counts, totals)
        _withhold(view.core, totals)
    return view


def _withhold(counts: dict[Key, Count], totals: set[str]) -> None:
    """Withhold the totals over several suppliers, and give all that is withheld a reason that tells nothing."""
    for key, count in counts.items():
        if count.value is None or key.area in totals:
            counts[key] = _WITHHELD


def _view_of_supplier(own: Mapping[Key, Count], history: History, rules: Rules, shared: SharedViews) -> ProtectedCounts:
    """Return the public view of the counts of one supplier."""
    core = {key: shared[key][0] for key in own if key in shared}
    if core:
        _require_view_of(core, own)
    own_history = _history_within(history, {key.area for key in own})
    view = view_for_audience(own, own_history, audience=Audience.PUBLIC, rules=rules, core=core or None)
    if core:
        view.counts = {key: _narrowed(count, shared[key][1]) for key, count in view.counts.items()}
    return view


def _history_within(history: History, areas: set[str]) -> History:
    """Return the releases in which some areas had a count, with only these areas."""
    releases = [(name, _within(real, areas), _within(shown, areas)) for name, real, shown in history]
    return [release for release in releases if release[1]]


def _narrowed(count: Count, published: Count | None) -> Count:
    """Return a count as everybody may see it, who may have seen less of it before."""
    return count if published is None or published.value is not None else published


def _require_view_of(core: Mapping[Key, Count], own: Mapping[Key, Count]) -> None:
    """Refuse counts of which a circle saw only a part, or other values."""
    for key, count in own.items():
        seen = core.get(key)
        if seen is None or not (seen.value is None or seen.kept or seen.value == count.value):
            what = "De leverancier deelde eerder alleen een deel van deze aantallen met een kring, of andere."
            raise refuse(what, "Lever alle gebieden in één keer aan, en deel die levering.")


def _within(counts: Mapping[Key, Count], areas: set[str]) -> dict[Key, Count]:
    return {key: count for key, count in counts.items() if key.area in areas}
