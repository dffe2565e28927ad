"""The three invented rounds: one that tests its claims, one that begins, one that looks back."""

from collections.abc import Callable, Mapping

from django.db import transaction

from buurtbalans.figures.release import Release
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.rounds.actions import edit_round
from buurtbalans.method.rounds.models import Round

from .oude_werf import oude_werf
from .table import Table, begin, moment
from .weverskwartier import weverskwartier


def make_rounds(people: Mapping[str, Person], release: Release) -> dict[str, Round]:
    """Make the rounds that are not there yet, each whole or not at all, and return all three by their address."""
    made = {"weverskwartier": weverskwartier, "rietoever": rietoever, "oude-werf": oude_werf}
    return {
        slug: Round.objects.filter(slug=slug).first() or _whole(make, people, release) for slug, make in made.items()
    }


def _whole(
    make: Callable[[Mapping[str, Person], Release], Round], people: Mapping[str, Person], release: Release
) -> Round:
    with transaction.atomic():
        return make(people, release)


def rietoever(people: Mapping[str, Person], release: Release) -> Round:
    """Return the round that just began: its question, its people, and the first story."""
    round = begin(
        people["noor"], "Rietoever",
        "De opvang aan de rivier sluit volgend jaar. Organisaties zoeken nu al samen.",
        "Waar kunnen mensen wonen die uit de opvang komen?", release,
    )  # fmt: skip
    table = Table(people, round)
    table.invite(Role.CORE_MEMBER, ("samira", "lotte", "amina"))
    table.steps([(1, "nu", 6, "afspraak over delen")])
    edit_round(
        by=people["noor"], round=round, version=round.version, next_at=moment(16, 13, 30),
        next_what="Eerste bijeenkomst, met 3 organisaties",
    )  # fmt: skip
    table.hear(
        "amina", "Wie hier net woont, vindt de weg nog niet. Eén vaste begeleider helpt dan het meest.",
        source="professional",
        tone="kans", theme="wonen", who="professional",
    )  # fmt: skip
    return round
