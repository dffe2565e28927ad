"""What people of the invented town answered in its residents' survey, and what its partners counted."""

import numpy as np

from buurtbalans.site.demo.traits import Figure, Numbers, Traits

# Indicator: (chance in an average buurt, step per trait, yearly drift in an average buurt).
QUESTIONS: dict[str, tuple[float, dict[str, float], float]] = {
    "feels_at_home": (0.68, {"bond": 0.085}, 0.001),
    "safe_in_evening": (0.69, {"evening": 0.105, "bond": 0.02}, -0.004),
    "neighbours_help": (0.55, {"bond": 0.09, "young": 0.02}, 0.004),
    "trusts_neighbours": (0.61, {"bond": 0.085}, 0.0),
    "knows_helper": (0.58, {"bond": 0.08, "young": -0.02}, 0.003),
    "street_nuisance": (0.24, {"evening": -0.07, "central": 0.03}, 0.003),
    "clean_and_whole": (0.57, {"evening": 0.04, "income": 0.02}, 0.0),
    "gp_has_room": (0.74, {"central": 0.02}, -0.012),
    "uses_community_centre": (0.17, {"bond": 0.025}, 0.002),
    "meeting_place_near": (0.49, {"central": 0.05, "bond": 0.03}, 0.002),
    "green_near": (0.63, {"central": -0.06}, 0.0),
}
# Change on top of that, per year since 2021, in buurten of which a round tells.
TURNS: dict[str, dict[str, float]] = {
    "Weverskwartier": {"neighbours_help": 0.035, "safe_in_evening": -0.022, "gp_has_room": -0.03},
    "Oude Werf": {"knows_helper": 0.05, "meeting_place_near": 0.06},
}


def _answers(town: Traits, people: Numbers, random: np.random.Generator) -> Numbers:
    asked = (people * 0.13).clip(75, 460)
    return np.asarray(np.round(np.minimum(asked * random.uniform(0.85, 1.15, len(people)), people)))


def survey(town: Traits, counted: dict[str, Figure], year: int, random: np.random.Generator) -> dict[str, Figure]:
    """Return the survey of one year: shares of the answers given, with the number of answers as their weight."""
    since = year - 2021
    people = counted["population"].values
    answers = _answers(town, people, random)
    elderly = counted["population_65_plus"].values
    old = np.round(2 * answers * (elderly / people * 1.3).clip(0.05, 0.7))  # they had a second list, for them alone
    old = np.minimum(np.maximum(old, 55), elderly)
    shares: dict[str, Figure] = {}
    for name, (base, steps, drift) in QUESTIONS.items():
        chance = base + sum(step * getattr(town, trait) for trait, step in steps.items()) + drift * since
        chance = np.asarray(chance + since * _turn(town, name)).clip(0.03, 0.96)
        shares[name] = Figure(100 * random.binomial(answers.astype(int), chance) / answers, answers)
    lonely = np.asarray((0.16 - 0.03 * town.bond - 0.02 * since * _known(town, "Oude Werf")).clip(0.02, 0.6))
    shares["lonely_65_plus"] = Figure(100 * random.binomial(old.astype(int), lonely) / np.maximum(old, 1), old)
    return shares | {"survey_respondents": Figure(answers), "survey_respondents_65_plus": Figure(old)}


def _known(town: Traits, name: str) -> Numbers:
    return np.array([known == name for known in town.names], dtype=float)


def _turn(town: Traits, indicator: str) -> Numbers:
    return np.array([TURNS.get(name, {}).get(indicator, 0.0) for name in town.names])


def partner_figures(
    town: Traits, counted: dict[str, Figure], year: int, random: np.random.Generator
) -> dict[str, Figure]:
    """Return what the neighbourhood teams, the corporations and the municipality counted themselves."""
    households = counted["households"].values
    tenants = np.round(households * counted["share_corporation"].values / 100)
    chance = (0.028 - 0.009 * town.income).clip(0.004, 0.1)
    late = (0.041 - 0.012 * town.income).clip(0.006, 0.2)
    square = (210 + 45 * town.central + 12 * (year - 2021)) * random.uniform(0.85, 1.15, len(households))
    return {
        "debt_help": Figure(random.binomial(households.astype(int), chance).astype(float)),
        "corporation_tenants": Figure(tenants),
        "rent_arrears": Figure(100 * random.binomial(tenants.astype(int), late) / np.maximum(tenants, 1), tenants),
        "people_on_square": Figure(np.round(square.clip(15, None))),
    }
