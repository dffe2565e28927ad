"""Figures of one area and year that should fit each other: parts and wholes, shares of 100, people and households."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import polars as pl

from buurtbalans.figures.catalogue.indicator import Catalogue, Kind
from buurtbalans.figures.quality.doubt import PLACE, Concern, Doubt, doubts


class SumRule(NamedTuple):
    """Figures that add up to another, or to a fixed number."""

    whole: str | float
    parts: tuple[str, ...]
    words: str


class UpperBoundRule(NamedTuple):
    """A figure that is never more than another."""

    part: str
    whole: str
    words: str


SUM_RULES: Final = (
    SumRule("population", ("men", "women"), "Mannen en vrouwen zijn samen niet gelijk aan het aantal inwoners."),
    SumRule(
        "population",
        ("population_0_14", "population_15_24", "population_25_44", "population_45_64", "population_65_plus"),
        "De leeftijden zijn samen niet gelijk aan het aantal inwoners.",
    ),
    SumRule(
        "population",
        ("unmarried", "married", "divorced", "widowed"),
        "De burgerlijke staten zijn samen niet gelijk aan het aantal inwoners.",
    ),
    SumRule(
        "households",
        ("single_households", "households_without_children", "households_with_children"),
        "De soorten huishoudens zijn samen niet gelijk aan alle huishoudens.",
    ),
    SumRule(
        "cars", ("cars_petrol", "cars_other_fuel"), "De auto’s per brandstof zijn samen niet gelijk aan alle auto’s."
    ),
    SumRule("cars", ("cars_under_6_years", "cars_6_years_plus"), "Oude en nieuwe auto’s zijn samen niet alle auto’s."),
    SumRule("area_total", ("area_land", "area_water"), "Land en water zijn samen niet de hele oppervlakte."),
    SumRule(100, ("share_single_family", "share_multi_family"), "De soorten woningen zijn samen geen 100."),
    SumRule(100, ("share_occupied", "share_unoccupied"), "Bewoond en onbewoond zijn samen geen 100."),
    SumRule(
        100,
        ("share_owner_occupied", "share_rented", "share_owner_unknown"),
        "Koop, huur en onbekend zijn samen geen 100.",
    ),
    SumRule(100, ("share_built_before_2000", "share_built_from_2000"), "De bouwjaren zijn samen geen 100."),
    SumRule(100, ("share_employees", "share_self_employed"), "Werknemers en zelfstandigen zijn samen geen 100."),
    SumRule(
        100,
        ("share_education_low", "share_education_middle", "share_education_high"),
        "De opleidingen zijn samen geen 100.",
    ),
    SumRule(
        "share_rented", ("share_corporation", "share_other_landlords"), "De verhuurders zijn samen niet alle huur."
    ),
)
UPPER_BOUND_RULES: Final = (
    UpperBoundRule("households", "population", "Er zijn meer huishoudens dan inwoners."),
    UpperBoundRule("income_recipients", "population", "Er zijn meer mensen met inkomen dan inwoners."),
)
HALF: Final = 0.5  # of a share in whole percents, or of a count that its source does not round


def between_indicators(frame: pl.DataFrame, catalogue: Catalogue) -> Iterator[Doubt]:
    """Yield where figures of one area and year do not fit each other, beyond what rounding explains.

    Parameters
    ----------
    frame
        Rows of `observation.SCHEMA` with a value.
    catalogue
        How coarsely each figure is rounded; the parts and denominators of shares are held beside each other too.
    """
    steps = {one.id: one.step or HALF for one in catalogue.values()}
    there = set(frame["indicator"].unique())
    for rule in SUM_RULES:
        if there.issuperset(rule.parts):
            yield from doubts(Concern.INDICATORS, _sum(frame, rule, steps))
    for limit in [*UPPER_BOUND_RULES, *_shares(catalogue)]:
        if there.issuperset((limit.part, limit.whole)):
            yield from doubts(Concern.INDICATORS, _more(frame, limit, steps))


def _shares(catalogue: Catalogue) -> Iterator[UpperBoundRule]:
    """Yield that the part of every computed share is at most its denominator."""
    for one in catalogue.values():
        if one.kind is Kind.SHARE and one.part and one.denominator and not one.restricted:
            words = f"Er zijn er meer bij ‘{catalogue[one.part].name}’ dan bij ‘{catalogue[one.denominator].name}’."
            yield UpperBoundRule(one.part, one.denominator, words)


def _of(frame: pl.DataFrame, indicator: str) -> pl.DataFrame:
    return frame.filter(indicator=indicator).select(*PLACE, "value")


def _sum(frame: pl.DataFrame, rule: SumRule, steps: Mapping[str, float]) -> pl.DataFrame:
    """Return where the parts are all there and do not add up; beside a number the first part stands for them all."""
    sums = (
        frame.filter(pl.col("indicator").is_in(rule.parts))
        .group_by(PLACE)
        .agg(pl.col("value").sum().alias("sum"), pl.len().alias("count"))
        .filter(pl.col("count") == len(rule.parts))
    )
    slack = sum(steps.get(name, HALF) for name in rule.parts)
    if isinstance(rule.whole, str):
        slack += steps.get(rule.whole, HALF)
        held = sums.join(_of(frame, rule.whole), on=PLACE)
        held = held.with_columns(pl.col("sum").alias("other"), indicator=pl.lit(rule.whole))
    else:
        # Where nobody lives or no home stands, the publisher gives zeros: nothing to divide.
        held = sums.filter(pl.col("sum") > 0)
        held = held.with_columns(pl.col("sum").alias("value"), indicator=pl.lit(rule.parts[0]))
        held = held.with_columns(other=pl.lit(float(rule.whole)))
    off = (pl.col("value") - pl.col("other")).abs()
    return held.filter(off > slack + 1e-9).with_columns(words=pl.lit(rule.words), strength=off / slack)


def _more(frame: pl.DataFrame, rule: UpperBoundRule, steps: Mapping[str, float]) -> pl.DataFrame:
    slack = steps.get(rule.part, HALF) + steps.get(rule.whole, HALF)
    both = _of(frame, rule.part).join(_of(frame, rule.whole).rename({"value": "other"}), on=PLACE)
    over = pl.col("value") - pl.col("other")
    return both.filter(over > slack).with_columns(
        indicator=pl.lit(rule.part), words=pl.lit(rule.words), strength=over / slack
    )
