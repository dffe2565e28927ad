"""What stands on a paper of a round, in plain parts; the writers of PDF and Word turn the same parts into files."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, Literal, TypeAlias

# Not to be printed, or able to turn a line of text around so that it seems to say something else.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)
_SPACE: Final = re.compile(r"\s+")

Look = Literal["", "intro", "klein"]
Colour = Literal["", "kracht", "kans", "zorg"]


def plain(text: object) -> str:
    """Return a text on one line as both writers can print it: composed letters, no signs that one does not see.

    >>> plain("Cafe\\u0301\\n  \\u202e'Het Plein'\\x00")
    "Café 'Het Plein'"
    """
    return _SPACE.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", str(text)))).strip()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3; the title of the paper is the only one of level 1."""

    text: str
    level: Literal[2, 3] = 2


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `lead` stands before it in bold."""

    text: str
    lead: str = ""
    look: Look = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, in their own words, and who that was."""

    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list, with its number on the map and remarks below it."""

    text: str
    number: str = ""
    colour: Colour = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of our own as SVG, with what it says in words; `wide` is its part of the width of the text."""

    svg: str
    says: str
    wide: float = 1.0


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure as it was frozen: its sentence, its range, or why it is absent, and always its source."""

    sentence: str
    source: str
    drawing: Drawing | None = None
    absence: str = ""
    says: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with remarks below its text."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row says what the row is about. `widths` are parts of the width."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """What the reader must know first: what is not done yet, or no longer valid."""

    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line across the page, where a part ends."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns; where there is no room for columns the left one comes first. `left_wide` is the part of the left."""

    left: "tuple[Block, ...]"
    right: "tuple[Block, ...]"
    left_wide: float = 0.5


Block: TypeAlias = Heading | Words | Quote | Items | Drawing | Fact | Table | Notice | Line | Pair


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: what it is, about which place, of when, which version, and all that stands on it.

    `one_page` asks the writer of PDF to make the letters a little smaller rather than use a second page.
    """

    kind: str
    place: str
    title: str
    dated: str
    version: str
    blocks: tuple[Block, ...]
    foot: tuple[str, ...] = ()
    one_page: bool = False

    @property
    def head(self) -> str:
        """What stands at the top of the first page, beside the mark."""
        return " · ".join(part for part in (self.kind, self.place, self.dated) if part)

    @property
    def stamp(self) -> str:
        """What stands at the bottom of each page, beside the number of the page."""
        return " · ".join(part for part in ("Buurtbalans", self.kind, self.place, self.version) if part)


def cleaned(value: Any) -> Any:
    """Return a paper, or a part of one, with every text plain; a drawing keeps its own lines.

    >>> cleaned(Words("a\\x07  b")).text
    'a b'
    """
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, tuple):
        return tuple(cleaned(part) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    own = {field.name: getattr(value, field.name) for field in fields(value)}
    return type(value)(
        **{name: _UNSEEN.sub("", part) if name == "svg" else cleaned(part) for name, part in own.items()}
    )


def texts(paper: Paper) -> Iterator[str]:
    """Yield every text of a paper, as it must be found in each file that is made of it."""
    yield from (paper.title, paper.head, paper.stamp, *paper.foot)
    for block in paper.blocks:
        yield from _of(block)


def _of(block: Block) -> Iterator[str]:
    if isinstance(block, Pair):
        for part in (*block.left, *block.right):
            yield from _of(part)
    elif isinstance(block, Items):
        for item in block.items:
            yield from _filled(item.number, item.text, *item.notes)
    elif isinstance(block, Table):
        yield from _filled(block.caption, *block.head)
        for cell in (cell for row in block.rows for cell in row):
            yield from _filled(cell.text, *cell.notes)
    else:
        yield from _of_simple(block)


def _of_simple(block: Block) -> Iterator[str]:
    if isinstance(block, Notice):
        yield from (block.title, *block.lines)
    elif isinstance(block, Fact):
        yield from _filled(block.says, block.sentence, block.absence, block.note, block.source)
    elif isinstance(block, Quote):
        yield from _filled(block.text, block.by)
    elif isinstance(block, Words):
        yield from _filled(block.lead, block.text)
    elif isinstance(block, Heading):
        yield block.text


def _filled(*texts: str) -> Iterable[str]:
    return (text for text in texts if text)


def drawings(blocks: Iterable[Block]) -> Iterator[Drawing]:
    """Yield every drawing among blocks, also those of figures and in columns."""
    for block in blocks:
        if isinstance(block, Drawing):
            yield block
        elif isinstance(block, Fact) and block.drawing:
            yield block.drawing
        elif isinstance(block, Pair):
            yield from drawings((*block.left, *block.right))
