"""The invented rounds, one in each of the six steps: three that one meets first, and four small ones."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils import timezone

from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.stories.models import Feeling, Story
from buurtbalans.site.demo.agreements import make_agreement
from buurtbalans.site.demo.oude_werf import oude_werf
from buurtbalans.site.demo.small_rounds import bloemhof, bloemhof_again, componisten, marktbuurt
from buurtbalans.site.demo.table import Table, begin, moment
from buurtbalans.site.demo.weverskwartier import weverskwartier


def make_rounds(people: Mapping[str, Person], release: Release) -> dict[str, Round]:
    """Make the rounds that are not there yet, each whole or not at all, and return all by their address."""
    made = {
        "weverskwartier": weverskwartier,
        "rietoever": rietoever,
        "oude-werf": oude_werf,
        "bloemhof": bloemhof,
        "bloemhof-2": bloemhof_again,
        "marktbuurt": marktbuurt,
        "componisten": componisten,
    }
    return {
        slug: Round.objects.filter(slug=slug).first() or _whole(make, people, release) for slug, make in made.items()
    }


def _whole(
    make: Callable[[Mapping[str, Person], Release], Round], people: Mapping[str, Person], release: Release
) -> Round:
    with transaction.atomic():
        return _as_if_it_took_time(make(people, release))


def _as_if_it_took_time(round: Round) -> Round:
    """Spread what was made over the days between the round's first step and today, in the order of making."""
    begun = round.steps.exclude(began_on=None).order_by("began_on").values_list("began_on", flat=True).first()
    if begun is None:
        return round
    days = (timezone.localdate() - begun).days
    Round.objects.filter(pk=round.pk).update(created_at=moment(-days, 10))
    told = Story.objects.filter(neighbourhood=round.neighbourhood, created_at__gte=round.created_at)
    felt = Feeling.objects.filter(neighbourhood=round.neighbourhood, created_at__gte=round.created_at)
    for made in ([*told.order_by("pk"), *round.claims.order_by("pk")], list(felt.order_by("pk"))):
        for number, text in enumerate(made, start=1):
            ago = max(1, days - days * number // (len(made) + 1))
            type(text).objects.filter(pk=text.pk).update(created_at=moment(-ago, 14))
    for claim in round.claims.exclude(judged_at=None):
        claim.refresh_from_db()
        since = (timezone.now() - claim.created_at).days
        type(claim).objects.filter(pk=claim.pk).update(judged_at=moment(-max(1, since // 2), 11))
    round.refresh_from_db()
    return round


def rietoever(people: Mapping[str, Person], release: Release) -> Round:
    """Return the round that just began: its question, its people, and the first story."""
    round = begin(
        people["noor"],
        "Rietoever",
        "De opvang aan de rivier sluit volgend jaar. Organisaties zoeken nu al samen.",
        "Waar kunnen mensen wonen die uit de opvang komen?",
        release,
    )
    table = Table(people, round)
    table.invite(Role.CORE_MEMBER, ("samira", "lotte", "amina"))
    make_agreement(people, table.round)
    table.steps([(1, "nu", 6, "afspraak over delen")])
    table.meet("Eerste bijeenkomst, met 4 organisaties", [1], at=moment(16, 13, 30), where="De Steiger")
    table.look("begin-aanleiding", 3, "De sluiting staat vast. Dat weet iedereen.")
    table.look("begin-kerngroep", 2, "Werk en Inkomen doet nog niet mee.")
    table.look("begin-bewoners", 1, "We spraken nog niemand uit de opvang.")
    table.hear(
        "amina",
        "Wie hier net woont, vindt de weg nog niet. Eén vaste begeleider helpt dan het meest.",
        source="professional",
        tone="kans",
        theme="wonen",
        who="professional",
    )
    return round
