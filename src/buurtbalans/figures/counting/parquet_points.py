"""Points from Parquet, a batch of rows at a time; fields inside fields are columns with dots."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from buurtbalans.figures.findings import Finding, Refused, refuse

SAMPLE: Final = 2_000
AT_ONCE: Final = 125_000  # rows whose numbers stay in the cache of the processor
_ERRORS: Final = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)


class ParquetPoints:
    """A Parquet file of points. `sample` holds its first rows, all columns but lists."""

    unit = "rij"

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.notes: list[Finding] = []
        try:
            self.scan = pl.scan_parquet(path, glob=False)
            self.paths = dict(_paths(list(self.scan.collect_schema().items())))
            self.size = int(self.scan.select(pl.len()).collect().item())
            self.columns = list(self.paths)
            self.sample = self.scan.head(SAMPLE).select(self._picked(self.columns)).collect()
        except _ERRORS:
            raise self._damaged() from None
        if not self.size:
            raise refuse("In dit bestand staat geen enkele rij.", "Kies een bestand met punten.", file=self.name)

    def batches(
        self, x: str, y: str, others: Sequence[str], *, first: int = 0, many: int | None = None
    ) -> Iterator[tuple[int, pl.DataFrame]]:
        """Yield how many rows are read, and the coordinates (as numbers) and other columns of a batch.

        With `first` and `many` these are only the rows of one part of the file.
        """
        picked = self._picked(dict.fromkeys([x, y, *others]))
        scan = self.scan if many is None else self.scan.slice(first, many)
        try:
            done = first
            for frame in _sized(scan.select(picked).collect_batches(engine="streaming")):
                done += frame.height
                yield done, self._numbers(frame, (x, y), done - frame.height)
        except _ERRORS:
            raise self._damaged() from None

    def _picked(self, names: Sequence[str] | dict[str, None]) -> list[pl.Expr]:
        expressions = []
        for name in names:
            first, *rest = self.paths[name]
            column = pl.col(first)
            for field in rest:
                column = column.struct.field(field)
            expressions.append(column.alias(name))
        return expressions

    def _numbers(self, frame: pl.DataFrame, columns: Sequence[str], before: int) -> pl.DataFrame:
        for name in columns:
            value = frame[name]
            if value.dtype == pl.Float64:
                continue
            if value.dtype == pl.String:
                value = value.str.strip_chars().replace("", None)
            number = value.cast(pl.Float64, strict=False)
            if number.null_count() > value.null_count():
                wrong = int((number.is_null() & value.is_not_null()).arg_true()[0])
                row = before + wrong + 1
                what = f"“{value[wrong]}” is geen getal."
                raise refuse(what, "Verbeter de coördinaat of laat die leeg.", file=self.name, row=row, column=name)
            frame = frame.with_columns(number.alias(name))
        return frame

    def _damaged(self) -> Refused:
        what = "Het bestand is beschadigd of afgebroken. Het is niet te lezen als Parquet."
        return refuse(what, "Haal het bestand opnieuw op bij de bron.", file=self.name)


def _sized(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Yield rows as they were read, because moving them takes time; small pieces together and large ones cut."""
    held: list[pl.DataFrame] = []
    height = 0
    for frame in frames:
        held.append(frame)
        height += frame.height
        if height >= AT_ONCE // 2:
            yield from pl.concat(held).rechunk().iter_slices(AT_ONCE)
            held, height = [], 0
    if held:
        yield from pl.concat(held).rechunk().iter_slices(AT_ONCE)


def _paths(
    fields: Sequence[tuple[str, pl.DataType]], above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, kind in fields:
        if isinstance(kind, pl.Struct):
            yield from _paths([(field.name, field.dtype) for field in kind.fields], (*above, name))  # type: ignore[misc]
        elif not kind.is_nested() and kind != pl.Binary:
            yield ".".join((*above, name)), (*above, name)
