"""The writers of papers: one content gives a PDF and a Word file with every text in it, and no text is a command."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from buurtbalans.site.papers import content
from buurtbalans.site.papers.content import (
    Cell,
    Drawing,
    Fact,
    Heading,
    Item,
    Items,
    Line,
    Notice,
    Pair,
    Paper,
    Quote,
    Table,
    Words,
)
from buurtbalans.site.papers.pdf import STRANGE, STRANGE_WORDS, as_pdf
from buurtbalans.site.papers.word import as_word

pytestmark = pytest.mark.slow

BAR = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" viewBox="0 0 60 20">'
    '<rect x="10" y="2" width="30" height="16" rx="8" fill="#2447A5"/></svg>'
)
PAYLOADS = (
    '#import "x.typ": *',
    '#include "/etc/passwd"',
    '#read("/etc/passwd")',
    '#read("paper.typ")',
    "#sys.inputs",
    '#json("/etc/hosts")',
    '#csv("/etc/passwd")',
    '#plugin("x.wasm")',
    '#image("/etc/passwd")',
    "#panic()",
    '#eval("1 + 1")',
    "#let x = 1",
    "#set text(fill: white)",
    "#show: it => []",
    "#pagebreak()",
    "#{ 1 + 1 }",
    "#(1, 2)",
    "#[tekst]",
    '#link("javascript:x")[klik]',
    "#while true {}",
    "$ x^2 $",
    '$#read("/etc/passwd")$',
    "@ref",
    "<label>",
    "[inhoud]",
    "*vet*",
    "_schuin_",
    "`code`",
    "```typ #x```",
    "= kop",
    "- streep",
    "+ punt",
    "/ term: uitleg",
    "// opmerking",
    "/* opmerking */",
    "\\#escape",
    "\\u{41}",
    ']#read("x")[',
    '")); #panic("',
    "=1+1",
    '=HYPERLINK("x")',
    "<w:t>&amp;</w:t>",
    "{{ naam }} {% load x %}",
    "%PDF-1.7 endobj",
)


def paper(*blocks: content.Block, **about: object) -> Paper:
    facts = {"kind": "Plan", "place": "Weverskwartier", "title": "Het plan", "dated": "14 januari 2027"}
    return Paper(**facts | {"version": "versie 2", "blocks": blocks} | about)  # type: ignore[arg-type]


def packed(text: str) -> str:
    """Return a text without its spaces: a line ends elsewhere in each kind of file."""
    return re.sub(r"\s+", "", text)


def pdf_text(made: bytes) -> str:
    return packed("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))


def word_text(made: bytes) -> str:
    document = Document(io.BytesIO(made))
    parts = [document.element.body, *(section.footer._element for section in document.sections)]
    return packed("".join(text.text or "" for part in parts for text in part.iter(qn("w:t"))))


WHOLE = paper(
    Notice("Dit plan is nog niet af", ("Er is nog geen doel.",)),
    Words("Blijft het plein van iedereen?", lead="Onze vraag:", look="intro"),
    Pair(
        (Heading("Krachten"), Items((Item("Buren helpen elkaar.", "1", "kracht", ("bevestigd · 2 cijfers",)),))),
        (Heading("Kansen"), Items((Item("De school blijft open."), Item("Er is plek.", "2", "kans")))),
    ),
    Heading("Onderbouwing", 3),
    Fact("45 tot 53 van de 100 mensen.", "Bron: onderzoek 2025", Drawing(BAR, "Van 45 tot 53", 0.5), says="Zegt ja."),
    Fact("Eenzaam, 65 jaar en ouder.", "Bron: onderzoek 2023", absence="Geen cijfer: te weinig mensen.", note="Let op"),
    Quote("Ik loop dan om.", "Bewoner, 60 tot 75 jaar"),
    Line(),
    Table("Wie doet wat", ("Wie", "Wat"), ((Cell("Gemeente"), Cell("Maakt de lampen.", ("Teken: licht",))),), (1, 3)),
    Words("Klein gezegd.", look="klein"),
    foot=("Kerngroep: Gemeente en De Brug.",),
)


def test_every_text_of_a_paper_is_in_both_files() -> None:
    wanted = list(content.texts(WHOLE))
    in_pdf, in_word = pdf_text(as_pdf(WHOLE)), word_text(as_word(WHOLE))

    assert len(wanted) == 33
    assert [text for text in wanted if packed(text) not in in_pdf] == []
    assert [text for text in wanted if packed(text) not in in_word] == []


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert as_pdf(WHOLE) == as_pdf(WHOLE)
    assert as_word(WHOLE) == as_word(WHOLE)


def test_a_pdf_can_be_listened_to() -> None:
    found = PdfReader(io.BytesIO(as_pdf(WHOLE)))
    root = found.trailer["/Root"]
    about = found.xmp_metadata

    assert root["/Lang"] == "nl-NL"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in about.stream.get_data()  # type: ignore[union-attr]
    assert found.metadata.title == "Het plan"  # type: ignore[union-attr]
    kinds, said = structure(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure", "/BlockQuote"} <= kinds
    assert "Van 45 tot 53" in said


def structure(node: object) -> tuple[set[str], set[str]]:
    """Return the kinds of parts in a PDF's structure, and what stands in for its drawings."""
    kinds: set[str] = set()
    said: set[str] = set()
    waiting = [node]
    while waiting:
        part = waiting.pop()
        part = part.get_object() if hasattr(part, "get_object") else part
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            kinds.add(str(part.get("/S")))
            said.add(str(part.get("/Alt")))
            waiting.append(part.get("/K", []))
    return kinds, said


def test_a_word_file_has_headings_table_headers_alternative_text_and_dutch() -> None:
    document = Document(io.BytesIO(as_word(WHOLE)))

    levels = [each.style.name for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert levels == ["Heading 1", "Heading 2", "Heading 2", "Heading 3"]
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [each.get("descr") for each in document.element.iter(qn("wp:docPr"))] == ["Van 45 tot 53"]
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    assert (document.core_properties.language, document.core_properties.title) == ("nl-NL", "Het plan")
    assert document.sections[0].footer._element.xpath("count(.//w:fldSimple)") == 2


def test_no_text_of_people_is_a_command() -> None:
    made = paper(
        *(Words(text) for text in PAYLOADS),
        Items(tuple(Item(text, notes=(text,)) for text in PAYLOADS)),
        *(Quote(text, text) for text in PAYLOADS),
        Heading(PAYLOADS[0]),
        Notice(PAYLOADS[1], PAYLOADS),
        Table(PAYLOADS[2], PAYLOADS[:2], tuple((Cell(text), Cell(text)) for text in PAYLOADS)),
        title=PAYLOADS[3],
        place=PAYLOADS[4],
        foot=PAYLOADS,
    )
    office = as_word(made)

    assert len(PAYLOADS) >= 40
    for found in (pdf_text(as_pdf(made)), word_text(office)):
        assert [text for text in PAYLOADS if found.count(packed(text)) < 6] == []
        assert "root:" not in found
    with zipfile.ZipFile(io.BytesIO(office)) as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower() or "external" in name.lower()]
        assert "javascript:" not in parts.read("word/_rels/document.xml.rels").decode()


def test_signs_that_one_does_not_see_are_left_out_and_unknown_ones_are_told() -> None:
    made = paper(Words("Links\u202erechts\x00\x07 cafe\u0301 \U0001f600"), Words("مرحبا"), Words("Привет →"))
    text = pdf_text(as_pdf(made))

    assert "Linksrechtscafé" in text
    assert STRANGE in text
    assert packed(STRANGE_WORDS) in text
    assert "\U0001f600" in word_text(as_word(made))
    plainly = pdf_text(as_pdf(paper(Words("Привет →"), Words("مرحبا"))))
    assert "Привет→" in plainly
    assert packed(STRANGE_WORDS) not in plainly


def test_one_page_is_kept_where_letters_stay_readable() -> None:
    lines = tuple(Item(f"Regel {number} van het beeld.", str(number), "kracht") for number in range(1, 29))
    long = PdfReader(io.BytesIO(as_pdf(paper(Items(lines)))))
    short = PdfReader(io.BytesIO(as_pdf(paper(Items(lines), one_page=True))))
    still = PdfReader(io.BytesIO(as_pdf(paper(Items(lines * 3), one_page=True))))

    assert (len(long.pages), len(short.pages)) == (2, 1)
    assert len(still.pages) > 1
    assert "bladzijde1van" in packed(still.pages[0].extract_text())
