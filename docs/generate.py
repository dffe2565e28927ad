"""Fills the reference pages from the product itself when the documentation is built, so that nobody copies by hand.

A page asks for a part with a comment of its own, such as `<!-- catalogue -->`; `PARTS` names them all.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from typer.main import get_command

from buurtbalans.figures.balance.balance_definition import WeightedIndicator, balance_definition
from buurtbalans.figures.catalogue.indicator import Dimension, Direction, Indicator
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.sentence import ABSENT, DIMENSIONS
from buurtbalans.placing.settings import FILE
from buurtbalans.site.terms import TERMS, Term

BETTER: Final = {Direction.UP: "more is better", Direction.DOWN: "less is better", Direction.NONE: "no judgement"}
BAR: Final = r"\|"  # in a table a bar would begin the next cell
HIDDEN: Final = {"help", "quiet"}


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the generated parts where a page asks for them; mkdocs calls this for each page."""
    for name, make in PARTS.items():
        if (mark := f"<!-- {name} -->") in markdown:
            markdown = markdown.replace(mark, make())
    return markdown


def indicators() -> str:
    """Return the catalogue: a heading per dimension, a row per figure."""
    found = catalogue()
    lines = [f"The catalogue holds {len(found)} figures."]
    for dimension in Dimension:
        rows = [each for each in found.values() if each.dimension is dimension]
        lines += ["", f"## {DIMENSIONS[dimension].capitalize()} ({dimension.value})", ""]
        lines += _table(["id", "what it is", "how it counts"], map(_indicator, rows))
    return "\n".join(lines)


def _indicator(one: Indicator) -> list[str]:
    published = catalogue().kind_of(one.source) == "published"
    shown = "never: restricted" if one.restricted else "as published" if published else f"from {one.minimum}"
    words = f"*Let op:* {one.caveat}<br>*Wat kan er niet mee:* {one.cannot}<br>*Bron:* {_source(one)}"
    what = f"**{one.name}** ({one.name_en})<br>{one.definition}<br>{words}"
    return [f"`{one.id}`", what, f"{one.unit}<br>{one.kind.value}<br>{BETTER[one.direction]}<br>shown {shown}"]


def _source(one: Indicator) -> str:
    if one.computed and one.part:
        return f"{one.source}, `{one.part}` / `{one.denominator}`"
    if one.computed:
        return f"{one.source}, {' + '.join(f'`{name}`' for name in one.sum_of)}"
    return one.source


def terms() -> str:
    """Return the terms of the screens: a row per concept."""
    return "\n".join(_table(["begrip", "op het scherm", "in het Engels"], map(_term, TERMS)))


def _term(term: Term) -> list[str]:
    return [term.concept, f"**{term.dutch}**", term.english]


def commands() -> str:
    """Return the command line in English: a heading per command, a row per argument or option."""
    from buurtbalans.cli.app import app
    from buurtbalans.cli.language import in_language

    with in_language("en"):
        return "\n".join(_group(get_command(app), "buurtbalans"))


def _group(command: Any, name: str) -> Iterator[str]:
    from buurtbalans.cli.form import usage
    from buurtbalans.figures.text import gettext

    found = getattr(command, "commands", None)
    if found:
        for each in found.values():
            yield from _group(each, f"{name} {each.name}")
        return
    yield from [f"## {name}", "", gettext(str(command.help or "")), "", "```", usage(command, name), "```", ""]
    options = [each for each in command.params if each.name not in HIDDEN]
    if options:
        yield from _table(["", "meaning"], map(_option, options))
        yield ""


def _option(option: Any) -> list[str]:
    from buurtbalans.cli.form import explanation, names

    return [f"`{names(option)}`", explanation(option)]


def absences() -> str:
    """Return the seven reasons: the word in a file, the word on the screen."""
    return "\n".join(_table(["in a file", "on the screen"], ([f"`{one}`", ABSENT[one]] for one in Absence)))


def balance() -> str:
    """Return our definition of balance in Dutch: a heading per dimension, a row per figure with why and source."""
    lines = []
    for dimension, asks in balance_definition().asks.items():
        lines += ["", f"### {DIMENSIONS[dimension].capitalize()}", "", asks, ""]
        rows = ([_name(one), _weighs(one.weight), one.why, one.source] for one in balance_definition().of(dimension))
        lines += _table(["cijfer", "gewicht", "waarom", "bron"], rows)
    return "\n".join(lines)


def _name(one: WeightedIndicator) -> str:
    turned = " (minder is sterker)" if one.indicator.direction is Direction.DOWN else ""
    return f"{one.indicator.name}{turned}"


def _weighs(weight: float) -> str:
    return f"{weight:g}".replace(".", ",") if weight else "telt niet mee"


def placing() -> str:
    """Return every number of the placing with what it does."""
    return FILE.read_text(encoding="utf-8").rstrip()


def balance_limits() -> str:
    """Return what the balance picture is not."""
    return "\n".join(f"- {limit}" for limit in balance_definition().limits)


def _table(heads: list[str], rows: Any) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    return lines + [f"| {' | '.join(cell.replace('|', BAR) for cell in row)} |" for row in rows]


PARTS: Final[dict[str, Callable[[], str]]] = {
    "catalogue": indicators,
    "commands": commands,
    "terms": terms,
    "absences": absences,
    "balance": balance,
    "balance-limits": balance_limits,
    "placing": placing,
}
