"""The definition of an index: its indicators, the groups above them, and what is done at each; read from TOML."""

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from buurtbalans.figures.findings import Finding, Refused, Severity, refuse, unopened


class Aggregation(StrEnum):
    """How a group combines its children: weighted mean, sum with weights as given, weighted geometric mean."""

    MEAN = "mean"
    SUM = "sum"
    GEOMETRIC = "geometric"


@dataclass(frozen=True, slots=True)
class ScalingStep:
    """One step of scaling: its name and its options as the definition gives them; `scale` says what each does."""

    name: str
    options: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator or a group: where it belongs, how much it weighs there, how it is combined and then scaled."""

    code: str
    group: str
    weight: float = 1.0
    direction: int = 1
    steps: tuple[ScalingStep, ...] = ()
    combine: Aggregation | None = None  # None: an indicator
    scaled: bool = True  # a group takes its children after their steps, else before
    whole: bool = False  # a group is absent when one of its children is
    digits: int | None = None
    why: str = ""
    source: str = ""


@dataclass(frozen=True)
class Definition:
    """An index; `nodes` stand from the leaves to the top, every child before its group.

    With `lacking` a table may lack indicators: they are absent everywhere. `limits` say what the index is not.
    """

    id: str
    area: str
    missing: tuple[str, ...]
    base: int | None
    nodes: tuple[Node, ...]
    title: str = ""
    limits: tuple[str, ...] = ()
    lacking: bool = False

    @property
    def indicators(self) -> tuple[Node, ...]:
        """The leaves: what is measured."""
        return tuple(node for node in self.nodes if node.combine is None)

    @property
    def groups(self) -> tuple[Node, ...]:
        """What is combined, the lower groups first."""
        return tuple(node for node in self.nodes if node.combine is not None)

    @property
    def counting(self) -> tuple[Node, ...]:
        """The indicators that weigh something in all that they belong to."""
        above = {node.code: node for node in self.nodes}
        idle = {node.code for node in self.nodes if not node.weight}
        for node in reversed(self.nodes):  # groups before what is in them
            if node.group in idle and node.group in above:
                idle.add(node.code)
        return tuple(node for node in self.indicators if node.code not in idle)

    def children(self, code: str) -> tuple[Node, ...]:
        """Return what a group is made of, in the order of the definition."""
        return tuple(node for node in self.nodes if node.group == code)


# The options of each step with their defaults; None: taken from the data.
STEPS: Final[dict[str, dict[str, float | None]]] = {
    "log": {},
    "minmax": {"low": None, "high": None, "to": 1.0},
    "zscore": {},
    "clip": {"low": None, "high": None},
    "percent_rank": {"digits": None},
    "from_rank": {"offset": 1.0},
    "exponential": {"k": 23.0},
}
_TOP: Final = {"id", "area", "missing", "base", "indicator", "group", "title", "limits", "limits_en", "lacking"}
_LEAF: Final = {"code", "group", "weight", "direction", "scale", "why", "why_en", "source"}
_GROUP: Final = {"code", "group", "weight", "combine", "of", "missing", "digits", "scale", "why", "why_en", "source"}
SUFFIXES: Final = ("", "_raw", "_rank", "_rank_low", "_rank_high")


def read_definition(file: Path) -> Definition:
    """Read a definition from TOML.

    Raises
    ------
    Refused
        With everything that is wrong with it at once.
    """
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise unopened(file, error) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refuse(f"Dit is geen TOML: {error}.", "Herstel de regel die genoemd wordt.", file=file.name) from error
    return parse_definition(said, file.name)


def parse_definition(said: Mapping[str, Any], file: str = "") -> Definition:
    """Return the definition that a mapping says, or refuse it with all findings at once.

    Examples
    --------
    >>> one = parse_definition({"id": "i", "indicator": [{"code": "a", "group": "g"}], "group": [{"code": "g"}]})
    >>> [node.code for node in one.nodes], one.area
    (['a', 'g'], 'area')
    """
    return _Reader(file).read(said)


class _Reader:
    """Reads a definition part by part and gathers what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def wrong(self, what: str, todo: str, where: str = "") -> None:
        self.findings.append(Finding(Severity.REFUSE, what, todo, self.file, column=where or None))

    def read(self, said: Mapping[str, Any]) -> Definition:
        self.known(said, _TOP, "de definitie")
        id_, area, base = said.get("id", ""), said.get("area", "area"), said.get("base")
        if not (isinstance(id_, str) and id_):
            self.wrong("De definitie heeft geen `id`.", 'Geef haar een korte naam, zoals `id = "balans"`.')
        if not (isinstance(area, str) and area):
            self.wrong("`area` is geen kolomnaam.", "Noem de kolom met de gebiedscode.")
        if base is not None and not _whole(base):
            self.wrong(f"`base = {base}` is geen jaar.", "Schrijf een jaartal als heel getal.")
        missing, limits = self.texts(said, "missing", [""]), self.texts(said, "limits", [])
        lacking = said.get("lacking", "refuse")
        if lacking not in ("refuse", "skip"):
            self.wrong(f"`lacking` is {lacking!r}.", "Kies uit refuse, skip.")
        nodes = [*self.nodes(said, "indicator", _LEAF), *self.nodes(said, "group", _GROUP)]
        ordered = self.ordered(nodes)
        if self.findings:
            raise Refused(self.findings)
        title = str(said.get("title", ""))
        return Definition(id_, area, missing, base, tuple(ordered), title, limits, lacking == "skip")

    def texts(self, said: Mapping[str, Any], name: str, without: list[str]) -> tuple[str, ...]:
        texts = said.get(name, without)
        if not (isinstance(texts, list) and all(isinstance(text, str) for text in texts)):
            self.wrong(f"`{name}` is geen lijst van teksten.", f'Schrijf bijvoorbeeld `{name} = ["", "."]`.')
            return tuple(without)
        return tuple(texts)

    def nodes(self, said: Mapping[str, Any], kind: str, keys: set[str]) -> Iterator[Node]:
        given = said.get(kind, [])
        if not (isinstance(given, list) and given and all(isinstance(each, dict) for each in given)):
            self.wrong(f"Er is geen [[{kind}]].", f"Schrijf minstens één [[{kind}]] met een `code`.")
            return
        for each in given:
            code = each.get("code")
            if not (isinstance(code, str) and code):
                self.wrong(f"Een [[{kind}]] heeft geen `code`.", "Geef elk deel een eigen code.")
                continue
            self.known(each, keys, code)
            yield self.node(each, code, kind == "group")

    def node(self, each: Mapping[str, Any], code: str, group: bool) -> Node:
        weight, direction, digits = each.get("weight", 1), each.get("direction", 1), each.get("digits")
        if not (_number(weight) and weight >= 0):
            self.wrong(f"Het gewicht van {code} is {weight!r}.", "Een gewicht is een getal van 0 of meer.", code)
            weight = 1
        if direction not in (1, -1):
            todo = "Schrijf 1 (meer is meer) of -1 (minder is meer)."
            self.wrong(f"De richting van {code} is {direction!r}.", todo, code)
            direction = 1
        if not _is_digits(digits):
            self.wrong(f"`digits` van {code} is {digits!r}.", "Schrijf een heel getal van 0 tot en met 15.", code)
            digits = None
        combine = self.choice(each, code, "combine", list(Aggregation))
        scaled = self.choice(each, code, "of", ["scaled", "raw"]) == "scaled"
        whole = self.choice(each, code, "missing", ["skip", "any"]) == "any"
        return Node(
            code,
            str(each.get("group", "")),
            float(weight),
            direction,
            tuple(self.steps(each.get("scale", []), code)),
            Aggregation(combine) if group else None,
            scaled,
            whole,
            digits,
            str(each.get("why", "")),
            str(each.get("source", "")),
        )

    def choice(self, each: Mapping[str, Any], code: str, name: str, choices: Sequence[str]) -> str:
        """The value of an option that takes one of some words, the first when it is left out or wrong."""
        value = each.get(name, choices[0])
        if value in choices:
            return str(value)
        self.wrong(f"`{name}` van {code} is {value!r}.", f"Kies uit {', '.join(choices)}.", code)
        return choices[0]

    def steps(self, said: Any, code: str) -> Iterator[ScalingStep]:
        if not (isinstance(said, list) and all(isinstance(each, dict) for each in said)):
            self.wrong(
                f"`scale` van {code} is geen lijst.", 'Schrijf bijvoorbeeld `scale = [{ step = "minmax" }]`.', code
            )
            return
        for each in said:
            if step := self.step(each, code):
                yield step

    def step(self, said: Mapping[str, Any], code: str) -> ScalingStep | None:
        name = said.get("step")
        if name not in STEPS:
            self.wrong(f"{code} heeft een onbekende stap {name!r}.", f"Kies uit {', '.join(STEPS)}.", code)
            return None
        options = {key: value for key, value in said.items() if key != "step"}
        self.known(options, set(STEPS[name]), f"{name} van {code}")
        if wrong := _wrong_option(name, options):
            self.wrong(f"{name} van {code}: {wrong}.", "Pas de getallen aan.", code)
            return None
        return ScalingStep(name, {key: float(value) for key, value in options.items() if key in STEPS[name]})

    def known(self, said: Mapping[str, Any], keys: set[str], where: str) -> None:
        for key in said:
            if key not in keys:
                self.wrong(
                    f"`{key}` bij {where} is onbekend.", f"Kies uit {', '.join(sorted(keys)) or 'niets'}.", where
                )

    def ordered(self, nodes: list[Node]) -> list[Node]:
        """The nodes from the leaves to the top; duplicate codes, missing groups and cycles become findings."""
        self.require_own_columns(nodes)
        self.require_groups(nodes)
        return self.upward(nodes) if not self.findings else []

    def require_own_columns(self, nodes: list[Node]) -> None:
        owners: dict[str, Node] = {}
        for node in nodes:
            taken = [owners.setdefault(node.code + suffix, node) for suffix in SUFFIXES]
            if other := next((owner for owner in taken if owner is not node), None):
                todo = "Geef een van beide een andere code."
                self.wrong(f"{node.code} en {other.code} vragen dezelfde kolom.", todo, node.code)

    def require_groups(self, nodes: list[Node]) -> None:
        groups = {node.code for node in nodes if node.combine is not None}
        filled = {node.group for node in nodes}
        for node in nodes:
            if node.group and node.group not in groups:
                self.wrong(
                    f"{node.code} hoort bij {node.group!r}, en dat is geen groep.", "Noem een [[group]].", node.code
                )
            if node.combine is None and not node.group:
                self.wrong(f"{node.code} hoort bij geen groep.", "Schrijf bij welke `group` het hoort.", node.code)
        for code in sorted(groups - filled):
            self.wrong(f"De groep {code} heeft geen delen.", "Laat minstens één deel bij haar horen.", code)

    def upward(self, nodes: list[Node]) -> list[Node]:
        done: list[Node] = []
        left = list(nodes)
        while left:
            waiting = {node.group for node in left}
            ready = [node for node in left if node.code not in waiting]
            if not ready:
                names = ", ".join(sorted(node.code for node in left))
                self.wrong(f"Deze groepen horen bij elkaar in een kring: {names}.", "Laat één groep bovenaan staan.")
                return []
            done += ready
            left = [node for node in left if node.code in waiting]
        return done


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_digits(value: Any) -> bool:
    return value is None or (_whole(value) and 0 <= value <= 15)


def _wrong_option(name: str, options: Mapping[str, Any]) -> str:
    """Return what is wrong with the options of a step, or nothing."""
    for key, value in options.items():
        if key in STEPS[name] and not _number(value):
            return f"`{key}` is geen getal"
    if wrong := _wrong_bounds(name, options.get("low"), options.get("high")):
        return wrong
    if options.get("to", 1) <= 0 or options.get("k", 1) <= 0:
        return "`to` en `k` zijn groter dan 0"
    return "" if _is_digits(options.get("digits")) else "`digits` is een heel getal van 0 tot en met 15"


def _wrong_bounds(name: str, low: float | None, high: float | None) -> str:
    if low is not None and high is not None and low >= high:
        return "`low` is niet lager dan `high`"
    if name == "clip" and low is None and high is None:
        return "zonder `low` en `high` doet deze stap niets"
    return ""
