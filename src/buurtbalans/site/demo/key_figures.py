"""The registers of the invented town: people, homes, money, distances, as a statistics office would count them."""

import numpy as np

from buurtbalans.site.demo.traits import Figure, Numbers, Traits


def _share(
    base: float, step: float, trait: Numbers, random: np.random.Generator, low: float = 1, high: float = 97
) -> Numbers:
    """Return percentages around a base, following a trait."""
    return np.asarray((base + step * trait + random.normal(0, abs(step) * 0.12 + 0.2, len(trait))).clip(low, high))


def key_figures(town: Traits, year: int, random: np.random.Generator) -> dict[str, Figure]:
    """Return the register figures of one year: indicator id to numbers per buurt."""
    since = year - 2021
    households = np.round(town.households * (1 + 0.006 * since + random.normal(0, 0.004, len(town.households))))
    size = (2.05 + 0.22 * town.young - 0.12 * town.central).clip(1.4, 3.1)
    people = np.round(households * size)
    dwellings = np.round(households * 1.03)
    return (
        _people(town, people, households, random)
        | _homes(town, dwellings, since, random)
        | _money(town, people, households, since, random)
        | _around(town, people, households, random)
        | {"household_size": Figure(np.round(size, 1), households)}
    )


def _people(town: Traits, people: Numbers, households: Numbers, random: np.random.Generator) -> dict[str, Figure]:
    women = np.round(people * (0.505 + random.normal(0, 0.01, len(people))))
    ages = np.stack(
        [
            0.16 + 0.035 * town.young,
            0.11 + 0.015 * town.young + 0.012 * town.central,
            0.27 + 0.03 * town.young + 0.03 * town.central,
            0.26 - 0.015 * town.young,
            0.20 - 0.06 * town.young,
        ]
    ).clip(0.03, 0.6)
    parts = np.round(people * ages / ages.sum(axis=0))
    names = ("population_0_14", "population_15_24", "population_25_44", "population_45_64", "population_65_plus")
    single = np.round(households * (0.41 - 0.07 * town.young + 0.06 * town.central).clip(0.15, 0.8))
    children = np.round((households - single) * (0.52 + 0.1 * town.young).clip(0.15, 0.85))
    births = np.round(people * (0.010 + 0.002 * town.young).clip(0.004, 0.02))
    deaths = np.round(people * (0.009 - 0.003 * town.young).clip(0.002, 0.03))
    return {
        "population": Figure(parts.sum(axis=0)),
        "women": Figure(women),
        "men": Figure(parts.sum(axis=0) - women),
        **{name: Figure(part) for name, part in zip(names, parts, strict=True)},
        "births": Figure(births),
        "deaths": Figure(deaths),
        "households": Figure(households),
        "single_households": Figure(single),
        "households_with_children": Figure(children),
        "households_without_children": Figure(households - single - children),
    }


def _homes(town: Traits, dwellings: Numbers, since: int, random: np.random.Generator) -> dict[str, Figure]:
    rented = _share(52, 13, town.rented, random, 8, 92)
    corporation = (rented * (0.66 + 0.06 * town.rented).clip(0.3, 0.92)).clip(2, 90)
    flats = _share(54, 14, town.central, random, 4, 98)
    value = (318_000 + 62_000 * town.income + 14_000 * town.central) * (1 + 0.055 * since)
    return {
        "dwellings": Figure(dwellings),
        "home_value": Figure(np.round(value.clip(150_000, None), -3), dwellings),
        "share_rented": Figure(rented, dwellings),
        "share_corporation": Figure(corporation, dwellings),
        "share_other_landlords": Figure(rented - corporation, dwellings),
        "share_owner_occupied": Figure(100 - rented, dwellings),
        "share_multi_family": Figure(flats, dwellings),
        "share_single_family": Figure(100 - flats, dwellings),
        "share_unoccupied": Figure(_share(4, 0.8, town.central, random), dwellings),
        "share_built_from_2000": Figure(_share(27, 9, -town.rented, random, 2), dwellings),
    }


def _money(
    town: Traits, people: Numbers, households: Numbers, since: int, random: np.random.Generator
) -> dict[str, Figure]:
    income = (27_400 + 4_300 * town.income) * (1 + 0.034 * since)
    return {
        "income_per_resident": Figure(np.round(income, -2), people),
        "household_income": Figure(np.round(1.12 * income, -2), households),
        "share_low_income": Figure(_share(8.5, 2.9, -town.income, random), households),
        "share_social_minimum": Figure(_share(9.5, 3.1, -town.income, random), households),
        "share_households_lowest_40": Figure(_share(43, 9, -town.income, random), households),
        "share_households_highest_20": Figure(_share(19, 6, town.income, random), households),
        "welfare": Figure(np.round(people * (0.031 - 0.013 * town.income).clip(0.004, 0.12))),
        "disability_benefit": Figure(np.round(people * (0.044 - 0.008 * town.income).clip(0.006, 0.12))),
        "unemployment_benefit": Figure(np.round(people * (0.012 - 0.002 * town.income).clip(0.002, 0.05))),
        "state_pension": Figure(np.round(people * (0.185 - 0.055 * town.young).clip(0.03, 0.5))),
        "labour_participation": Figure(_share(67, 4, town.income, random, 35, 86), people),
        "education_low": Figure(np.round(people * (0.20 - 0.05 * town.income).clip(0.04, 0.5))),
        "education_middle": Figure(np.round(people * np.full(len(people), 0.29))),
        "education_high": Figure(np.round(people * (0.27 + 0.07 * town.income).clip(0.05, 0.6))),
        "youth_care": Figure(np.round(people * (0.026 - 0.006 * town.income + 0.004 * town.young).clip(0.004, 0.09))),
        "social_support": Figure(
            np.round(people * (0.058 - 0.012 * town.income - 0.012 * town.young).clip(0.008, 0.2))
        ),
    }


def _around(town: Traits, people: Numbers, households: Numbers, random: np.random.Generator) -> dict[str, Figure]:
    def distance(base: float, step: float) -> Numbers:
        return np.asarray(np.round((base - step * town.central + random.normal(0, 0.06, len(people))).clip(0.2, 4), 1))

    cars = np.round(households * (0.86 + 0.17 * town.income - 0.16 * town.central).clip(0.25, 1.7))
    return {
        "distance_gp": Figure(distance(0.9, 0.2), people),
        "distance_supermarket": Figure(distance(0.7, 0.2), people),
        "distance_daycare": Figure(distance(0.6, 0.1), people),
        "distance_school": Figure(distance(0.7, 0.1), people),
        "schools_within_3_km": Figure(np.round((9.5 + 3.1 * town.central).clip(1, 20), 1), people),
        "businesses": Figure(np.round(people * (0.085 + 0.03 * town.central).clip(0.02, 0.4))),
        "businesses_trade_catering": Figure(np.round(people * (0.017 + 0.008 * town.central).clip(0.002, 0.1))),
        "cars": Figure(cars),
        "area_land": Figure(np.round(town.hectares)),
        "area_water": Figure(np.round(town.hectares * 0.06)),
        "crime_theft_home": Figure(np.round((3.1 + 0.9 * town.central).clip(0.3, 12), 0), people),
        "crime_vandalism_order": Figure(
            np.round((5.6 + 2.2 * town.central - 0.7 * town.bond).clip(0.5, 25), 0), people
        ),
        "crime_violence": Figure(np.round((5.1 + 2.0 * town.central - 0.6 * town.income).clip(0.5, 25), 0), people),
    }
