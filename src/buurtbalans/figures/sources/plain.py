"""Plain delimited text, without quotes and with every line as wide as the header: read in one go, whatever its size.

Anything else is for `text.rows`, which takes ten times as long and can say what is wrong and where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

_LINE_END: Final = 10


@dataclass(frozen=True, slots=True)
class Plain:
    """The cells of a text: its first line, and below it a frame of text with the line where each row begins."""

    header: list[str]
    frame: pl.DataFrame
    lines: Sequence[int]


def plain(content: str, mark: str, first: int) -> Plain | None:
    """Return the cells of a text, or None when it is not plain.

    Parameters
    ----------
    content
        The text, from its header on.
    mark
        What stands between cells.
    first
        The line of the file that the header stands on.

    Examples
    --------
    >>> found = plain("a;b\\n1;2\\n;\\n3;\\n", ";", 1)
    >>> found.header, found.frame.rows(), list(found.lines)
    (['a', 'b'], [('1', '2'), ('3', '')], [2, 4])
    >>> plain('a;b\\n"1";2\\n', ";", 1) is plain("a;b\\n1\\n", ";", 1) is plain("a;b\\n1;2", ";", 1) is None
    True
    """
    if '"' in content or not content.endswith("\n") or content.count("\r") != content.count("\r\n"):
        return None
    head = content[: content.index("\n")]
    header = head.removesuffix("\r").split(mark)
    data = content[len(head) + 1 :].replace("\r\n", "\n").encode()
    if len(header) < 2 or not data or not _even(data, mark, len(header)):
        return None
    names = [str(place) for place in range(len(header))]
    frame = pl.read_csv(
        data,
        has_header=False,
        separator=mark,
        quote_char=None,
        schema=dict.fromkeys(names, pl.String()),
        infer_schema=False,
    )
    frame = frame.fill_null("")
    filled = frame.select(pl.any_horizontal(pl.all() != "")).to_series()
    if filled.all():
        return Plain(header, frame, range(first + 1, first + 1 + frame.height))
    return Plain(header, frame.filter(filled), (filled.arg_true() + first + 1).to_list())


def _even(data: bytes, mark: str, width: int) -> bool:
    """Tell whether every line holds as many marks as the header."""
    text = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(text == _LINE_END)
    marks = np.searchsorted(np.flatnonzero(text == ord(mark)), ends)
    return bool((np.diff(marks, prepend=0) == width - 1).all())
