"""Reads one uploaded table in a process of its own, with little memory and time: run by `reading`."""

import csv
import io
import json
import posixpath
import resource
import sys
import zipfile
from pathlib import Path

MEMORY = 512 * 1024**2
SECONDS = 10
SWOLLEN = 60 * 1024**2  # all parts of a workbook together, unpacked
PARTS = 400
ROWS = 20_000
COLUMNS = 60
SHEETS = 12
CELLS = 400_000
WRITTEN = 64 * 1024**2
LONG = 200  # a cell is no letter
OTHERS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"PAR1", b"\x1f\x8b", b"7z\xbc", b"Rar!", b"{\\rtf", b"\x89PNG", b"\xff\xd8")
WIDE = (b"\xff\xfe", b"\xfe\xff")
MARKS = ";,\t"

Row = tuple[int, list[str]]


class Stop(Exception):
    """The file is refused; the word says why and `reading` has the sentence."""


def limit() -> None:
    """Keep a file that lies about its size from taking the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def table(data: bytes) -> tuple[list[Row], bool]:
    """Return the rows that hold something, and whether numbers were numbers in the file."""
    if not data.strip():
        raise Stop("empty")
    if data.startswith(b"PK"):
        return workbook(data), True
    if data.startswith(WIDE):
        raise Stop("wide")
    if data.startswith(OTHERS):
        raise Stop("other")
    return delimited(text(data)), False


def workbook(data: bytes) -> list[Row]:
    """Return the first sheet of an Excel workbook, after a look at every part of it."""
    sheets = worksheets(data, 1)
    if not sheets:
        raise Stop("empty")
    return next(iter(sheets.values()))


def worksheets(data: bytes, most: int) -> dict[str, list[Row]]:
    """Return the first sheets of an Excel workbook by name, after a look at every part of it."""
    import python_calamine

    rows_of_sheet = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            look(book)
        sheets = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for place, name in enumerate(sheets.sheet_names[:most]):
            sheet = sheets.get_sheet_by_index(place)
            end = sheet.end
            if end is not None:
                small_enough(end[0] + 1, end[1] + 1)
            rows = sheet.to_python(skip_empty_area=False)
            rows_of_sheet[name] = kept(
                [(line, [written(cell) for cell in cells]) for line, cells in enumerate(rows, start=1)]
            )
    except Stop:
        raise
    except Exception as error:  # whatever a damaged file does to a reader, it is damaged
        raise Stop("damaged") from error
    return rows_of_sheet


def tables(data: bytes) -> dict[str, list[Row]]:
    """Return every table that was sent together: the sheets of a workbook, or the CSV files of a zip, by name."""
    if not data.startswith(b"PK"):
        raise Stop("other" if data.strip() else "empty")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if "[Content_Types].xml" in book.namelist():
                return worksheets(data, SHEETS)
            look(book, workbook=False)
            files = {part: book.read(part) for part in book.namelist() if not part.endswith("/")}
    except Stop:
        raise
    except Exception as error:  # as above
        raise Stop("damaged") from error
    return _csv_tables(files)


def _csv_tables(files: dict[str, bytes]) -> dict[str, list[Row]]:
    """Return the tables of CSV files by name, without the empty files; refuse other files."""
    if len(files) > SHEETS or not all(name.lower().endswith(".csv") for name in files):
        raise Stop("other")
    return {posixpath.basename(name): delimited(text(content)) for name, content in files.items() if content.strip()}


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    """Return whether a zip has too many parts, or unpacks to too many bytes."""
    return len(parts) > PARTS or sum(part.file_size for part in parts) > SWOLLEN


def _require_safe_names(names: list[str]) -> None:
    """Refuse names that escape the folder of the zip, and programs."""
    if any(posixpath.isabs(name) or "\\" in name or ".." in name.split("/") for name in names):
        raise Stop("slip")
    if any(name.lower().endswith((".bin", ".exe", ".dll", ".js", ".vbs")) and "vba" in name.lower() for name in names):
        raise Stop("program")


def look(book: zipfile.ZipFile, *, workbook: bool = True) -> None:
    """Refuse a zip that swells, lies, escapes its folder, carries programs or makes an XML reader fetch things."""
    parts = book.infolist()
    names = [part.filename for part in parts]
    if _is_bomb(parts):
        raise Stop("bomb")
    if (workbook and "[Content_Types].xml" not in names) or len(set(names)) < len(names):
        raise Stop("other")
    _require_safe_names(names)
    if any(part.flag_bits & 1 for part in parts):
        raise Stop("locked")
    for part in parts:
        content = book.read(part)  # fails when a part is damaged or longer than it says
        if len(content) != part.file_size:
            raise Stop("damaged")
        look_inside(part.filename, content)


def look_inside(name: str, content: bytes) -> None:
    """Refuse a part of a workbook whose XML is in another alphabet or declares things of its own."""
    if not name.endswith((".xml", ".rels")):
        return
    if content.startswith(WIDE) or b"\0" in content[:200]:
        raise Stop("wide")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Stop("entities")


def text(data: bytes) -> str:
    """Return the text of a file: UTF-8, or what Excel writes on Windows."""
    if b"\0" in data:
        raise Stop("wide")
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            content = data.decode("cp1252")
        except UnicodeDecodeError:
            raise Stop("other") from None
    if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in content):
        raise Stop("other")
    if content.lstrip()[:1] in "<{[":
        raise Stop("other")
    return content


def delimited(content: str) -> list[Row]:
    """Return the rows of a CSV file."""
    first = next(line for line in content.split("\n") if line.strip())
    bare = "".join(first.split('"')[::2])
    mark = max(MARKS, key=bare.count)
    small_enough(1, bare.count(mark) + 1)
    csv.field_size_limit(20_000)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=mark, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, [written(cell) for cell in cells]))
            small_enough(len(rows), len(cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Stop("damaged") from error
    return kept(rows)


def kept(rows: list[Row]) -> list[Row]:
    """Return the rows that hold something."""
    filled = [(line, cells) for line, cells in rows if any(cells)]
    small_enough(len(filled), max((len(cells) for _, cells in filled), default=0))
    return filled


def small_enough(rows: int, columns: int) -> None:
    """Refuse more rows or columns than a table of counts has."""
    if columns > COLUMNS:
        raise Stop("columns")
    if rows > ROWS or rows * columns > CELLS:
        raise Stop("rows")


def written(cell: object) -> str:
    """Return a cell as text: a whole number without a point; a letter is cut off."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return str(cell).strip(" \t\r\n\xa0")[:LONG]


def main(out: Path, path: Path, together: bool = False) -> None:
    """Write the rows as JSON, or those of every table that was sent together, or the word that says why not."""
    told: dict[str, object]
    try:
        if together:
            told = {"tables": tables(path.read_bytes())}
        else:
            rows, exact = table(path.read_bytes())
            told = {"rows": rows, "exact": exact}
    except Stop as stop:
        told = {"stop": str(stop)}
    except MemoryError:
        told = {"stop": "rows"}
    out.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    limit()
    main(Path(sys.argv[1]), Path(sys.argv[2]), "--together" in sys.argv)
