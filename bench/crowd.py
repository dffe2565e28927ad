"""A crowded large map: an invented city of 500 buurten with 2,000 stories and 500 feelings, in the data of a demo."""

import os
import random
import sys
from pathlib import Path
from typing import Any, Final
from uuid import UUID

STORIES: Final = 2_000
FEELINGS: Final = 500
ACROSS, DOWN = 25, 20  # buurten
YEAR: Final = 2025
CITY: Final = "GM9998"
CORNER: Final = (5.60, 52.60)
SIDE: Final = (0.0058, 0.0036)  # degrees of a buurt: about 400 metres
GUIDE: Final = "samira"


def city() -> Any:
    """Return the division of the city: 500 buurten with crooked borders that fit, in 20 wijken."""
    import shapely

    from buurtbalans.figures.area.codes import AreaLevel
    from buurtbalans.figures.area.division import Area, Division

    chance = random.Random(5)
    corners = {
        (across, down): (
            CORNER[0] + SIDE[0] * (across + chance.uniform(-0.3, 0.3)),
            CORNER[1] + SIDE[1] * (down + chance.uniform(-0.3, 0.3)),
        )
        for across in range(ACROSS + 1)
        for down in range(DOWN + 1)
    }
    buurten = []
    for down in range(DOWN):
        for across in range(ACROSS):
            around = [corners[across + x, down + y] for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
            code = f"BU9998{down:02}{across:02}"
            buurten.append(
                Area(
                    code,
                    f"Buurt {down + 1}.{across + 1}",
                    AreaLevel.BUURT,
                    YEAR,
                    f"WK9998{down:02}",
                    geometry=shapely.MultiPolygon([shapely.Polygon(around)]),
                )
            )
    rows = [[each for each in buurten if each.parent == f"WK9998{down:02}"] for down in range(DOWN)]
    wijken = [
        Area(f"WK9998{down:02}", f"Wijk {down + 1}", AreaLevel.WIJK, YEAR, CITY, geometry=_together(row))
        for down, row in enumerate(rows)
    ]
    whole = Area(CITY, "Druktestad", AreaLevel.GEMEENTE, YEAR, geometry=_together(buurten))
    return Division(YEAR, [whole, *wijken, *buurten])


def _together(areas: Any) -> Any:
    import shapely

    joined = shapely.union_all([each.geometry for each in areas])
    return joined if joined.geom_type == "MultiPolygon" else shapely.MultiPolygon([joined])


def release(division: Any) -> str:
    """Put the figures of the city in the store, beside those of the demo, and return their number."""
    import polars as pl

    from buurtbalans.figures.observation import SCHEMA
    from buurtbalans.figures.sources.delivery import AREAS, SourceData, SourceInfo
    from buurtbalans.method.datasets.queries import releases

    chance = random.Random(6)
    people = {each.code: 5 * chance.randrange(40, 800) for each in division.of_level("buurt")}
    for level in ("wijk", "gemeente"):
        for each in division.of_level(level):
            inside = each.code.replace("WK", "BU") if level == "wijk" else "BU"
            people[each.code] = sum(number for code, number in people.items() if code.startswith(inside))
    rows = [(each.code, str(each.level), YEAR, "population", YEAR, people[each.code], None) for each in division]
    names = ["area", "level", "division", "indicator", "period", "value", "absence"]
    seen = pl.DataFrame(rows, schema=names, orient="row").select(list(SCHEMA)).cast(dict(SCHEMA))  # type: ignore[arg-type]
    areas = [(each.code, each.name, str(each.level), YEAR, CITY) for each in division]
    source = SourceInfo("cbs-kwb", "Druktestad (verzonnen)", "Kerncijfers", "verzonnen", "", None, (), True)
    delivery = SourceData(seen, pl.DataFrame(areas, schema=AREAS, orient="row"), source)
    return str(releases.store().add([delivery], [division], title="Druktestad", invented=True))


def fill(folder: str) -> None:
    """Put the city, its round and all that people told in the data of a demo, and print the name of the round."""
    from tests.shell import WITHIN

    os.environ |= {
        WITHIN: "1",  # these settings are ours, not those of somebody's shell
        "BUURTBALANS_DATA": folder,
        "BUURTBALANS_DATABASE": "",
        "BUURTBALANS_SECRET_KEY": "x" * 60,
        "BUURTBALANS_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "buurtbalans.site.settings",
    }
    import django

    django.setup()
    from buurtbalans.method.people.models import Person
    from buurtbalans.method.places.actions import draw_neighbourhood
    from buurtbalans.method.rounds.actions.round import start_round

    guide, division = Person.objects.get(username=GUIDE), city()
    codes = [area.code for area in division.of_level("buurt")]
    place = draw_neighbourhood(by=guide, name="Druktestad", municipality=CITY, division=YEAR, codes=codes, known=codes)
    round = start_round(
        by=guide,
        neighbourhood=place,
        occasion="Er is veel te zien.",
        question="Wat gebeurt hier?",
        scope="smal",
        release=release(division),
    )
    crowd(round, guide)
    print(round.slug)


def crowd(round: Any, guide: Any) -> None:
    """Write what people told straight into the tables: this measures reading."""
    from buurtbalans.method.places.rules import blurred
    from buurtbalans.method.stories.models import Feeling, Mood, Story, Tone

    chance = random.Random(7)

    def place() -> dict[str, float]:
        east, north = CORNER[0] + SIDE[0] * chance.uniform(0, ACROSS), CORNER[1] + SIDE[1] * chance.uniform(0, DOWN)
        return dict(zip(("longitude", "latitude"), blurred(east, north), strict=True))

    about = {
        "neighbourhood": round.neighbourhood,
        "circle": round.core,
        "author": guide,
        "heard_by": guide.organisation,
    }
    words = ["De lampen doen het niet.", "Hier groeten buren elkaar.", "De bus rijdt niet meer.", "Het is er rustig."]
    tones, moods = list(Tone), [mood for mood in Mood if mood != Mood.OTHER]
    Story.objects.bulk_create(
        Story(
            text=f"{chance.choice(words)} ({number})", source="bewoner", tone=chance.choice(tones), **place(), **about
        )
        for number in range(STORIES)
    )
    Feeling.objects.bulk_create(
        Feeling(mood=chance.choice(moods), day_part="overdag", voice=UUID(int=number), **place(), **about)
        for number in range(FEELINGS)
    )


if __name__ == "__main__":
    fill(str(Path(sys.argv[1]).resolve()))
