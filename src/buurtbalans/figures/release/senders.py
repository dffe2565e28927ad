"""Senders: a delivery speaks for its own source only, so that nobody's figures pass as another's."""

from typing import TYPE_CHECKING

from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.release.words import some
from buurtbalans.figures.sources.delivery import SourceData

if TYPE_CHECKING:
    from buurtbalans.figures.catalogue.indicator import Catalogue


def foreign(delivery: SourceData, catalogue: "Catalogue") -> list[Finding]:
    """Refuse indicators of another source than the delivery's: the gate judges a figure by the source of its indicator.

    A source that follows the definitions of another (`like`) may use the other's indicators. What the catalogue
    does not know never passes the gate, so it is left alone.

    Parameters
    ----------
    delivery
        What was read from the files of one source.
    catalogue
        What the indicators mean, and whose they are.

    Examples
    --------
    >>> import polars as pl
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> from buurtbalans.figures.sources.delivery import AREAS, SourceInfo
    >>> told = pl.DataFrame({"indicator": ["population", "table:Iets"]})
    >>> source = SourceInfo("table", "", "Een tabel", "", "", 2024)
    >>> foreign(SourceData(told, AREAS.to_frame(), source), catalogue())[0].what
    'Een tabel vertelt cijfers van een andere bron: population.'
    """
    source = delivery.source.id
    entry = catalogue.sources.get(source)
    names = {source, entry.like if entry else source}
    told = delivery.observations["indicator"].unique().sort().to_list()
    strange = [each for each in told if each in catalogue and catalogue[each].source not in names]
    if not strange:
        return []
    what = f"{delivery.source.title} vertelt cijfers van een andere bron: {some(strange)}."
    todo = "Lees het bestand van die bron zelf in, of noem de bron in een koppeling."
    return [Finding(Severity.REFUSE, what, todo, times=len(strange))]
