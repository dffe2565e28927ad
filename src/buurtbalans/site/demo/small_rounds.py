"""Four small invented rounds: one that ended, the one that follows it and shares, one that means, one that agrees."""

from collections.abc import Mapping
from datetime import date

from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.plans.actions.efforts import agree_effort
from buurtbalans.method.plans.actions.results import agree_result
from buurtbalans.method.rounds.actions.onward import close_round, start_follow_up
from buurtbalans.method.rounds.actions.picture import create_line
from buurtbalans.method.rounds.actions.round import edit_round
from buurtbalans.method.rounds.actions.versions import share_picture
from buurtbalans.method.rounds.models import Claim, Parked, Round
from buurtbalans.method.rounds.queries.evidence import range_of
from buurtbalans.site.demo.agreements import make_agreement
from buurtbalans.site.demo.table import Table, begin, day, moment

NOW = 2025


def bloemhof(people: Mapping[str, Person], release: Release) -> Round:
    """Return a small round that ended: what was reached, and one question that waited."""
    round = begin(
        people["noor"],
        "Bloemhof",
        "Kinderen speelden tussen de geparkeerde auto’s.",
        "Waar spelen de kleinste kinderen?",
        release,
    )
    table = Table(people, round)
    table.invite(Role.CORE_MEMBER, ("joris", "lotte"))
    make_agreement(people, table.round)
    table.invite(Role.RING_MEMBER, ("kees",))
    table.steps([(number, "klaar", 430 - 60 * number, "") for number in range(1, 7)])
    story = table.hear("joris", "Mijn dochter leert fietsen op de stoep.", age="30-45", theme="wonen", tone="zorg")
    claim = table.claim(
        "joris", "Dichtbij huis is geen plek om te spelen", "", [("population", NOW, "niets")], [(story, "ja")]
    )
    table.judge(
        claim,
        "bevestigd",
        "Iedereen die wij spraken zegt dit. De kaart laat geen speelplek zien.",
        {
            "noor": ("bevestigd", "Op de kaart staat geen enkele speelplek."),
            "joris": ("bevestigd", "Ouders vertellen dit in elk gesprek."),
            "lotte": ("bevestigd", "Kinderen spelen nu in onze trappenhuizen."),
        },
    )
    table.meet(
        "Kijken wat de speelstoep bracht",
        [6],
        at=moment(-60, 15),
        where="de speelstoep",
        notes="Op woensdag spelen er acht tot twaalf kinderen. Ouders vragen of er ook iets komt voor oudere kinderen.",
    )
    table.park("lotte", "Wat doen jongeren van twaalf tot zestien na school?", "Dat was een andere vraag.")
    close_round(
        by=table.guide,
        round=round,
        version=round.version,
        reached="Er is een speelstoep. Op woensdag spelen er acht tot twaalf kinderen, en ouders zitten erbij.",
        onward="De buurt beheert de stoep zelf. Nu is de vraag van de jongeren aan de beurt.",
    )
    Round.objects.filter(pk=round.pk).update(closed_on=day(-55))
    round.refresh_from_db()
    return round


def bloemhof_again(people: Mapping[str, Person], release: Release) -> Round:
    """Return the round that follows the one of Bloemhof: it gathers what is known."""
    before = Round.objects.get(slug="bloemhof")
    round = start_follow_up(
        by=people["noor"],
        before=before,
        release=release.id,
        scope="smal",
        parked=list(Parked.objects.filter(round=before)),
        core=[people["joris"], people["lotte"]],
        ring=[people["kees"]],
        question="Wat doen jongeren van twaalf tot zestien na school?",
        occasion="Ouders van de speelstoep vroegen ernaar.",
    )
    table = Table(people, round)
    table.invite(Role.CORE_MEMBER, ("ruben",))
    make_agreement(people, table.round)
    table.invite(Role.AMBASSADOR, ("anna",))
    table.steps([(1, "klaar", 25, ""), (2, "nu", 12, "verhalen van jongeren")])
    table.meet(
        "Wat vertelden jongeren zelf?",
        [2, 3],
        at=moment(9, 16),
        where="de school aan de Kievit",
    )
    table.hear(
        "joris",
        "Thuis is het te klein om af te spreken. Wij hangen bij de supermarkt.",
        age="0-18",
        tone="zorg",
        theme="ontmoeten",
    )
    table.hear(
        "lotte",
        "Drie meisjes ruimen elke vrijdag het portiek op. Niemand vroeg het ze.",
        source="professional",
        who="professional",
        tone="kracht",
        theme="ontmoeten",
    )
    table.look("stap2-verhalen", 2, "Twee verhalen. Meisjes spraken we nog weinig.")
    table.look("stap2-krachten", 3, "We begonnen met wat goed gaat.")
    return round


def marktbuurt(people: Mapping[str, Person], release: Release) -> Round:
    """Return the round that makes its picture: claims tested, one organisation sees it otherwise."""
    round = begin(
        people["noor"],
        "Marktbuurt",
        "Nieuwe buren komen van buiten de stad. Zij kennen de weg nog niet.",
        "Hoe leren oude en nieuwe buren elkaar kennen?",
        release,
    )
    table = Table(people, round)
    table.invite(Role.CORE_MEMBER, ("lotte", "amina", "joris"))
    make_agreement(people, table.round)
    table.invite(Role.RING_MEMBER, ("kees",))
    table.steps([(1, "klaar", 90, ""), (2, "klaar", 62, ""), (3, "klaar", 33, ""), (4, "nu", 10, "beeld in de maak")])
    claims = _marktbuurt_claims(table)
    edit_round(
        by=table.guide,
        round=round,
        version=round.version,
        finding="Buren groeten elkaar, maar kennen elkaars naam niet",
    )
    for kind, text, rests in (
        ("kracht", "Op de trap groet iedereen elkaar.", claims[:1]),
        ("kans", "De markt kan een plek worden om elkaar te leren kennen.", claims[:1]),
        ("zorg", "Wie nieuw is, weet niet wie kan helpen.", claims[1:]),
    ):
        create_line(by=table.guide, round=round, kind=kind, text=text, claims=rests)
    table.meet("Samen het beeld lezen, hardop", [4], at=moment(5, 9, 30), where="de markthal")
    table.look("stap4-beeld", 2, "De zin is klaar, maar de betrokkenen hebben deze nog niet gelezen.")
    table.look("stap4-anders", 3, "Haven Wonen ziet het anders. Dat staat erbij.")
    return round


def _marktbuurt_claims(table: Table) -> list[Claim]:
    stairs = table.hear(
        "joris", "Ik weet van iedereen de stem, van niemand de naam.", age="45-60", theme="ontmoeten", tone="kans"
    )
    new = table.hear(
        "amina", "In de eerste maand sprak ik alleen met de bezorger.", age="18-30", theme="ontmoeten", tone="zorg"
    )
    greet = table.claim(
        "joris",
        "Buren in de Marktbuurt helpen elkaar",
        "",
        [("neighbours_help", NOW, "ja en nee")],
        [(stairs, "ja en nee")],
    )
    lost = table.claim(
        "amina", "Nieuwe buren weten niet wie kan helpen", "", [("knows_helper", NOW, "ja")], [(new, "ja")]
    )
    table.judge(
        greet,
        "genuanceerd",
        "Groeten wel, helpen soms. Wie elkaars naam kent, helpt eerder.",
        {
            "noor": ("genuanceerd", "Groeten is nog geen helpen."),
            "joris": ("genuanceerd", "Op de ene trap wel, op de andere niet."),
            "amina": ("genuanceerd", "Nieuwe buren staan er vaak buiten."),
        },
    )
    table.judge(
        lost,
        "bevestigd",
        "Cijfers en verhalen zeggen hetzelfde.",
        {
            "noor": ("bevestigd", "Nieuwe bewoners bellen de gemeente voor alles."),
            "amina": ("bevestigd", "Onze cliënten kennen niemand op de trap."),
            "joris": ("bevestigd", "Wij horen dit van mensen die hier net wonen."),
            "lotte": ("tegengesproken", "Onze nieuwe huurders krijgen een map met namen en nummers."),
        },
    )
    return [greet, lost]


def componisten(people: Mapping[str, Person], release: Release) -> Round:
    """Return the round that agrees who does what: one result, one quick win, one that nobody took yet."""
    round = begin(
        people["noor"],
        "Componisten",
        "Het wijkcentrum bleef dicht na de verbouwing.",
        "Wat missen mensen nu het wijkcentrum dicht is?",
        release,
    )
    table = Table(people, round)
    table.invite(Role.CORE_MEMBER, ("lotte", "amina", "ruben"))
    make_agreement(people, table.round)
    table.invite(Role.RING_MEMBER, ("kees",))
    table.steps([(number, "klaar", 160 - 30 * number, "") for number in range(1, 5)] + [(5, "nu", 8, "")])
    story = table.hear(
        "amina", "Vroeger liep ik even binnen. Nu zit ik thuis.", age="60-75", theme="ontmoeten", tone="zorg"
    )
    claim = table.claim(
        "amina", "Dichtbij is geen plek om anderen te zien", "", [("meeting_place_near", NOW, "ja")], [(story, "ja")]
    )
    table.judge(
        claim,
        "bevestigd",
        "Het cijfer daalde, en iedereen noemt het wijkcentrum.",
        {
            "noor": ("bevestigd", "Sinds de verbouwing is er geen plek meer open."),
            "lotte": ("bevestigd", "Huurders vragen wanneer het wijkcentrum opengaat."),
            "amina": ("bevestigd", "Onze cliënten zitten nu thuis."),
            "ruben": ("bevestigd", "Het spreekuur in het wijkcentrum is weg."),
        },
    )
    edit_round(
        by=table.guide,
        round=round,
        version=round.version,
        finding="Een buurt die haar huiskamer kwijt is",
        need="Een plek om binnen te lopen, al is hij klein.",
    )
    create_line(
        by=table.guide, round=round, kind="kracht", text="Oud-vrijwilligers willen weer beginnen.", claims=[claim]
    )
    create_line(by=table.guide, round=round, kind="zorg", text="Er is geen plek om anderen te zien.", claims=[claim])
    share_picture(by=table.guide, round=round)
    _componisten_plan(table, claim)
    table.meet("Wie doet wat?", [5], at=moment(3, 13), where="de school")
    table.look("stap5-resultaten", 2, "Het doel is duidelijk. Wie meet, spreken we nog af.")
    table.look("stap5-ruimte", 0, "Hier keken we nog niet naar.")
    return round


def _componisten_plan(table: Table, claim: Claim) -> None:
    baseline = table.figure("meeting_place_near", NOW)
    _low, high = range_of(baseline)
    result = agree_result(
        by=table.guide,
        round=table.round,
        title="Meer mensen hebben dichtbij een plek om anderen te zien",
        per_what="van de 100 mensen",
        baseline=baseline,
        target_low=round(high) + 4,
        target_high=round(high) + 10,
        target_year=NOW + 2,
        claims=[claim],
    )
    agree_effort(
        by=table.people["lotte"],
        result=result,
        organisation=table.organisation("lotte"),
        claims=[claim],
        what="Zet een lege winkel twee ochtenden per week open.",
        first_sign="tien bezoekers per ochtend",
        state="begint",
        since=day(20),
        evidence_class="eigen_idee",
    )
    agree_effort(
        by=table.people["ruben"],
        result=result,
        organisation=table.organisation("ruben"),
        claims=[claim],
        what="Kookt elke maandag met bewoners bij het loket.",
        first_sign="vijf bewoners komen terug",
        state="loopt",
        since=date(NOW, 9, 1),
        evidence_class="bewezen",
        intervention="samen-iets-doen",
    )
