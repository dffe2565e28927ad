"""What partners of the invented town deliver: inside its release, laid on a claim, and waiting for right of reply."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.intake.reading import Upload
from buurtbalans.figures.release.frozen import Release
from buurtbalans.figures.sources.delivery import SourceData
from buurtbalans.method.datasets import actions
from buurtbalans.method.datasets.models import Delivery, ReplyAnswer
from buurtbalans.method.datasets.queries import deliveries
from buurtbalans.method.people.models import Person
from buurtbalans.method.rounds.actions.claims import add_figure
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.evidence import freeze, offered, shared_figure_key
from buurtbalans.site.demo.agreements import promise
from buurtbalans.site.demo.figures import SEED, YEARS
from buurtbalans.site.demo.table import day
from buurtbalans.site.demo.town import town

DEBTS, TENANTS, LITTER = "Hulp bij schulden", "Huurders van een corporatie", "Meldingen van afval"
INSIDE: Final = "debt_help"
NOW: Final = YEARS[-1]
Row = tuple[str, int, int, int | None, str]  # area, year, year of the borders, how many, why there is none

ANSWERS: Final = {
    DEBTS: (
        "Ja, het zijn aantallen zonder personen.",
        "Ja, wij vroegen het de cliëntenraad.",
        "Ja, zo zien anderen waar hulp nodig is.",
        "teamleider buurtteam",
    ),
    LITTER: (
        "Ja, er staan geen adressen in.",
        "Ja, het gaat over straten en niet over mensen.",
        "Ja, de kerngroep vroeg erom.",
        "manager wonen",
    ),
    TENANTS: (
        "Ja, het zijn aantallen zonder personen.",
        "Ja, bewoners weten dat wij dit tellen.",
        "Ja, de gemeente rekent ermee.",
        "manager wonen",
    ),
}


def delivered(by: Person, name: str, rows: Iterable[Row], round: Round | None = None) -> Delivery:
    """Deliver counts as a partner does, from a table to shared with a core group or all; what is there stays."""
    there = Delivery.objects.filter(organisation=by.organisation, title=name).first()
    if there is not None:
        if round is not None:
            promise(by, round, there)
        return there
    cells = [[area, str(year), str(borders), "" if n is None else str(n), why] for area, year, borders, n, why in rows]
    seal = hashlib.sha256(repr(cells).encode()).hexdigest()
    header = ["buurtcode", "jaar", "indeling", name, "reden"]
    file = f"{name.lower().replace(' ', '-')}.csv"
    upload = Upload(file, seal, header, cells, list(range(2, len(cells) + 2)), False)
    delivery = actions.keep(by=by, draft=actions.start_draft(by=by, upload=upload, title=name))
    if round is not None:
        promise(by, round, delivery)
    legal, ethical, good_idea, decides = ANSWERS[name]
    return actions.share(
        by=by,
        delivery=delivery,
        circle=round.core if round else None,
        version=delivery.version,
        legal=legal,
        ethical=ethical,
        good_idea=good_idea,
        decides=decides,
    )


def with_partner(source_data: Sequence[SourceData], by: Person) -> tuple[list[SourceData], Delivery]:
    """Let the neighbourhood team deliver its newest figure itself, in place of the table that came with the town."""
    theirs = (pl.col("indicator") == INSIDE) & (pl.col("period") == NOW)
    own_rows = pl.concat([each.observations.filter(theirs) for each in source_data])
    rows = [
        (area, period, division, None if value is None else int(value), absence or "")
        for area, period, division, value, absence in own_rows.select(
            "area", "period", "division", "value", "absence"
        ).iter_rows()
    ]
    delivery = delivered(by, DEBTS, rows)
    rest = [replace(each, observations=each.observations.filter(~theirs)) for each in source_data]
    return [*rest, *deliveries.source_data_of(delivery)], delivery


def agree(release: str, delivery: Delivery, *, steward: Person, supplier: Person) -> None:
    """Ask the supplier about the release that holds its figures, and let it agree."""
    reply = actions.ask_reply(by=steward, release=release, delivery=delivery, until=day(14))
    actions.answer_reply(by=supplier, reply=reply, answer=ReplyAnswer.FINE)


def make_deliveries(people: Mapping[str, Person], round: Round, release: Release) -> None:
    """Make the deliveries that are not there yet: one on a claim of the round, one that waits for right of reply."""
    litter = delivered(people["fatima"], LITTER, _counted(release, 6, 140), round)
    claim = round.claims.filter(text__startswith="De straten").first()
    if claim is not None and not litter.evidence.exists():
        (figure,) = [each for each in offered(round) if each.delivery == litter]
        add_figure(
            by=people["fatima"],
            claim=claim,
            figure=freeze(round, shared_figure_key(figure)),
            says="ja",
            note="Geteld bij onze eigen huizen.",
        )
    tenants = delivered(people["bram"], TENANTS, _counted(release, 90, 900, NOW + 1))
    if not tenants.replies.exists():
        actions.add_to_release(by=people["daan"], release=release.id, delivery=tenants, until=day(14))


def _counted(release: Release, low: int, high: int, year: int = NOW) -> list[Row]:
    """Return an invented count for every buurt of the town, the same each time; a few are so small that they hide."""
    buurten = release.division(NOW).of_level(AreaLevel.BUURT)
    random = np.random.default_rng(SEED + year + high)
    quarter = town().code_of("Weverskwartier")
    counts = random.integers(low, high, len(buurten))
    small = set(random.choice(len(buurten), 4, replace=False).tolist())
    return [
        (each.code, year, NOW, 124 if each.code == quarter else 4 if at in small else int(counts[at]), "")
        for at, each in enumerate(buurten)
    ]
