"""Areas from buurt to country, read from publishers' files; a code counts only with its division year."""

from .codes import AreaLevel, cbs_code, level_of, municipality_of, parent_of
from .division import FRAME, Area, Division
from .inside import lies_in
from .join import Joined, joined
from .read import read_areas

__all__ = [
    "FRAME",
    "Area",
    "AreaLevel",
    "Division",
    "Joined",
    "cbs_code",
    "joined",
    "level_of",
    "lies_in",
    "municipality_of",
    "parent_of",
    "read_areas",
]
