"""The disclosure rules that hold: per source, supplier and audience."""

from collections.abc import Iterable, Mapping
from typing import Final

from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.rule import DisclosureRule

Rules = Mapping[Audience, DisclosureRule]

# A supplier (by the name of its organisation) that agreed on rules of its own; they replace those of its kind of source.
SUPPLIER_RULES: Final[dict[str, Rules]] = {}


def disclosure_rule(kind: SourceKind, audience: Audience, suppliers: Iterable[str] = ()) -> DisclosureRule:
    """Return the rule for figures of a kind of source before an audience.

    Parameters
    ----------
    kind
        What kind of source the figures are from.
    audience
        Who will see them.
    suppliers
        The organisations that counted them, where these are known: the strictest of their rules holds.

    Examples
    --------
    >>> disclosure_rule(SourceKind.PARTNER, Audience.PUBLIC)
    DisclosureRule(minimum_frequency=20, minimum_population=20, rounding_base=5)
    >>> disclosure_rule(SourceKind.PUBLISHED, Audience.PUBLIC).minimum_frequency
    1
    """
    standard = audience.lock.rule(kind)
    if kind is SourceKind.PUBLISHED:
        return standard
    rules = [SUPPLIER_RULES.get(supplier, {}).get(audience, standard) for supplier in suppliers] or [standard]
    return DisclosureRule(
        minimum_frequency=max(rule.minimum_frequency for rule in rules),
        minimum_population=max(rule.minimum_population for rule in rules),
        rounding_base=max(rule.rounding_base for rule in rules),
    )


def disclosure_rules(kind: SourceKind, suppliers: Iterable[str] = ()) -> dict[Audience, DisclosureRule]:
    """Return the rule of every audience for figures of a kind of source; see `disclosure_rule`."""
    suppliers = list(suppliers)
    return {audience: disclosure_rule(kind, audience, suppliers) for audience in Audience}
