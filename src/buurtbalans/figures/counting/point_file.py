"""What every reader of a file with points offers, whatever its format."""

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

import polars as pl

from buurtbalans.figures.findings import Finding

EMPTY_VALUES: Final = (
    "",
    "NA",
    "N/A",
    "NULL",
    "null",
    "nan",
    "NaN",
    ".",
    "-",
)  # what people write for an unknown value


class PointFile(Protocol):
    """A file of points that is read batch by batch.

    Attributes
    ----------
    name : the file's name, for messages.
    unit : what a record is called in messages, such as “regel”.
    size : how much there is to read, in the unit that `batches` reports its progress in.
    columns : the names of all columns.
    sample : the first records, all columns.
    notes : findings that do not refuse the file.
    """

    name: str
    unit: str
    size: int
    columns: list[str]
    sample: pl.DataFrame
    notes: list[Finding]

    def batches(self, x: str, y: str, others: Sequence[str]) -> Iterator[tuple[int, pl.DataFrame]]:
        """Yield batches of the coordinates and other columns, each with the part of `size` read so far."""
