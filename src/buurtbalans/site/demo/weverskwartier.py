"""The invented round in the middle: how does the Lindeplein stay everybody's, also in the evening?"""

from collections.abc import Mapping
from typing import Any

from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.rounds.actions.gaps import create_gap
from buurtbalans.method.rounds.actions.picture import create_line
from buurtbalans.method.rounds.actions.round import edit_round
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.stories.models import Story
from buurtbalans.site.demo import ratings
from buurtbalans.site.demo.agreements import make_agreement
from buurtbalans.site.demo.carrying import weavers_carrying
from buurtbalans.site.demo.codebook import codebook
from buurtbalans.site.demo.feelings import feelings
from buurtbalans.site.demo.table import Table, begin, day, moment
from buurtbalans.site.demo.together import bring_to_the_table, choose_openly, hear_residents, lay_before
from buurtbalans.site.demo.town import town
from buurtbalans.site.demo.weavers_map import place_in, weavers_map
from buurtbalans.site.demo.weavers_plan import weavers_plan

NOW = 2025


def weverskwartier(people: Mapping[str, Person], release: Release) -> Round:
    """Return the round of the Weverskwartier: claims tested, a first picture and a first plan."""
    round = begin(
        people["samira"],
        "Weverskwartier",
        "Vrijwilligers stopten met de avondcursus. Zij gaan liever niet meer over het plein.",
        "Hoe blijft het Lindeplein van iedereen, ook ’s avonds?",
        release,
    )
    table = Table(people, round)
    table.invite(Role.CORE_MEMBER, ("joris", "fatima", "lotte", "amina", "ruben", "daan"))
    make_agreement(people, table.round)
    table.invite(Role.RING_MEMBER, ("ria", "kees"))
    table.steps([(1, "klaar", 60, ""), (2, "klaar", 30, ""), (3, "nu", 28, "")])
    edit_round(
        by=people["samira"],
        round=round,
        version=round.version,
        finding="Een hechte buurt, met een plein dat ’s avonds te leeg en te donker is",
        need="Licht en een vaste plek om binnen te lopen. Niet meer toezicht. Begin klein, in het najaar.",
    )
    stories = _stories(table)
    claims = _claims(table, stories)
    codebook(table, stories)
    feelings(table)
    ratings.weavers(table)
    _picture(table, claims)
    _course(table, claims)
    bring_to_the_table(table, claims["quiet"])
    weavers_plan(table, claims)
    weavers_carrying(table, claims)
    weavers_map(table)
    return round


def _course(table: Table, claims: Mapping[str, Claim]) -> None:
    """Give the round its meetings, its sub-team, how far it is, and what waits for another time."""
    table.meet("Werksessie in De Spoel, met 6 organisaties", [3, 4], at=moment(7, 10))
    table.meet(
        "Eerste bijeenkomst: wat delen we?",
        [1, 2],
        at=moment(-56, 9, 30),
        where="stadsdeelkantoor",
        notes="We delen tellingen, geen namen. Iedereen noemde één kracht. De vraag werd smaller: het plein.",
    )
    table.meet(
        "Cijfers en verhalen op de grote kaart",
        [2, 3],
        at=moment(-27, 13),
        where="De Spoel",
        notes="De kaart was het keerpunt: overdag druk, ’s avonds leeg. Wij weten nog niet hoe het met ouderen gaat.",
    )
    evening = table.subteam("De avondploeg", "Hoe is het plein na negen uur?", ("joris", "lotte", "ria"))
    table.found(
        "joris",
        evening,
        "Wij gingen drie avonden langs en spraken elf mensen. Zeven liepen om. Bijna iedereen noemde het licht.",
    )
    table.look("stap3-bewijs", 3, "Bij het plein ligt ook wat elkaar tegenspreekt.")
    table.look("stap3-open", 2, "Twee vragen hebben een eigenaar.")
    table.park("fatima", "Fietsen in de portieken van de Weverhof", "Dat gaat niet over het plein.")
    table.park("ruben", "Mensen die net te veel verdienen voor hulp", "Een goede vraag voor een volgende ronde.")


def _stories(table: Table) -> dict[str, Story]:
    middle = town().streets.square.centroid

    def at(east: float, north: float) -> dict[str, Any]:
        return {"longitude": round(middle.x + east / 68_000, 6), "latitude": round(middle.y + north / 111_000, 6)}

    square: dict[str, Any] = {"place": "het Lindeplein", "period": "dit najaar", "time_of_day": "avond"}
    ring = table.round.ring
    table.hear(
        "lotte",
        "Onze huismeester ziet het anders. Rond tien uur is het plein vol.",
        circle=table.organisation("lotte").circle,
        source="professional",
        who="professional",
        tone="gebeurtenis",
        theme="veiligheid",
        **square,
    )
    return {
        "dark": table.hear(
            "joris",
            "Na negen uur zit er niemand meer op het plein. De lampen bij de speeltuin doen het niet. Ik loop dan om.",
            age="60-75",
            tone="zorg",
            theme="veiligheid",
            importance=3,
            **square,
            **at(-38, 22),
        ),
        "summer": table.hear(
            "ria",
            "In de zomer zitten er tot elf uur gezinnen. Het is dan juist gezellig.",
            circle=ring,
            age="30-45",
            tone="kracht",
            theme="ontmoeten",
            place="het Lindeplein",
            period="vorige zomer",
            time_of_day="avond",
            **at(40, 30),
        ),
        "clients": table.hear(
            "amina",
            "Wij zien geen groepen meer. Maar cliënten komen na het eten niet meer naar de inloop.",
            source="professional",
            who="professional",
            tone="zorg",
            theme="zorg",
            **square,
            **at(52, -40),
        ),
        "groceries": table.hear(
            "ria",
            "Mijn buurvrouw doet al jaren mijn boodschappen. Ik pas op haar kat.",
            circle=ring,
            age="75+",
            tone="kracht",
            theme="ontmoeten",
            place="de Weverhof",
            **place_in("Weverhof", 0, -60),
        ),
        "market": table.hear(
            "ria",
            "Zaterdag is er markt. Dan leeft het plein.",
            circle=ring,
            tone="kracht",
            theme="ontmoeten",
            place="het Lindeplein",
            time_of_day="ochtend",
            **at(-6, -34),
        ),
        "sweeping": table.hear(
            "joris",
            "De groene groep veegt elke week. Bij ons in de straat ligt bijna niets.",
            age="45-60",
            tone="kracht",
            theme="groen",
            place="de Spinnersstraat",
            **place_in("Zuidrand", -30, 40),
        ),
        "doctor": table.hear(
            "joris",
            "Ik belde drie huisartsen. Overal zat het vol.",
            age="30-45",
            tone="zorg",
            theme="zorg",
            importance=2,
            place="de Garenmarkt",
            **place_in("Garenmarkt", 20, 70),
        ),
    }


def _claims(table: Table, stories: Mapping[str, Story]) -> dict[str, Claim]:
    help_each_other = table.claim(
        "joris",
        "Buren in het Weverskwartier helpen elkaar",
        "Hier staat altijd wel een deur open.",
        [("neighbours_help", NOW, "ja"), ("trusts_neighbours", NOW, "ja")],
        [(stories["groceries"], "ja"), (stories["market"], "ja")],
    )
    quiet = table.claim(
        "joris",
        "Na negen uur is het Lindeplein te stil",
        "Onze vrijwilligers gaan liever niet meer over het plein na de avondcursus.",
        [
            ("safe_in_evening", NOW, "ja"),
            ("people_on_square", NOW, "nee", "Overdag is het plein juist drukker dan in andere buurten."),
            ("uses_community_centre", 2023, "niets"),
        ],
        [(stories["dark"], "ja"), (stories["summer"], "nee"), (stories["clients"], "ja en nee")],
    )
    doctor = table.claim(
        "amina",
        "De huisarts heeft weinig plek voor nieuwe mensen",
        "",
        [("gp_has_room", NOW, "ja")],
        [(stories["doctor"], "ja")],
    )
    lonely = table.claim(
        "fatima",
        "Ouderen in het Weverskwartier zijn eenzaam",
        "Ik zie ze wel achter het raam, maar niet op straat.",
        [("lonely_65_plus", NOW, "niets", "Er deden weinig ouderen mee. Het bereik is breed.")],
        [],
    )
    dirty = table.claim(
        "lotte", "De straten zijn niet schoon", "", [("clean_and_whole", NOW, "ja")], [(stories["sweeping"], "nee")]
    )
    _judge(table, help_each_other, quiet, doctor)
    table.answer(
        dirty,
        {
            "lotte": ("bevestigd", "Wij halen elke week grofvuil weg."),
            "joris": ("genuanceerd", "Rond de winkels wel, in de woonstraten niet."),
        },
    )
    for name, what, whom, claim in (
        ("amina", "Zijn ouderen hier vaak alleen?", "de huisartsen", lonely),
        ("samira", "Wanneer gaan de lampen bij de speeltuin uit?", "de beheerder van de straatverlichting", quiet),
    ):
        person = table.people[name]
        create_gap(
            by=person,
            round=table.round,
            what=what,
            organisation=table.organisation(name),
            whom=whom,
            before=day(12),
            claim=claim,
            owner=person,
        )
    return {"help": help_each_other, "quiet": quiet, "doctor": doctor, "lonely": lonely, "dirty": dirty}


def _judge(table: Table, help_each_other: Claim, quiet: Claim, doctor: Claim) -> None:
    table.judge(
        help_each_other,
        "bevestigd",
        "Meer mensen dan in de stad zeggen dit. De verhalen zeggen het ook.",
        {
            "samira": ("bevestigd", "Bij de markt kennen mensen elkaar al jaren."),
            "fatima": ("bevestigd", "Op de avondcursus regelen deelnemers zelf vervoer voor elkaar."),
            "lotte": ("bevestigd", "Huurders nemen pakjes aan en letten op elkaars huis."),
            "joris": ("bevestigd", "Wij horen dit in bijna elk gesprek."),
            "amina": ("bevestigd", "Veel cliënten noemen een buur die boodschappen doet."),
            "ruben": ("onbekend", ""),
        },
    )
    table.judge(
        quiet,
        "genuanceerd",
        "In het najaar en de winter is het plein ’s avonds stil en donker. In de zomer niet. "
        "Het gaat dus om licht en seizoen, niet om het plein zelf.",
        {
            "samira": ("genuanceerd", "Overdag is het druk, ’s avonds niet."),
            "fatima": ("bevestigd", "Onze vrijwilligers lopen liever om."),
            "joris": ("genuanceerd", "In de zomer zit het plein vol, daarna niet meer."),
            "amina": ("genuanceerd", "Het gaat om het najaar en de winter, niet om de zomer."),
            "lotte": ("tegengesproken", "Onze huismeester ziet het anders: het plein is vol."),
        },
    )
    table.judge(
        doctor,
        "bevestigd",
        "Het aantal mensen met een huisarts dichtbij daalt al jaren. De verhalen zeggen waarom.",
        {
            "amina": ("bevestigd", "Nieuwe cliënten wachten maanden op een huisarts."),
            "joris": ("bevestigd", "Mensen komen bij ons met vragen voor de huisarts."),
            "lotte": ("onbekend", ""),
        },
    )
    table.agree(quiet, "fatima")


def _picture(table: Table, claims: Mapping[str, Claim]) -> None:
    lines: tuple[tuple[str, str, list[str]], ...] = (
        ("kracht", "Buren helpen elkaar, vaak al jaren.", ["help"]),
        ("kracht", "De markt en de zomer maken van het plein een plek voor iedereen.", ["quiet"]),
        ("kans", "Het buurthuis kan in het najaar ’s avonds open.", ["quiet"]),
        ("zorg", "In najaar en winter is het plein ’s avonds stil en donker.", ["quiet"]),
        ("zorg", "De huisarts heeft weinig plek voor nieuwe mensen.", ["doctor"]),
        ("oorzaak", "De lampen bij de speeltuin zijn kapot.", []),
        ("oorzaak", "Het buurthuis sluit om vijf uur.", []),
        ("onbekend", "Eenzaamheid bij ouderen: te weinig mensen deden mee.", ["lonely"]),
    )
    for kind, text, rests in lines:
        create_line(by=table.guide, round=table.round, kind=kind, text=text, claims=[claims[name] for name in rests])
    _together(table)


def _together(table: Table) -> None:
    """Choose what comes first, lay the picture before the organisations, and answer residents."""
    choose_openly(
        table,
        {
            "samira": {
                "In najaar": (2, 3, 3, 2, 2),
                "De huisarts": (2, 2, 0, 3, 2),
                "Het buurthuis kan": (2, 1, 3, 1, 1),
            },
            "joris": {
                "In najaar": (3, 3, 3, 3, 2),
                "De huisarts": (1, 2, 1, 2, 1),
                "Het buurthuis kan": (3, 2, 3, 2, 2),
            },
            "amina": {
                "In najaar": (1, 2, 2, 2, 1),
                "De huisarts": (3, 3, 2, 3, 3),
                "Het buurthuis kan": (2, 2, 2, 2, 1),
            },
            "lotte": {"In najaar": (0, 1, 2, 1, 0), "De huisarts": (2, 2, 1, 2, 1)},
        },
        {
            "In najaar": "Wij kunnen er snel iets aan doen, en vrijwilligers stopten al.",
            "De huisarts": "- Dit is erg, maar hier kunnen wij weinig. Het gaat naar het zorgoverleg.",
        },
    )
    picture = lay_before(
        table,
        {
            "joris": ("eens", ""),
            "fatima": ("eens", ""),
            "amina": ("kanttekening", "De huisarts hoort ook bij wat eerst komt."),
            "lotte": ("oneens", "Het plein is niet leeg. Onze huismeester ziet er elke avond mensen."),
        },
    )
    hear_residents(
        table,
        picture,
        {
            "Zaterdag is er markt. Dan leeft het plein.": ("ria", "Klopt. De markt staat nu bij de krachten."),
            "Vergeet de kinderen niet. Zij spelen daar na school.": ("ria", ""),
        },
    )
