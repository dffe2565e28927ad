"""What a definition does, in Dutch: every step in a sentence, and what it is not."""

from collections.abc import Iterator, Mapping

from buurtbalans.figures.balance.definition import Aggregation, Definition, Node, ScalingStep
from buurtbalans.figures.balance.rank_uncertainty import AROUND, alternative_scalings

_HOW = {
    Aggregation.MEAN: "het gewogen gemiddelde van",
    Aggregation.SUM: "de som, met de gewichten zoals ze er staan, van",
    Aggregation.GEOMETRIC: "het gewogen meetkundig gemiddelde van",
}


def explanation(definition: Definition) -> str:
    """Return what the definition does as Dutch sentences, the top first."""
    return "\n".join(_lines(definition))


def _lines(definition: Definition) -> Iterator[str]:
    indicators, groups = definition.indicators, definition.groups
    parts = f"{_many(len(indicators), 'cijfer', 'cijfers')} in {_many(len(groups), 'groep', 'groepen')}"
    yield f"Deze index heet {definition.id}. Hij bestaat uit {parts}."
    if definition.title:
        yield f"De vraag is: {definition.title}"
    if definition.lacking:
        yield "Ontbreekt een cijfer in de tabel, dan gaat het zonder."
    if definition.base is not None:
        yield f"Alle jaren liggen langs de maat van {definition.base}. Zo ziet u ook of iedereen vooruitgaat."
    yield ""
    for top in (group for group in groups if not group.group):
        yield from _node(definition, top, 0)
    yield ""
    yield "Een gewicht zegt hoe zwaar iets meetelt naast de andere delen. Het is geen percentage."
    yield _uncertain(definition)
    yield "Een rang zegt alleen wie hoger staat. Ze zegt niet hoe groot het verschil is, en niet waardoor het komt."
    if definition.limits:
        yield ""
        yield from definition.limits


def _node(definition: Definition, node: Node, depth: int) -> Iterator[str]:
    start = "  " * depth + "- "
    if node.combine is None:
        turned = "" if node.direction > 0 else " Minder is meer."
        weighs = f"gewicht {_number(node.weight)}" if node.weight else "telt niet mee"
        yield f"{start}{node.code} ({weighs}): {_steps(node.steps) or 'zoals gemeten'}.{turned}"
        yield from _reason(node, depth)
        return
    children = definition.children(node.code)
    weight = f" (gewicht {_number(node.weight)})" if node.group else ""
    of = "" if node.scaled else ", vóór hun eigen stappen,"
    parts = _many(len(children), "deel", "delen")
    yield f"{start}{node.code}{weight}: {_HOW[node.combine]}{of} {parts}. {_after(node)}"
    yield from _reason(node, depth)
    for child in children:
        yield from _node(definition, child, depth + 1)


def _after(group: Node) -> str:
    """What a group does about absent parts, and with the outcome."""
    sentences = ["Ontbreekt één deel, dan is er geen uitkomst." if group.whole else "Wat ontbreekt telt niet mee."]
    if group.digits is not None:
        sentences.append(f"Afgerond op {_many(group.digits, 'cijfer', 'cijfers')} achter de komma.")
    if group.steps:
        sentences.append(f"Daarna: {_steps(group.steps)}.")
    return " ".join(sentences)


def _reason(node: Node, depth: int) -> Iterator[str]:
    said = " ".join(part for part in (node.why, f"Bron: {node.source}." if node.source else "") if part)
    if said:
        yield f"{'  ' * (depth + 1)}{said}"


def _steps(steps: tuple[ScalingStep, ...]) -> str:
    return ", dan ".join(_step(step) for step in steps)


def _step(step: ScalingStep) -> str:
    given = {key: _number(value) for key, value in step.options.items()}
    to = given.get("to", "1")
    match step.name:
        case "log":
            return "de natuurlijke logaritme"
        case "minmax":
            return f"van 0 ({given.get('low', 'de laagste')}) tot {to} ({given.get('high', 'de hoogste')})"
        case "zscore":
            return "de afstand tot het gemiddelde, in standaardafwijkingen"
        case "clip":
            return _clipping(given)
        case "percent_rank":
            rounded = f", afgerond op {given['digits']} cijfers" if "digits" in given else ""
            return f"het deel van de gebieden dat lager staat{rounded}"
        case "from_rank":
            return f"van rang naar deel: (aantal − rang + {given.get('offset', '1')}) / aantal"
        case _:
            return f"de exponentiële stap met k = {given.get('k', '23')}: alleen hoge waarden tellen zwaar"


def _clipping(bounds: Mapping[str, str]) -> str:
    """Return between which of the bounds `low` and `high` values are kept."""
    words = {"low": "niet onder", "high": "niet boven"}
    return " en ".join(f"{bound} {bounds[end]}" for end, bound in words.items() if end in bounds)


def _uncertain(definition: Definition) -> str:
    low, high = (_number(each) for each in AROUND)
    drawn = f"elk gewicht tussen {low} en {high} keer zo groot"
    other = " en drie manieren van schalen" if len(alternative_scalings(definition)) > 1 else ""
    return (
        f"Met --uncertainty wordt de index vaak opnieuw gemaakt: {drawn}{other}, en met lege plekken leeg of gevuld. "
        "Zo is elke rang een reeks van rangen."
    )


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
