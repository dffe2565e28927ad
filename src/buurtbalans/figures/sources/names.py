"""Names: the catalogue's id for a column as a publisher wrote it."""

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.sources.columns import compact, normal


def catalogue_names(source: str) -> dict[str, str]:
    """Return the catalogue id per column name of a source, names compact (`columns.compact`).

    Examples
    --------
    >>> catalogue_names("cbs-kwb")["aantalinwoners"] in catalogue()
    True
    >>> catalogue_names("ses-woa")["seswoatotaalscoregemiddeldescore"]
    'ses_score'
    """
    return {compact(normal(name)): indicator for name, indicator in catalogue().columns(source).items()}
