"""Writes a paper as PDF with typst: tagged for who listens to it (PDF/UA-1), in our own letters, always the same bytes.

The words of a paper go to typst as data, never as markup, so nothing that people write can become a command there; and
typst sees a folder in which only the form of the paper lies.
"""

import json
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import typst

from buurtbalans.site.papers.content import Drawing, Paper, cleaned
from buurtbalans.site.papers.poster import Poster

HERE: Final = Path(str(resources.files(__package__)))
FORMS: Final = {kind: (HERE / name).read_bytes() for kind, name in ((Paper, "paper.typ"), (Poster, "poster.typ"))}
FONTS: Final = HERE / "fonts"
MARK: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 20" width="44" height="20">'
    '<rect x="1.25" y="1.25" width="41.5" height="17.5" rx="8.75" fill="#E9EEFB" stroke="#2447A5" stroke-width="2"/>'
    '<path d="M15 1.5v17M29 1.5v17" stroke="#2447A5" stroke-width="1.6"/>'
    '<circle cx="22" cy="10" r="4.4" fill="#2447A5"/></svg>'
)
STRANGE: Final = "\u25a1"  # stands for a sign that no letters have
STRANGE_WORDS: Final = f"{STRANGE}: dit teken kan deze pdf niet tonen. In het Word-bestand staat het wel."


class NoFonts(RuntimeError):
    """The letters are not there: the package was not built."""


def as_pdf(paper: Paper | Poster) -> bytes:
    """Return the paper as PDF; the same paper gives the same bytes."""
    paper = cleaned(paper)
    form, data = FORMS[type(paper)], _template_data(paper)
    strange = set(json.dumps(data, ensure_ascii=False)) - _known()
    if not strange:
        return _compile(form, data, wider=False)
    try:
        return _compile(form, data, wider=True)
    except typst.TypstError:  # PDF/UA has no empty boxes for signs that no letters have
        data = _template_data(paper, dict.fromkeys(map(ord, strange), STRANGE))
        data["foot"].append(STRANGE_WORDS)
        return _compile(form, data, wider=True)


def _compile(form: bytes, data: dict[str, Any], *, wider: bool) -> bytes:
    inputs = {"paper": json.dumps(data, ensure_ascii=False), "mark": MARK, "wider": "ja" if wider else ""}
    made = typst.compile(
        form, font_paths=_fonts(wider), format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs, timestamp=0
    )
    assert isinstance(made, bytes)
    return made


def as_png(drawing: Drawing, width: float = 160.0) -> bytes:
    """Return a drawing as pixels, `width` millimetres wide at most, for files that hold no SVG."""
    form = (
        b"#set page(width: auto, height: auto, margin: 0pt)\n"
        b'#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1mm)'
    )
    inputs = {"svg": drawing.svg, "width": str(width * drawing.wide)}
    made = typst.compile(form, font_paths=_fonts(False), format="png", ppi=220, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=2)
def _fonts(wider: bool) -> typst.Fonts:
    """Return our own letters and none of the machine, so that a paper looks the same everywhere.

    `wider` adds the letters that typst brings along, for Arabic, arrows and other signs that ours lack.
    """
    if not any(FONTS.glob("*.ttf")):
        raise NoFonts("the letters of the papers are missing: build the package (pip install -e .)")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=wider, font_paths=[str(FONTS)])


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Return the signs that our letters have; the build writes them down."""
    return frozenset((FONTS / "signs.txt").read_text(encoding="utf-8"))


def _template_data(paper: Paper | Poster, instead: dict[int, str] | None = None) -> dict[str, Any]:
    """Return the paper as plain data; `instead` says what stands in the place of some signs."""

    def told(value: Any) -> Any:
        if isinstance(value, str):
            return value.translate(instead) if instead else value
        if isinstance(value, tuple):
            return [told(part) for part in value]
        if is_dataclass(value):
            fields = {field.name: told(getattr(value, field.name)) for field in dataclass_fields(value)}
            return {"is": type(value).__name__, **fields}
        return value

    shown: dict[str, Any] = told(paper)
    return shown | {"head": told(paper.head), "stamp": told(paper.stamp)}
