"""Counts that circles saw before a release: each supplier's apart, so that everybody sees a part of what was shared."""

from collections.abc import Mapping
from typing import Final

from buurtbalans.figures.area.codes import code_with_ancestors
from buurtbalans.figures.findings import refuse
from buurtbalans.figures.intake.counts import Count, Key
from buurtbalans.figures.intake.shown import Before, Outward, outward
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.policy import Audience

Saw = Mapping[Key, tuple[Count, Count | None]]  # what core groups saw, and everybody where it was shared with all
_HIDDEN: Final = Count(None, Absence.PROTECTS_ANOTHER)


def apart(
    counts: Mapping[Key, Count],
    before: Before,
    *,
    least: int,
    suppliers: Mapping[str, str],
    shared: Saw,
) -> Outward:
    """Return what everybody sees of the counts of one figure and year that suppliers shared with circles before.

    Somebody in a circle who sees the release too learns nothing from it that the circles were not told: it shows a part
    of what the supplier's own core group saw, and of what everybody saw where it was shared with all. Totals over
    several suppliers would tell more, so they are withheld, and reasons then tell nothing.

    Parameters
    ----------
    counts, before, least
        As of `outward`.
    suppliers
        Area → who counted it.
    shared
        What others saw of these counts, and perhaps of more.

    Raises
    ------
    Refused
        When a supplier shared only some of its counts, or others: then what the release may tell is not known.
    """
    found = Outward()
    for who in sorted(set(suppliers.values())):
        own = {key: count for key, count in counts.items() if suppliers[key.area] == who}
        saw = {key: shared[key][0] for key in own if key in shared}
        if saw and not all(key in saw and _fits(saw[key], count) for key, count in own.items()):
            what = "De leverancier deelde eerder alleen een deel van deze aantallen met een kring, of andere."
            raise refuse(what, "Lever alle gebieden in één keer aan, en deel die levering.")
        past = [(name, _of(real, own), _of(told, own)) for name, real, told in before]
        past = [each for each in past if each[1]]
        part = outward(own, past, audience=Audience.PUBLIC, least=least, core=saw or None)
        found.counts |= {key: _part(count, shared[key][1] if saw else None) for key, count in part.counts.items()}
        found.core |= part.core
        found.findings += part.findings
    if len(set(suppliers.values())) > 1:
        above = {area for key in counts for area in code_with_ancestors(key.area)[1:]}
        for told in (found.counts, found.core):
            told.update({key: _HIDDEN for key, count in told.items() if count.value is None or key.area in above})
    return found


def _part(count: Count, seen: Count | None) -> Count:
    """Return a count as everybody may see it, who may have seen less of it before."""
    return count if seen is None or seen.value is not None else seen


def _fits(saw: Count, count: Count) -> bool:
    """Return whether what a circle saw was made of this count."""
    return saw.value is None or saw.kept or saw.value == count.value


def _of(counts: Mapping[Key, Count], own: Mapping[Key, Count]) -> dict[Key, Count]:
    areas = {key.area for key in own}
    return {key: count for key, count in counts.items() if key.area in areas}
