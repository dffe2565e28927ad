"""Papers: one A4 with a map and three charts as tagged PDF, the product beside WeasyPrint with the same content."""

import io
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from statistics import median

from bench.measure import TIMES, Cost, Unequal, once, peers
from buurtbalans.site.papers.content import (
    Block,
    Cell,
    Drawing,
    Heading,
    Item,
    Items,
    Pair,
    Paper,
    Quote,
    Table,
    Words,
    texts,
)
from buurtbalans.site.papers.pdf import FONTS, as_pdf

MANY = 20
PEER = Path(__file__).with_name("weasyprint_peer.py")
TEXT = """One A4 with a map of streets, three charts, a table and a quote, in the same letters, as tagged PDF/UA-1; CPU
seconds of the whole process, the median of {times}. Every text of the paper is in both files. The peer is {version}.

| one A4 | product | memory | peer | its memory | ratio |
|---|---|---|---|---|---|
{rows}
"""
STYLE = """
@page { size: A4; margin: 14mm 20mm 16mm; @bottom-left { content: "STAMP"; font: 9pt Sans }
  @bottom-right { content: "bladzijde " counter(page) " van " counter(pages); font: 9pt Sans } }
body { font: 10.5pt/1.35 Sans; color: #17202E } h1 { font-size: 20pt } h2 { border-bottom: .5pt solid #B9C1CE }
q { font: 12pt Serif; quotes: none } .paar { display: grid; grid-template-columns: 3fr 2fr; column-gap: 8mm }
svg { width: 100% } table { width: 100%; border-collapse: collapse } td, th { border-bottom: .5pt solid }
"""
NOT_THERE = "Not measured: the peer is not installed."


def paper() -> Paper:
    """Return the paper that both sides write."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from buurtbalans.method.rounds.queries.claims import Pill
    from buurtbalans.site.demo.town import topography, town
    from buurtbalans.site.map.street_map import draw_streets
    from buurtbalans.site.papers.drawings import of_pills, standalone_svg

    drawn = draw_streets(town().streets, {}, layers=topography().layers, title="De straten")
    charts: list[Block] = []
    for number, (low, high) in enumerate(((36, 44), (52, 68), (9, 24)), start=1):
        pills = [Pill(low, high, "hol", "2023", f"{low}–{high}"), Pill(low + 9, high + 9, "vol", "2025", "nu")]
        words = f"Van de 100 mensen zeggen {low} tot {high} dit over onderwerp {number}."
        charts += [Heading(f"Wat wilden we bij {number}?"), Words(words), of_pills(pills, 0, 90, words)]
    rows = tuple((Cell(f"Organisatie {n}"), Cell("Doet iets voor de buurt.", ("Teken: bezoek",))) for n in range(4))
    return Paper(
        "Factsheet",
        "Weverskwartier",
        "De huiskamer hielp vooral mensen die alleen wonen",
        "januari 2027",
        "versie 1",
        (
            Words("Wat veranderde er?", lead="Onze vraag:", look="intro"),
            Pair(
                tuple(charts),
                (Drawing(standalone_svg(str(drawn)), "De straten"), Quote("Ik kwam voor de koffie.", "Bewoner")),
                0.6,
            ),
            Table("Wie doet wat", ("Wie", "Wat"), rows, (1, 3)),
            Heading("Wat we nu doen"),
            Items((Item("Doorgaan.", "1", "kracht"), Item("Vragen.", "2", "kans"))),
        ),
        ("Bewonersonderzoek 2025.",),
    )


def as_html(about: Paper) -> str:
    """Return the same content as a page for the peer, in the same letters and sizes."""
    face = "@font-face {{ font-family: {}; font-weight: {}; src: url(file://{}); }}"
    files = (("Sans", 400, "buurt-sans-400"), ("Sans", 700, "buurt-sans-650"), ("Serif", 400, "buurt-serif-400"))
    faces = "".join(face.format(name, weight, FONTS / f"{file}.ttf") for name, weight, file in files)
    style = faces + STYLE.replace("STAMP", about.stamp)
    body = "".join(_html(block) for block in about.blocks)
    foot = "".join(f"<p>{escape(words)}</p>" for words in about.foot)
    return (
        f'<html lang="nl"><head><title>{escape(about.title)}</title><style>{style}</style></head><body>'
        f"<p>{escape(about.head)}</p><h1>{escape(about.title)}</h1>{body}{foot}</body></html>"
    )


def _html(block: Block) -> str:
    if isinstance(block, Pair):
        sides = ("".join(map(_html, side)) for side in (block.left, block.right))
        return '<div class="paar"><div>{}</div><div>{}</div></div>'.format(*sides)
    if isinstance(block, Drawing):
        return f'<figure role="img" aria-label="{escape(block.says)}">{block.svg}</figure>'
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Words):
        return f"<p><b>{escape(block.lead)}</b> {escape(block.text)}</p>"
    if isinstance(block, Quote):
        return f"<blockquote><q>‘{escape(block.text)}’</q><br>{escape(block.by)}</blockquote>"
    if isinstance(block, Items):
        return "<ul>{}</ul>".format("".join(f"<li><b>{i.number}</b> {escape(i.text)}</li>" for i in block.items))
    if isinstance(block, Table):
        head = "".join(f'<th scope="col">{escape(words)}</th>' for words in block.head)
        rows = "".join("<tr>{}</tr>".format("".join(_cell(cell) for cell in row)) for row in block.rows)
        return f"<table><caption>{escape(block.caption)}</caption><thead><tr>{head}</tr></thead>{rows}</table>"
    raise TypeError(type(block))


def _cell(cell: Cell) -> str:
    return "<td>{}</td>".format("<br>".join(map(escape, (cell.text, *cell.notes))))


def measured() -> str:
    """Return the part of the page about papers."""
    python = peers()
    if python is None:
        return NOT_THERE
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        once("bench.papers", str(folder), ["prepare"])
        rows = list(_rows(folder, python))
        once("bench.papers", str(folder), ["compare"])
        version = once(str(PEER), str(folder), ["0"], python).answer
    return TEXT.format(times=TIMES, version=version, rows="\n".join(rows))


def _rows(folder: Path, python: Path) -> Iterator[str]:
    for what, number in (("from nothing", 1), (f"{MANY} in one process, each", MANY)):
        ours: list[Cost] = []
        theirs: list[Cost] = []
        for _ in range(TIMES):
            ours.append(once("bench.papers", str(folder), [str(number)]))
            theirs.append(once(str(PEER), str(folder), [str(number)], python))
        mine, other = (median(cost.cpu for cost in costs) / number for costs in (ours, theirs))
        memory, its = (max(cost.megabytes for cost in costs) for costs in (ours, theirs))
        yield f"| {what} | {mine:.2f} s | {memory:.0f} MB | {other:.2f} s | {its:.0f} MB | {other / mine:.1f}× |"


def prepare(folder: Path) -> None:
    """Write the content down for both sides, in a process of its own: its memory is not theirs."""
    about = paper()
    (folder / "paper").write_bytes(pickle.dumps(about))
    (folder / "paper.html").write_text(as_html(about), encoding="utf-8")


def compare(folder: Path) -> None:
    """Make sure that both files hold every text on tagged pages; times of different work mean nothing."""
    from pypdf import PdfReader  # here, because it is no part of what is measured

    about = pickle.loads((folder / "paper").read_bytes())
    for file in (folder / "product.pdf", folder / "peer.pdf"):
        found = PdfReader(io.BytesIO(file.read_bytes()))
        text = "".join("".join(page.extract_text().split()) for page in found.pages)
        wanted = [each for each in texts(about) if about.title not in each and about.place not in each]  # these count
        missing = [each for each in wanted if "".join(each.split()) not in text]
        if missing or "/StructTreeRoot" not in found.trailer["/Root"]:  # type: ignore[operator]
            raise Unequal(f"{file.name} lacks {missing or 'its tags'}")


def main(folder: str, task: str) -> None:
    """Write the paper so many times, each with a title of its own, so that nothing of the one before can be used."""
    if not task.isdigit():
        return {"prepare": prepare, "compare": compare}[task](Path(folder))
    about = pickle.loads((Path(folder) / "paper").read_bytes())
    for number in range(int(task)):
        made = as_pdf(replace(about, title=f"{number} {about.title}", place=f"Buurt {number}"))
    (Path(folder) / "product.pdf").write_bytes(made)
    print(len(made))


if __name__ == "__main__":
    main(*sys.argv[1:])
