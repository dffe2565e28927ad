"""Files that somebody could send: good ones, and sixty that must be refused."""

import io
import struct
import zipfile
from collections.abc import Callable

import xlsxwriter

HEAD = "buurtcode;jaar;hulp\n"
GOOD = f"{HEAD}BU03630000;2025;38\nBU03630001;2025;44\n".encode()


def book(rows: list[list[object]] | None = None) -> bytes:
    """Return a workbook of Excel with these rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for number, cells in enumerate(rows or [["buurtcode", "jaar", "hulp"], ["BU03630000", 2025, 38]]):
            sheet.write_row(number, 0, cells)
    return out.getvalue()


def parts(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """Return a workbook of which somebody changed the parts."""
    with zipfile.ZipFile(io.BytesIO(book())) as whole:
        found = {name: whole.read(name) for name in whole.namelist()}
    change(found)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in found.items():
            made.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def entities(name: str, declared: bytes) -> bytes:
    """Return a workbook in which a part declares entities of its own."""
    return parts(lambda found: found.update({name: found[name].replace(b"?>", b"?>" + declared, 1)}))


def lying(by: int) -> bytes:
    """Return a workbook whose first part says another size than it has, in both places of the zip."""
    data = bytearray(book())
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + place
        size = struct.unpack_from("<I", data, at)[0]
        struct.pack_into("<I", data, at, (size + by) % 2**32)
    return bytes(data)


def swollen(megabytes: int) -> bytes:
    """Return a workbook that unpacks to many megabytes."""
    return parts(lambda found: found.update({"xl/media/x.xml": b" " * megabytes * 1024**2}))


def far(cell: str) -> bytes:
    """Return a workbook with one cell far away."""
    row = "".join(filter(str.isdigit, cell))
    more = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    return parts(lambda found: found.update({SHEET: found[SHEET].replace(b"</sheetData>", more)}))


def locked() -> bytes:
    """Return a zip whose first part says that it has a password."""
    data = bytearray(book())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def nested() -> bytes:
    """Return a zip of zips."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a", b"0" * 10**6)
    return parts(lambda found: found.update({f"xl/{n}.zip": inner.getvalue() for n in range(500)}))


def without(name: str) -> bytes:
    """Return a workbook that lacks a part."""
    return parts(lambda found: found.pop(name))


def text(body: str, code: str = "utf-8") -> bytes:
    """Return a text under our header."""
    return (HEAD + body).encode(code)


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
FETCH = b'<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">'

BAD: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "only spaces": lambda: b"  \n\n ",
    "only a byte order mark": lambda: b"\xef\xbb\xbf",
    "only a header": lambda: HEAD.encode(),
    "utf-16 with mark": lambda: text("BU03630000;2025;1\n", "utf-16"),
    "utf-16 little": lambda: text("BU03630000;2025;1\n", "utf-16-le"),
    "utf-16 big": lambda: text("BU03630000;2025;1\n", "utf-16-be"),
    "utf-32": lambda: text("BU03630000;2025;1\n", "utf-32"),
    "a null": lambda: GOOD + b"BU\0;2025;1\n",
    "control signs": lambda: GOOD + b"\x01\x02;2025;1\n",
    "escape signs": lambda: GOOD + b"\x1b[2J;2025;1\n",
    "no text": lambda: bytes(range(128, 256)) * 40,
    "pdf": lambda: b"%PDF-1.7 x",
    "old excel": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 512,
    "parquet": lambda: b"PAR1" + b"\1" * 100 + b"PAR1",
    "gzip": lambda: b"\x1f\x8b\x08" + b"\1" * 100,
    "7z": lambda: b"7z\xbc\xaf\x27\x1c" + b"\1" * 100,
    "rar": lambda: b"Rar!\x1a\x07" + b"\1" * 100,
    "rtf": lambda: b"{\\rtf1 hello}",
    "png": lambda: b"\x89PNG\r\n\x1a\n" + b"\1" * 100,
    "jpeg": lambda: b"\xff\xd8\xff\xe0" + b"\1" * 100,
    "html": lambda: b"<html><table><tr><td>1</td></tr></table></html>",
    "script": lambda: b"  <script>alert(1)</script>;2\n1;2\n",
    "xml with entities": lambda: b"<?xml version='1.0'?>" + BOMB + b"<x>&b;</x>",
    "json": lambda: b'[{"buurt": 1}]',
    "an open quote": lambda: GOOD + b'BU03630002;2025;"4\n',
    "a quote inside": lambda: GOOD + b'BU03630002;2025;"4"4\n',
    "a row too short": lambda: GOOD + b"BU03630002;2025\n",
    "a row too long": lambda: GOOD + b"BU03630002;2025;4;5\n",
    "a torn row": lambda: GOOD + b"BU0363",
    "a header twice": lambda: b"buurtcode;jaar;hulp;hulp\nBU03630000;2025;1;2\n",
    "61 columns": lambda: b";".join(b"k%d" % n for n in range(61)) + b"\n" + b";" * 60 + b"\n",
    "ten million columns": lambda: b";" * 10_000_000 + b"\n1\n",
    "ten million columns below": lambda: GOOD + b";" * 10_000_000 + b"\n",
    "20,001 rows": lambda: text("BU03630000;2025;1\n" * 20_001),
    "four million empty rows": lambda: text(";;\n" * 3_000_000),
    "a field of nine megabytes": lambda: text("x" * 9_000_000 + ";2025;1\n"),
    "eleven megabytes": lambda: b"x" * 11 * 1024**2,
    "no zip behind PK": lambda: b"PK\x03\x04" + b"x" * 100,
    "a cut workbook": lambda: book()[:-200],
    "half a workbook": lambda: book()[: len(book()) // 2],
    "an empty zip": lambda: b"PK\x05\x06" + b"\0" * 18,
    "another zip": lambda: parts(lambda found: (found.clear(), found.update({"a.txt": b"x"}))),
    "a size too large": lambda: lying(5),
    "a size too small": lambda: lying(-5),
    "a size of four gigabytes": lambda: lying(2**32 - 2000),
    "a bomb": lambda: swollen(200),
    "zips in a zip": nested,
    "a slip upward": lambda: parts(lambda found: found.update({"../../x.xml": b"<x/>"})),
    "a slip to the root": lambda: parts(lambda found: found.update({"/etc/x.xml": b"<x/>"})),
    "a slip of windows": lambda: parts(lambda found: found.update({"..\\x.xml": b"<x/>"})),
    "a program": lambda: parts(lambda found: found.update({"xl/vbaProject.bin": b"x"})),
    "a password": locked,
    "entities that swell": lambda: entities(STRINGS, BOMB),
    "entities of elsewhere": lambda: entities(SHEET, OUTSIDE),
    "a definition of elsewhere": lambda: entities("xl/workbook.xml", FETCH),
    "xml in utf-16": lambda: parts(lambda found: found.update({SHEET: found[SHEET].decode().encode("utf-16")})),
    "no sheet": lambda: without(SHEET),
    "a sheet of nonsense": lambda: parts(lambda found: found.update({SHEET: b"<worksheet><sheetData><row"})),
    "a cell far away": lambda: far("XFD1048576"),
    "a cell far below": lambda: far("A1048576"),
    "a cell far right": lambda: far("ZZ3"),
}
