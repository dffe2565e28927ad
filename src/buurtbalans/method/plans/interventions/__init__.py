"""Step 5: the catalogue of interventions that may help, per cause, with the evidence for each; read from TOML."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from buurtbalans.method.plans.interventions.evidence import EvidenceClass

FOLDER: Final = Path(__file__).parent
MAX_SIGN_LENGTH: Final = 120  # characters, as in `Effort.first_sign`


class InvalidCatalogue(ValueError):
    """The catalogue contradicts itself: a duplicate code, an unknown cause or a text that is too long."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A problem that people see in a neighbourhood, in plain words and in the terms of professionals."""

    code: str
    name: str
    terms: str
    theme: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Intervention:
    """Something an organisation can do: the evidence and its sources, when it works, its cost and its limits."""

    code: str
    name: str
    theme: str
    causes: tuple[str, ...]
    evidence: EvidenceClass
    known: str
    sources: tuple[str, ...]
    for_whom: str
    works_when: tuple[str, ...]
    asks: str
    first_sign: str
    does_not: str


@dataclass(frozen=True, slots=True)
class InterventionCatalogue:
    """All interventions: themes, causes and interventions by code, in the order in which pages show them."""

    themes: Mapping[str, str]
    causes: Mapping[str, Cause]
    interventions: Mapping[str, Intervention]

    def of_cause(self, code: str) -> list[Intervention]:
        """Return the interventions that can help against a cause, those with the strongest evidence first."""
        matches = [intervention for intervention in self.interventions.values() if code in intervention.causes]
        return sorted(matches, key=lambda intervention: -intervention.evidence.strength)

    def search(self, text: str = "", theme: str = "", cause: str = "", evidence: str = "") -> list[Intervention]:
        """Return the interventions that match every filter that is not empty, and hold every word of the text."""
        words = text.lower().split()
        return [
            intervention
            for intervention in self.interventions.values()
            if self._matches(intervention, theme, cause, evidence)
            and all(word in self.searchable_text(intervention) for word in words)
        ]

    def _matches(self, intervention: Intervention, theme: str, cause: str, evidence: str) -> bool:
        return (
            (not theme or any(self.causes[code].theme == theme for code in intervention.causes))
            and (not cause or cause in intervention.causes)
            and (not evidence or evidence == intervention.evidence)
        )

    def searchable_text(self, intervention: Intervention) -> str:
        """Return the text that a search looks through, in lower case: of the intervention and of its causes."""
        causes = [self.causes[code] for code in intervention.causes]
        cause_texts = [text for cause in causes for text in (cause.name, cause.terms)]
        own_texts = [intervention.name, intervention.known, intervention.for_whom, intervention.asks]
        return " ".join([*own_texts, *cause_texts]).lower()


@cache
def intervention_catalogue() -> InterventionCatalogue:
    """Return the catalogue that comes with the product."""
    files = sorted(FOLDER.glob("*.toml"))
    return build_catalogue(*(tomllib.loads(file.read_text(encoding="utf-8")) for file in files))


def build_catalogue(*parts: Mapping[str, Any]) -> InterventionCatalogue:
    """Return the catalogue of these parts, one per theme; raises InvalidCatalogue when they contradict each other."""
    themes = {part["theme"]: part["name"] for part in parts}
    causes = [Cause(**row, theme=part["theme"]) for part in parts for row in part.get("cause", [])]
    interventions = [_read_intervention(row, part["theme"]) for part in parts for row in part.get("intervention", [])]
    catalogue = InterventionCatalogue(themes, _by_code(causes), _by_code(interventions))
    for intervention in interventions:
        _require_complete(intervention, catalogue.causes)
    return catalogue


CatalogueItem = TypeVar("CatalogueItem", Cause, Intervention)


def _by_code(items: Sequence[CatalogueItem]) -> dict[str, CatalogueItem]:
    """Return causes or interventions by their code; raises InvalidCatalogue when two have the same."""
    by_code = {item.code: item for item in items}
    if len(by_code) < len(items):
        raise InvalidCatalogue("a code stands twice in the catalogue of interventions")
    return by_code


def _read_intervention(row: Mapping[str, Any], theme: str) -> Intervention:
    lists = {key: tuple(row[key]) for key in ("causes", "sources", "works_when")}
    if row["evidence"] not in EvidenceClass.values:
        raise InvalidCatalogue(f"{row['code']}: evidence is one of {', '.join(EvidenceClass.values)}")
    return Intervention(theme=theme, **{**row, **lists, "evidence": EvidenceClass(row["evidence"])})


def _require_complete(intervention: Intervention, causes: Mapping[str, Cause]) -> None:
    """Refuse an intervention with an unknown cause, or with evidence but no source."""
    code = intervention.code
    if not intervention.causes or not set(intervention.causes) <= set(causes):
        raise InvalidCatalogue(f"{code}: a cause that is not in the catalogue")
    if (intervention.evidence is EvidenceClass.OWN_IDEA) is bool(intervention.sources):
        raise InvalidCatalogue(f"{code}: evidence needs a source, and an untested idea has none")
    if not intervention.works_when or len(intervention.first_sign) > MAX_SIGN_LENGTH:
        raise InvalidCatalogue(f"{code}: says when it works, with a first sign of at most {MAX_SIGN_LENGTH} characters")
