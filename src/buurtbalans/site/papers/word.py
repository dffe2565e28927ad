"""Writes a paper as Word, because notes for a council are written there: real headings, lists and tables, in Dutch.

Every drawing has its words as alternative text. The letters are those of the office (Calibri, Georgia): a Word file
carries none, and the reader's machine may not have ours.
"""

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from buurtbalans.site.papers.content import (
    Block,
    Cell,
    Drawing,
    Fact,
    Heading,
    Items,
    Line,
    Notice,
    Pair,
    Paper,
    Quote,
    Table,
    Words,
    cleaned,
)
from buurtbalans.site.papers.pdf import as_png

TEXT_WIDE: Final = 170  # millimetres between the margins
SANS, SERIF = "Calibri", "Georgia"
INK, GREY = RGBColor(0x17, 0x20, 0x2E), RGBColor(0x46, 0x50, 0x64)
ALWAYS: Final = datetime(2000, 1, 1)  # a file says nothing of when it was made: its paper does
KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_word(paper: Paper) -> bytes:
    """Return the paper as Word; the same paper gives the same bytes."""
    paper, document = cleaned(paper), Document()
    _set_up(document, paper)
    document.add_paragraph(paper.head, "Klein")
    document.add_heading(paper.title, 1)
    _write(document, paper.blocks)
    if paper.foot:
        _rule(document)
    for words in paper.foot:
        document.add_paragraph(words, "Klein")
    out = io.BytesIO()
    document.save(out)
    return _without_timestamps(out.getvalue())


def _without_timestamps(made: bytes) -> bytes:
    """Return the same parts without the time at which they were packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _set_up(document: Any, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author, about.language, about.subject = paper.title, "Buurtbalans", "nl-NL", paper.head
    about.comments, about.last_modified_by, about.created, about.modified = "", "Buurtbalans", ALWAYS, ALWAYS
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm((210 - TEXT_WIDE) / 2)
    page.top_margin = page.bottom_margin = Mm(18)
    _styles(document)
    foot = page.footer.paragraphs[0]
    foot.style = document.styles["Klein"]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDE), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{paper.stamp}\tbladzijde ")
    _field(foot, "PAGE")
    foot.add_run(" van ")
    _field(foot, "NUMPAGES")


def _styles(document: Any) -> None:
    looks = {
        "Normal": (SANS, 11, False, INK, 0, 6),
        "Heading 1": (SANS, 24, True, INK, 6, 8),
        "Heading 2": (SANS, 15, True, INK, 16, 6),
        "Heading 3": (SANS, 12, True, INK, 10, 4),
        "Quote": (SERIF, 12, False, INK, 4, 2),
        "List Bullet": (SANS, 11, False, INK, 0, 4),
        "Caption": (SANS, 10, False, GREY, 8, 3),
        "Klein": (SANS, 9.5, False, GREY, 0, 6),
        "Intro": (SANS, 13, False, INK, 0, 8),
        "Let op": (SANS, 11, False, INK, 0, 4),
    }
    for name, (font, size, bold, colour, before, after) in looks.items():
        known = {style.name for style in document.styles}
        style = document.styles[name] if name in known else document.styles.add_style(name, 1)
        style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), bold, False
        style.font.color.rgb = colour
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:hAnsi"), font)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    for tongue in document.styles.element.iter(qn("w:lang")):
        tongue.set(qn("w:val"), "nl-NL")


def _field(paragraph: Paragraph, name: str) -> None:
    """Add a number that Word fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _write(document: Any, blocks: Iterable[Block], share: float = 1.0) -> None:
    """Write blocks below each other; a drawing of a column keeps its `share` of the width of the text."""
    for block in blocks:
        if isinstance(block, Drawing):
            block = replace(block, wide=block.wide * share)
        _WRITERS[type(block)](document, block)


def _heading(document: Any, block: Heading) -> None:
    document.add_heading(block.text, block.level)


def _words(document: Any, block: Words) -> None:
    paragraph = document.add_paragraph(style={"intro": "Intro", "klein": "Klein"}.get(block.look))
    if block.lead:
        paragraph.add_run(f"{block.lead} ").bold = True
    paragraph.add_run(block.text)


def _quote(document: Any, block: Quote) -> None:
    document.add_paragraph(f"‘{block.text}’", "Quote").paragraph_format.keep_with_next = bool(block.by)
    if block.by:
        document.add_paragraph(block.by, "Klein")


def _items(document: Any, block: Items) -> None:
    for item in block.items:
        paragraph = document.add_paragraph(style=None if item.number else "List Bullet")
        if item.number:
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(8), Mm(-8)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(8))
            paragraph.add_run(f"{item.number}\t").bold = True
        paragraph.add_run(item.text)
        _notes(paragraph, item.notes)


def _notes(paragraph: Paragraph, notes: Iterable[str]) -> None:
    for note in notes:
        paragraph.add_run().add_break()
        run = paragraph.add_run(note)
        run.font.size, run.font.color.rgb = Pt(9.5), GREY


def _drawing(document: Any, block: Drawing) -> None:
    shape = document.add_picture(io.BytesIO(as_png(block, TEXT_WIDE)), width=Mm(TEXT_WIDE * block.wide))
    about = shape._inline.docPr
    about.set("descr", block.says)
    about.set("name", "Tekening")


def _fact(document: Any, block: Fact) -> None:
    if block.says:
        document.add_paragraph().add_run(block.says).bold = True
    document.add_paragraph(block.sentence)
    if block.drawing:
        _drawing(document, block.drawing)
    if block.absence:
        document.add_paragraph().add_run(block.absence).bold = True
    for words in (block.note, block.source):
        if words:
            document.add_paragraph(words, "Klein")


def _table(document: Any, block: Table) -> None:
    document.add_paragraph(block.caption, "Caption").paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.autofit = False
    table._tbl.tblPr.append(_edges("w:tblBorders", {"top": "17202E", "bottom": "B9C1CE", "insideH": "B9C1CE"}))
    head = table.rows[0]
    _mark(head._tr.get_or_add_trPr(), "w:tblHeader")
    for cell, words in zip(head.cells, block.head, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for row in block.rows:
        made = table.add_row()
        _mark(made._tr.get_or_add_trPr(), "w:cantSplit")
        for place, (cell, said) in enumerate(zip(made.cells, row, strict=True)):
            _cell(cell, said, bold=place == 0)
    parts = block.widths or (1,) * len(block.head)
    for column, part in zip(table.columns, parts, strict=True):
        column.width = Mm(TEXT_WIDE * part / sum(parts))
        for cell in column.cells:
            cell.width = column.width
    document.add_paragraph(style="Klein")


def _cell(cell: _Cell, said: Cell, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.add_run(said.text).bold = bold
    _notes(paragraph, said.notes)


def _mark(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))


def _notice(document: Any, block: Notice) -> None:
    title = document.add_paragraph(style="Let op")
    title.add_run(block.title).bold = True
    lines = [title, *(document.add_paragraph(f"• {words}", "Let op") for words in block.lines)]
    lines[-1].paragraph_format.space_after = Pt(10)
    for paragraph in lines:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "FBF4DE")
        paragraph._p.get_or_add_pPr().insert_element_before(shade, "w:spacing")


def _rule(document: Any, _block: Line | None = None) -> None:
    document.add_paragraph(style="Klein")._p.get_or_add_pPr().append(_edges("w:pBdr", {"bottom": "B9C1CE"}))


def _edges(name: str, colours: dict[str, str]) -> Any:
    """Return thin lines at the named sides, and none at the sides of a table."""
    edges = OxmlElement(name)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV") if name == "w:tblBorders" else tuple(colours)
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        line = "single" if side in colours else "nil"
        for key, value in (("val", line), ("sz", "4"), ("space", "0"), ("color", colours.get(side, "auto"))):
            edge.set(qn(f"w:{key}"), value)
        edges.append(edge)
    return edges


def _pair(document: Any, block: Pair) -> None:
    _write(document, block.left, block.left_wide)
    _write(document, block.right, 1 - block.left_wide)


_WRITERS: Final[dict[type, Callable[[Any, Any], None]]] = {
    Heading: _heading,
    Words: _words,
    Quote: _quote,
    Items: _items,
    Drawing: _drawing,
    Fact: _fact,
    Table: _table,
    Notice: _notice,
    Line: _rule,
    Pair: _pair,
}
