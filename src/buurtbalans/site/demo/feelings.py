"""What people of the Weverskwartier feel and where: told on the market and at the door, by day and in the evening."""

import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import shapely

from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories.actions.feelings import create_feeling, publish_feelings
from buurtbalans.method.stories.actions.review import approve_contribution
from buurtbalans.method.stories.models import Feeling
from buurtbalans.method.stories.rules import colleagues
from buurtbalans.site.demo.table import Table
from buurtbalans.site.demo.town import town

SEED = 1871
PEOPLE = 170  # asked on the market and at the door: enough for squares that others may see
WRITERS = ("joris", "amina", "lotte")
KINDS = ("bewoner", "bewoner", "bewoner", "bewoner", "ondernemer", "vrijwilliger", "bezoeker", "professional")
AGES = ("0-18", "18-30", "30-45", "45-60", "60-75", "75+", "")
# part of the quarter: what people name there by day, and in the evening
NAMED = {
    "Lindeplein": (("blij", "thuis", "trots", "blij"), ("bang", "onrustig", "onrustig", "blij")),
    "Spoorstrook": (("onrustig", "veilig", "boos"), ("bang", "onrustig")),
    "Weverhof": (("thuis", "trots", "thuis"), ("thuis", "veilig")),
    "Garenmarkt": (("blij", "blij", "veilig", "boos"), ("onrustig", "veilig")),
    "Kadestraat": (("veilig", "blij"), ("onrustig", "bang", "veilig")),
    "Spoelhof": (("thuis", "veilig", "trots"), ("thuis", "boos")),
    "Zuidrand": (("veilig", "thuis", "blij"), ("veilig", "thuis", "onrustig")),
}
SAID = (  # part, by day or in the evening, feeling, why, who, age
    ("Lindeplein", "avond", "bang", "De lampen bij de speeltuin doen het niet. Ik loop om.", "bewoner", "60-75"),
    ("Lindeplein", "avond", "onrustig", "Het is er zo leeg dat ik mijn eigen stappen hoor.", "bewoner", "30-45"),
    ("Lindeplein", "avond", "blij", "In de zomer zitten we hier met de hele trap.", "bewoner", "30-45"),
    ("Lindeplein", "overdag", "trots", "Wij plantten deze bomen met de buurt.", "vrijwilliger", "60-75"),
    ("Lindeplein", "overdag", "blij", "Op zaterdag is er markt.", "bewoner", "75+"),
    ("Weverhof", "overdag", "thuis", "Hier groet iedereen elkaar.", "bewoner", "45-60"),
    ("Weverhof", "avond", "veilig", "Er brandt altijd wel ergens licht.", "bewoner", "75+"),
    ("Garenmarkt", "overdag", "boos", "De fietsen staan voor de deur van de winkel.", "ondernemer", "45-60"),
    ("Spoorstrook", "avond", "bang", "Onder het spoor ziet niemand u.", "bewoner", "18-30"),
    ("Kadestraat", "avond", "onrustig", "Er wordt hard gereden langs het water.", "bewoner", "30-45"),
    ("Kadestraat", "overdag", "anders", "Nieuwsgierig: er komt steeds iemand anders wonen.", "bewoner", "60-75"),
    ("Zuidrand", "avond", "thuis", "Mijn kinderen spelen tot laat op de stoep.", "bewoner", "30-45"),
)


def feelings(table: Table) -> None:
    """Put what was told on the map, and show the ring how it feels in squares of enough people."""
    chance = random.Random(SEED)
    for number, (part, when, mood, why, who, age) in enumerate(SAID):
        writer = WRITERS[number % len(WRITERS)]
        told = _put(table, writer, part, chance, mood=mood, day_part=when, reason=why, who=who, age=age, seen=True)
        if told.asked_id:
            approve_contribution(by=colleagues(told.author).order_by("pk")[0], told=told, version=told.version)
    for number in range(PEOPLE):
        about = {"voice": UUID(int=chance.getrandbits(128)), "who": chance.choice(KINDS), "age": chance.choice(AGES)}
        for part, when, mood in _named(chance):
            _put(table, WRITERS[number % len(WRITERS)], part, chance, mood=mood, day_part=when, **about)
    place: Neighbourhood = table.round.neighbourhood
    west, south, east, north = shapely.total_bounds(list(town().streets.parts.values()))
    publish_feelings(
        by=table.guide,
        neighbourhood=place,
        core=table.round.core,
        circle=table.round.ring,
        bounds=(west, south, east, north),
    )


def _named(chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield what one person names: one place by day, and for most another in the evening."""
    for when, likely in ((0, 0.9), (1, 0.75)):
        if chance.random() < likely:
            part = chance.choice(tuple(NAMED))
            yield part, ("overdag", "avond")[when], chance.choice(NAMED[part][when])


def _put(table: Table, writer: str, part: str, chance: random.Random, **about: Any) -> Feeling:
    """Put one feeling somewhere in a part of the quarter."""
    shape = town().streets.parts[part]
    west, south, east, north = shape.bounds
    while True:
        at = shapely.Point(chance.uniform(west, east), chance.uniform(south, north))
        if shape.contains(at):
            break
    given: dict[str, Any] = {"voice": UUID(int=chance.getrandbits(128)), **about}
    made: Feeling = create_feeling(
        by=table.people[writer],
        neighbourhood=table.round.neighbourhood,
        circle=table.round.core,
        longitude=at.x,
        latitude=at.y,
        **given,
    )
    return made
