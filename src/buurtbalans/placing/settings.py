"""The numbers of the placing: defaults in `defaults.toml`, changed by a case, refused when they make no sense."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from buurtbalans.figures.findings import Finding, Weight

FILE: Final = Path(__file__).with_name("defaults.toml")
NAME: Final = "settings.toml"
MOST: Final = 1_000_000  # a number above this makes sums that no longer fit
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
    """Return the tables of `defaults.toml`."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def read_settings(path: Path, findings: list[Finding]) -> Settings:
    """Read the settings of a case over the defaults; what is wrong is added to the findings."""

    def wrong(what: str, todo: str) -> None:
        findings.append(Finding(Weight.REFUSE, what, todo, NAME))

    tables = defaults()
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        wrong(f"Dit is niet te lezen als TOML ({error}).", "Schrijf een getal zo: place = 100000, onder [worth].")
        return Settings(**tables)
    for table, numbers in own.items():
        if table not in tables or not isinstance(numbers, dict):
            wrong(f"De tabel [{table}] bestaat niet.", f"Kies uit: {', '.join(tables)}.")
            continue
        problems = {name: _problem(tables[table].get(name), value) for name, value in numbers.items()}
        for name, problem in problems.items():
            if problem:
                wrong(f"[{table}] {name}: {problem}", f"[{table}] kent: {', '.join(tables[table])}.")
        tables[table] |= {name: value for name, value in numbers.items() if not problems[name]}
    settings = Settings(**tables)
    for what, todo in _odd(settings):
        wrong(what, todo)
    return settings


def _problem(known: Any, value: Any) -> str:
    """Return what is wrong with a value of its own, or nothing."""
    if known is None:
        return "dit getal bestaat niet."
    if isinstance(known, list):
        fits = isinstance(value, list) and len(value) == len(known)
        return (
            ""
            if fits and not any(_problem(one, new) for one, new in zip(known, value, strict=True))
            else (f"hier horen {len(known)} getallen, zoals {known}.")
        )
    whole = isinstance(known, int)
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        return "hier hoort een heel getal." if whole else "hier hoort een getal."
    return "" if 0 <= value <= MOST else f"kies een getal van 0 tot {MOST}."


def _odd(settings: Settings) -> list[tuple[str, str]]:
    """Return what does not go together, and what to do."""
    pairs = []
    if sum(settings.fit[part] for part in PARTS) != FIT:
        parts = ", ".join(PARTS)
        pairs.append((f"De punten van [fit] zijn samen geen {FIT}.", f"Tel op: {parts}."))
    bounds, costs = settings.spread["bounds"], settings.spread["costs"]
    if any(low >= high for low, high in pairwise(bounds)) or bounds[0] < 0:
        pairs.append(("[spread] bounds loopt niet op.", "Zet de delen van klein naar groot."))
    if any(low > high for low, high in pairwise(costs)):
        pairs.append(("[spread] costs loopt niet op.", "Een volgende plaatsing mag nooit minder kosten."))
    dearest = LEVELS * costs[-1] + settings.quota["above"] + settings.quota["capacity"]
    if settings.worth["place"] <= dearest:
        what = f"[worth] place is niet meer dan {dearest}: zoveel kan één plaatsing onder de plafonds kosten."
        pairs.append((what, "Plaatsen gaat voor: maak place hoger, of de kosten lager."))
    if settings.let_by["days"] < 1:
        pairs.append(("[let_by] days is 0.", "Kies minstens 1 dag."))
    if not 0 < settings.rent["easy"] < 1:
        pairs.append(("[rent] easy ligt niet tussen 0 en 1.", "Kies bijvoorbeeld 0.8."))
    return pairs
