"""The numbers of the placing: defaults in `defaults.toml`, changed by a case, refused when they make no sense."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from buurtbalans.figures.findings import Finding, Severity

FILE: Final = Path(__file__).with_name("defaults.toml")
NAME: Final = "settings.toml"
MAX_NUMBER: Final = 1_000_000  # a larger number makes sums that overflow
FIT: Final = 1_000
LEVELS: Final = 5  # of areas that one placement can cost something in
PARTS: Final = ("near", "rooms", "rent", "provider", "let_by", "step_free")  # of a perfect home
Numbers = Mapping[str, Any]


@dataclass(frozen=True)
class Settings:
    """All numbers of one case, by table, as `defaults.toml` explains them."""

    worth: Numbers
    fit: Numbers
    rent: Numbers
    let_by: Numbers
    spread: Numbers
    wait: Numbers
    quota: Numbers
    weekly: Numbers


def defaults() -> dict[str, Any]:
    """The tables of `defaults.toml`."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def read_settings(path: Path, findings: list[Finding]) -> Settings:
    """The settings of a case, over the defaults; every invalid number is added to the findings."""

    def wrong(what: str, todo: str) -> None:
        findings.append(Finding(Severity.REFUSE, what, todo, NAME))

    tables = defaults()
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        wrong(f"Dit is niet te lezen als TOML ({error}).", "Schrijf een getal zo: place = 100000, onder [worth].")
        return Settings(**tables)
    for table, numbers in own.items():
        if table in tables and isinstance(numbers, dict):
            _override(tables[table], numbers, table, wrong)
        else:
            wrong(f"De tabel [{table}] bestaat niet.", f"Kies uit: {', '.join(tables)}.")
    settings = Settings(**tables)
    for what, todo in _inconsistencies(settings):
        wrong(what, todo)
    return settings


def _override(defaults: dict[str, Any], numbers: Numbers, table: str, wrong: Callable[[str, str], None]) -> None:
    """Put the valid numbers of a case over the defaults of one table, and report the others."""
    allowed = f"[{table}] kent: {', '.join(defaults)}."
    valid = {}
    for name, value in numbers.items():
        if problem := _problem(defaults.get(name), value):
            wrong(f"[{table}] {name}: {problem}", allowed)
        else:
            valid[name] = value
    defaults |= valid


def _problem(default: Any, value: Any) -> str:
    """What is wrong with the value that a case gives, in Dutch; empty when it can replace the default."""
    if default is None:
        return "dit getal bestaat niet."
    if isinstance(default, list):
        return "" if _is_valid_list(default, value) else f"hier horen {len(default)} getallen, zoals {default}."
    whole = isinstance(default, int)
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        return "hier hoort een heel getal." if whole else "hier hoort een getal."
    return "" if 0 <= value <= MAX_NUMBER else f"kies een getal van 0 tot {MAX_NUMBER}."


def _is_valid_list(defaults: list[Any], values: Any) -> bool:
    """Whether a value is a list as long as the default, of which every number is valid."""
    if not isinstance(values, list) or len(values) != len(defaults):
        return False
    return not any(_problem(default, value) for default, value in zip(defaults, values, strict=True))


def _inconsistencies(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the numbers that contradict each other, each with what to do."""
    if sum(settings.fit[part] for part in PARTS) != FIT:
        yield f"De punten van [fit] zijn samen geen {FIT}.", f"Tel op: {', '.join(PARTS)}."
    yield from _spread_inconsistencies(settings)
    dearest = LEVELS * settings.spread["costs"][-1] + settings.quota["above"] + settings.quota["capacity"]
    if settings.worth["place"] <= dearest:
        what = f"[worth] place is niet meer dan {dearest}: zoveel kan één plaatsing onder de plafonds kosten."
        yield what, "Plaatsen gaat voor: maak place hoger, of de kosten lager."
    if settings.let_by["days"] < 1:
        yield "[let_by] days is 0.", "Kies minstens 1 dag."
    if not 0 < settings.rent["easy"] < 1:
        yield "[rent] easy ligt niet tussen 0 en 1.", "Kies bijvoorbeeld 0.8."


def _spread_inconsistencies(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield what keeps the spread cost from being convex: bounds or costs that do not rise."""
    bounds, costs = settings.spread["bounds"], settings.spread["costs"]
    if any(low >= high for low, high in pairwise(bounds)) or bounds[0] < 0:
        yield "[spread] bounds loopt niet op.", "Zet de delen van klein naar groot."
    if any(low > high for low, high in pairwise(costs)):
        yield "[spread] costs loopt niet op.", "Een volgende plaatsing mag nooit minder kosten."
