"""The three dimensions of a neighbourhood in balance, as the pages name them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.catalogue.indicator import Dimension

DIMENSIONS: Final[dict[Dimension, Promise]] = {
    Dimension.COMPOSITION: _("Samenstelling"),
    Dimension.FACILITIES: _("Voorzieningen"),
    Dimension.LIVEABILITY: _("Leefbaarheid"),
}
