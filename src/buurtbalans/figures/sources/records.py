"""Records: a list of objects in JSON, or a table in Parquet, as text."""

import json
from typing import Any

import polars as pl

from buurtbalans.figures.findings import Refused, refuse
from buurtbalans.figures.sources import text

_LISTS = ("value", "results", "data")


def from_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table as text, its columns named "0", "1", …; a number is written so that it reads back the same.

    Examples
    --------
    >>> from_frame(pl.DataFrame({"a": [0.1, None], "b": [2019.0, 2020.0]})).rows()
    [('0.1', '2019'), ('', '2020')]
    """
    columns = []
    for place, series in enumerate(frame.get_columns()):
        whole = series.dtype.is_float() and bool((series.is_finite() & (series == series.round(0))).all())
        small = whole and bool((series.abs() < 2**53).all())
        told = series.cast(pl.Int64) if small else series
        columns.append(told.cast(pl.String).fill_null("").alias(str(place)))
    return pl.DataFrame(columns)


def from_json(content: str, file: str) -> list[tuple[int, list[str]]] | None:
    """Return the records in JSON as rows of text, or None when it holds no list of flat records.

    A record that lacks a field gets an empty cell there; the line of a row counts records, header included.

    Raises
    ------
    Refused
        When this is no JSON; the line is named.
    """
    document = parsed(content, file)
    document = _list_in(document) if isinstance(document, dict) else document
    if not isinstance(document, list) or not document or not all(map(_is_flat_record, document)):
        return None
    names = list(dict.fromkeys(name for record in document for name in record))
    body = [(line, [written(record.get(name)) for name in names]) for line, record in enumerate(document, start=2)]
    return [(1, names), *body]


def _list_in(document: dict[str, Any]) -> Any:
    """The list of records that an answer wraps in an object, under one of the names in use."""
    return next((document[name] for name in _LISTS if isinstance(document.get(name), list)), None)


def _is_flat_record(record: object) -> bool:
    return isinstance(record, dict) and not any(isinstance(cell, (dict, list)) for cell in record.values())


def parsed(content: str, file: str) -> Any:
    """Return parsed JSON, or refuse and name the line.

    Raises
    ------
    Refused
        When this is no JSON, when it is cut, or when one object has the same field twice.
    """
    try:
        return json.loads(content, object_pairs_hook=lambda pairs: _once(pairs, file), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(content.rstrip())
        what = text.CUT if cut else "Dit is geen geldige JSON."
        raise refuse(what, text.FETCH, file=file, row=error.lineno, column=str(error.colno)) from None
    except (ValueError, RecursionError):
        raise refuse("Dit is geen geldige JSON.", text.FETCH, file=file) from None


def _once(pairs: list[tuple[str, Any]], file: str) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise Refused(refuse("Een onderdeel heeft twee keer hetzelfde veld.", text.FETCH, file=file).findings)
    return record


def _no_number(word: str) -> float:
    raise ValueError(word)


def written(cell: object) -> str:
    """Return a cell as text: nothing for no value, whole numbers without a point.

    Examples
    --------
    >>> written(2019.0), written(0.1), written(None), written(True)
    ('2019', '0.1', '', 'true')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return cell if isinstance(cell, str) else str(cell)
