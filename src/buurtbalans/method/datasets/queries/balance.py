"""Reads of the balance picture: where all areas of a municipality lie beside it, from one release; kept in memory.

Nothing in it depends on who looks: it is made of what the gate lets everybody see, and of the weights one asks for.
"""

from collections.abc import Sequence
from functools import lru_cache

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.balance.balance_definition import ChosenWeights, balance_definition
from buurtbalans.figures.balance.picture import CityBalance, balance_picture
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries.figures import shown_together
from buurtbalans.method.datasets.queries.releases import shown


@lru_cache(maxsize=64)
def balance(
    release: Release,
    division: int,
    municipality: str,
    level: AreaLevel,
    weights: ChosenWeights = ChosenWeights(),  # noqa: B008  it never changes
    together: tuple[str, ...] = (),
) -> CityBalance:
    """Return where the areas of a level lie beside their municipality, per dimension.

    Parameters
    ----------
    release, division
        Which figures, and the year of the borders that says which areas there are.
    weights
        What a group chose; as defined when absent.
    together
        Codes of buurten that are one more row, as a working area; its name is the codes with plus signs between them.
    """
    areas, figures, city = _figures(release, division, municipality, level)
    if len(together) < 2:
        return balance_picture(balance_definition(), figures, city, areas, weights)
    return balance_picture(
        balance_definition(), [*figures, *_whole(release, together)], city, areas, weights, also=["+".join(together)]
    )


@lru_cache(maxsize=32)
def _whole(release: Release, together: tuple[str, ...]) -> Sequence[Shown]:
    """Return the figures of the definition for several buurten taken together."""
    wanted = {indicator.indicator.id for indicator in balance_definition().indicators}
    return [one for one in shown_together(release, together) if one.indicator.id in wanted]


@lru_cache(maxsize=8)
def _figures(
    release: Release, division: int, municipality: str, level: AreaLevel
) -> tuple[Sequence[str], Sequence[Shown], Sequence[Shown]]:
    """Return the areas, their figures of the definition, and those of the municipality."""
    present = [
        indicator.indicator.id
        for indicator in balance_definition().indicators
        if indicator.indicator.id in release.manifest.indicators
    ]
    areas = [area.code for area in release.division(division).of_level(level, municipality)]
    return areas, shown(release, areas=areas, indicators=present), shown(release, [municipality], present)
