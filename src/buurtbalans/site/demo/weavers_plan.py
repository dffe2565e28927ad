"""The plan of the Weverskwartier: efforts that run, wait, stand still or were declined, and what placing asks here."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from buurtbalans.method.plans.actions import conditions, efforts, progress, results
from buurtbalans.method.plans.models import Effort, Result
from buurtbalans.method.plans.works import works
from buurtbalans.method.rounds.models import Claim
from buurtbalans.method.rounds.queries.evidence import range_of
from buurtbalans.site.demo.table import Table, day
from buurtbalans.site.demo.town import town

NOW: Final = 2025


class Told(NamedTuple):
    """One effort in short: who wrote it for whom, what, its sign, its state since when, and out of the list or not."""

    by: str
    who: str
    what: str
    sign: str
    state: str
    since: int
    works: str
    rests: tuple[str, ...]
    more: Mapping[str, Any]


def weavers_plan(table: Table, claims: Mapping[str, Claim]) -> None:
    """Agree the plan: two results with how they will be measured, efforts of five organisations, three conditions."""
    safe = _result(
        table,
        "Meer mensen voelen zich ’s avonds veilig",
        "safe_in_evening",
        [claims["quiet"]],
        "Met dezelfde vraag in het bewonersonderzoek.",
        "gemeente",
        "Op de markt en in het buurthuis: waar loopt u ’s avonds om?",
    )
    helper = _result(
        table,
        "Meer mensen kennen iemand die helpt",
        "knows_helper",
        [claims["help"], claims["doctor"]],
        "Met dezelfde vraag in het bewonersonderzoek.",
        "buurtteam",
        "",
    )
    for told in _safe(table):
        _agree(table, safe, told, claims)
    for told in _helper(table):
        _agree(table, helper, told, claims)
    _conditions(table, claims)


def _place(east: float, north: float) -> dict[str, Any]:
    middle = town().streets.square.centroid
    return {"longitude": round(middle.x + east / 68_000, 6), "latitude": round(middle.y + north / 111_000, 6)}


def _safe(table: Table) -> tuple[Told, ...]:
    people = table.people
    return (
        Told(
            "samira",
            "samira",
            "Repareert de lampen bij de speeltuin en zet er vier bij.",
            "minder meldingen over donker",
            "klaar",
            -20,
            "verlichting",
            ("quiet",),
            {
                "owner": people["samira"],
                "quick_win": True,
                "where": "de speeltuin",
                "ends_on": day(-20),
                **_place(-38, 22),
            },
        ),
        Told(
            "joris",
            "joris",
            "Opent het buurthuis twee avonden per week.",
            "20 tot 30 bezoekers per avond, nu 14 tot 18",
            "loopt",
            -13,
            "kwartiermaken",
            ("quiet",),
            {
                "owner": people["joris"],
                "where": "buurthuis De Spoel",
                "starts_on": day(-13),
                "renew_by": day(21),
                **_place(58, -46),
            },
        ),
        Told(
            "samira",
            "ria",
            "Koken samen op het plein, één keer per maand.",
            "nieuwe gezichten, geteld door de kookgroep",
            "begint",
            120,
            "",
            ("quiet", "help"),
            {
                "together_with": "de school",
                "where": "het Lindeplein",
                "starts_on": day(120),
                "renew_by": day(365),
                **_place(0, -6),
            },
        ),
        Told(
            "joris",
            "lotte",
            "Laat elke dag een huismeester rondlopen.",
            "bewoners weten wie de huismeester is",
            "begint",
            30,
            "huismeester",
            ("quiet",),
            {"where": "de blokken aan de Kadestraat", **_place(120, 40)},
        ),
    )


def _helper(table: Table) -> tuple[Told, ...]:
    people = table.people
    return (
        Told(
            "amina",
            "amina",
            "Houdt spreekuur in De Spoel.",
            "acht mensen per week, nu vijf",
            "loopt",
            -230,
            "welzijn-op-recept",
            ("doctor",),
            {
                "owner": people["amina"],
                "together_with": "de huisartsen",
                "where": "buurthuis De Spoel",
                "starts_on": day(-230),
                "renew_by": day(90),
                **_place(58, -46),
            },
        ),
        Told(
            "fatima",
            "fatima",
            "Belt nieuwe huurders na zes weken.",
            "van de 10 huurders spraken we er 8",
            "staat_stil",
            -45,
            "nieuwe-huurder-bellen",
            ("help",),
            {"owner": people["fatima"], "renew_by": day(60)},
        ),
        Told(
            "samira",
            "ruben",
            "Gaat vroeg op bezoek bij wie de huur niet betaalt.",
            "bij een derde van de adressen een gesprek",
            "begint",
            14,
            "vroeg-erop-af",
            ("help",),
            {},
        ),
    )


def _agree(table: Table, result: Result, told: Told, claims: Mapping[str, Claim]) -> None:
    work = works().efforts.get(told.works)
    effort = efforts.agree_effort(
        by=table.people[told.by],
        result=result,
        organisation=table.organisation(told.who),
        what=told.what,
        first_sign=told.sign,
        state=told.state,
        since=day(told.since),
        works=told.works,
        state_reason="wacht op een medewerker" if told.state == "staat_stil" else "",
        evidence_class=work.evidence if work else "eigen_idee",
        claims=[claims[name] for name in told.rests],
        **told.more,
    )
    if told.who == "ria":  # residents have nobody at the table: the guide writes down that they said yes
        efforts.accept_effort(by=table.guide, effort=effort)
    if told.who == "ruben":
        efforts.decline_effort(
            by=table.people["ruben"], effort=effort, reason="De corporaties doen dit al. Wij sluiten aan."
        )
    if told.who == "joris":
        _how_it_went(table, effort)
    if told.who == "amina":  # nobody looked at this line for long: the list asks whether it still holds
        progress.report_progress(
            by=table.people["amina"],
            effort=effort,
            start=day(-60),
            end=day(-1),
            reached=5,
            meant=40,
            dose="elke dinsdag, twee uur",
            quality="De huisarts verwijst nog weinig.",
            better_off="Vier mensen kwamen daarna ook naar de inloop.",
        )
        Effort.objects.filter(pk=effort.pk).update(true_on=day(-200))


def _how_it_went(table: Table, effort: Effort) -> None:
    progress.report_progress(
        by=table.people["joris"],
        effort=effort,
        start=day(-13),
        end=day(-1),
        reached=31,
        meant=60,
        dose="vier avonden, drie uur",
        quality="Eén avond ging niet door: te weinig vrijwilligers.",
        better_off="Twee ouderen zeggen dat zij weer over het plein durven.",
    )


def _conditions(table: Table, claims: Mapping[str, Claim]) -> None:
    said = (
        ("plaatsen", "Verspreid over de buurt, en niet meer dan één per portiek.", ["help"], 190),
        ("begeleiden", "Een vaste begeleider, die de buren kennen.", ["doctor"], 120),
        ("plaatsen", "Niet tijdens het werk aan de kade, van maart tot juli.", ["quiet"], 240),
    )
    for about, text, rests, review in said:
        conditions.set_condition(
            by=table.guide,
            round=table.round,
            about=about,
            text=text,
            claims=[claims[name] for name in rests],
            review_on=day(review),
        )


def _result(
    table: Table, title: str, indicator: str, claims: list[Claim], measured_by: str, by_whom: str, asked: str
) -> Result:
    baseline = table.figure(indicator, NOW)
    low, high = range_of(baseline)
    start = round(high) + 3
    whom = {"gemeente": "samira", "buurtteam": "joris"}[by_whom]
    return results.agree_result(
        by=table.guide,
        round=table.round,
        title=title,
        per_what="van de 100 mensen in de buurt",
        baseline=baseline,
        target_low=start,
        target_high=start + round(high - low),
        target_year=NOW + 2,
        claims=claims,
        measured_by=measured_by,
        measured_on=day(380),
        measured_with=table.organisation(whom),
        asked_too=asked,
    )
