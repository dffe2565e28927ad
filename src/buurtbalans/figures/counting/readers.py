"""The reader that fits a file of points: Parquet, JSON records or CSV."""

from pathlib import Path

from buurtbalans.figures.counting.parquet_points import ParquetPoints
from buurtbalans.figures.counting.point_file import PointFile
from buurtbalans.figures.findings import unopened


def open_points(path: Path) -> PointFile:
    """Open a file of points with the reader that fits its first bytes.

    Raises
    ------
    Refused
        When the file does not exist, is empty or has another format.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise unopened(path, error) from None
    if head.startswith(b"PAR1"):
        return ParquetPoints(path)
    # The readers of text are imported late: a worker that reads Parquet starts faster without them.
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        from buurtbalans.figures.counting.json_points import JsonPoints

        return JsonPoints(path)
    from buurtbalans.figures.counting.csv_points import CsvPoints

    return CsvPoints(path)
