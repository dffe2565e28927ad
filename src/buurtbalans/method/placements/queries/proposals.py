"""What stands on the page of a batch: proposals beside each household's own best home, and why not another."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from buurtbalans.method.datasets.queries.releases import current_release
from buurtbalans.method.people.models import Organisation
from buurtbalans.method.placements.models import PlacingDecision
from buurtbalans.method.placements.queries.engine_texts import in_words, why_in_words
from buurtbalans.method.placements.queries.fit_words import grade
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.case import NO_INDEX, UNBOUNDED, Case
from buurtbalans.placing.explain import Move, WhyNot, ruled_out
from buurtbalans.placing.explainer import Explainer
from buurtbalans.placing.pairs import SAID, Reason

FITS: Final = ((850, gettext_lazy("past heel goed")), (650, gettext_lazy("past goed")), (0, gettext_lazy("past matig")))
ROOM: Final = (  # from how much headroom, the class on the map, and its word
    (8.0, 5, gettext_lazy("veel ruimte")),
    (5.0, 4, gettext_lazy("ruimte")),
    (3.0, 3, gettext_lazy("enige ruimte")),
    (1.5, 2, gettext_lazy("weinig ruimte")),
    (0.0, 1, gettext_lazy("bijna geen ruimte")),
)
MOVING: Final = 5  # households that are named of those who would live elsewhere
NEAR_ALL: Final = 300  # homes in the list of "why not"; above that only those that could be


@dataclass(frozen=True)
class Box:
    """A home as it stands beside another: what it is, and how well it fits one household."""

    id: str
    area: str
    facts: str
    fit: str | Promise = ""
    points: int = 0
    parts: tuple[tuple[str, str, int, int], ...] = ()  # sign, why, points, of how many


@dataclass(frozen=True)
class Line:
    """One proposal in the table: for whom, which home, and which is the own best."""

    household: str
    needs: str
    home: Box
    best: Box
    decision: PlacingDecision | None
    same: bool


@dataclass(frozen=True)
class Opened:
    """One household opened: proposal beside own best home, what is asked of it, or why it has none."""

    household: str
    needs: str
    home: Box | None
    best: Box | None
    same: bool
    asked: tuple[str, ...]
    none: str
    decision: PlacingDecision | None


class AdviceView:
    """The case of an advice as a page shows it: names of areas and corporations, and its points, worked out once."""

    def __init__(self, advice: Advice) -> None:
        self.case, self.areas = advice.case, names_of(advice.case)
        self.fitting, self.filters = advice.fitting, advice.filters
        self.owners = dict(Organisation.objects.values_list("slug", "name"))

    def area(self, place: int) -> str:
        """Return the name of an area."""
        return self.areas[self.case.areas.codes[place]]

    def owner(self, home: int) -> str:
        """Return the name of the corporation of a home, or the code that the case gives it."""
        code = self.case.homes.corporation[home]
        return self.owners.get(code, code)


def names_of(case: Case) -> dict[str, str]:
    """Return the name of every area of a case that the published figures know; else its code."""
    release = current_release()
    known = {area.code: area.name for area in release.division(max(release.divisions))} if release else {}
    return {code: known.get(code, code) for code in case.areas.codes}


def fit_words(points: int) -> str | Promise:
    """Return how well a home fits in words."""
    return next(words for least, words in FITS if points >= least)


def short_needs(case: Case, household: int) -> str:
    """Return the first that a household asks, for a line in the table."""
    asked = case.households
    parts = [_rooms(max(1, int(asked.rooms_min[household])))]
    parts += [_("zonder trap")] if asked.step_free[household] else []
    parts += [_("begeleiding")] if asked.provider[household] else []
    return " · ".join(parts)


def _rooms(rooms: int) -> str:
    return ngettext("%(rooms)s kamer", "%(rooms)s kamers", rooms) % {"rooms": rooms}


def needs(seen: AdviceView, household: int) -> str:
    """Return what a household asks, in coarse words."""
    asked = seen.case.households
    rooms = int(asked.rooms_min[household])
    rent = int(asked.rent_max[household])
    parts = [_("vanaf %(rooms)s kamers") % {"rooms": rooms}] if rooms > 1 else [_("1 kamer is genoeg")]
    parts += [_("huur tot € %(rent)s") % {"rent": rent // 100}] if rent < UNBOUNDED else []
    parts += [_("zonder trap")] if asked.step_free[household] else []
    parts += [_("begeleiding")] if asked.provider[household] else []
    near = [seen.area(area) for area in asked.near[household]]
    parts += [_("voorkeur voor %(areas)s") % {"areas": ", ".join(near)}] if near else []
    parts.append(_("wacht %(weeks)s weken") % {"weeks": int(asked.weeks[household])})
    return " · ".join(parts)


def box(seen: AdviceView, home: int, household: int | None = None, *, own: bool = False) -> Box:
    """Return a home, with how well it fits a household when one is given; its owner need not read who that is."""
    case, homes = seen.case, seen.case.homes
    facts = [
        "" if own else seen.owner(home),
        _rooms(int(homes.rooms[home])),
        f"€\N{NO-BREAK SPACE}{int(homes.rent[home]) // 100}",
    ]
    facts += [_("zonder trap")] if homes.step_free[home] else []
    area, said = seen.area(int(homes.area[home])), " · ".join(filter(None, facts))
    if household is None:
        return Box(homes.ids[home], area, said)
    parts = seen.fitting.explained(household, home)
    points = sum(part.points for part in parts)
    asked = case.households
    silent = {  # nobody asked this: it says nothing about this home
        "near": not asked.near[household],
        "provider": not asked.provider[household],
        "let_by": homes.let_by[home] is None,
        "rooms": not asked.rooms_min[household],
        "step_free": not asked.step_free[household] and not homes.step_free[home],
    }
    told = tuple(
        (_sign(part.points, part.most), in_words(part.why), part.points, part.most)
        for part in parts
        if not silent.get(part.name)
    )
    return Box(homes.ids[home], area, said, fit_words(points), points, told)


def _sign(points: int, most: int) -> str:
    return "vink" if points == most else "min"


def lines(advice: Advice, standing: Mapping[str, PlacingDecision], wanted: Sequence[str]) -> list[Line]:
    """Return the proposals of an advice for some households."""
    case, seen = advice.case, AdviceView(advice)
    places = {id: place for place, id in enumerate(case.households.ids)}
    proposal_lines = []
    for id in wanted:
        household = places[id]
        home = int(advice.outcome.home[household])
        best = own_best(advice, seen, household)
        mine = box(seen, home, household)
        theirs = mine if best in (home, NO_INDEX) else box(seen, best, household)
        decision = standing.get(id)
        proposal_lines.append(Line(id, short_needs(case, household), mine, theirs, decision, theirs is mine))
    return proposal_lines


def own_best(advice: Advice, seen: AdviceView, household: int) -> int:
    """Return the home that fits a household best if it were alone, whatever is locked; the proposal wins a tie."""
    row, homes = slice(household, household + 1), len(advice.case.homes.ids)
    possible = np.ones(homes, dtype=np.bool_)
    for fails in seen.filters.failing(row).values():
        possible &= ~fails[0]
    possible[[home for one, home in advice.wishes.rejections if one == household]] = False
    if not possible.any():
        return NO_INDEX
    points = np.where(possible, seen.fitting.total(np.full(homes, household), np.arange(homes)), -1)
    mine = int(advice.outcome.home[household])
    return mine if mine != NO_INDEX and points[mine] == points.max() else int(points.argmax())


def others(advice: Advice) -> list[str]:
    """Return who has no proposal."""
    return [advice.case.households.ids[one] for one in np.flatnonzero(advice.outcome.home == NO_INDEX).tolist()]


def why_others(advice: Advice, households: Collection[str]) -> dict[str, str]:
    """Return why each of some households has no proposal."""
    saying, asked = Explainer(advice, names_of(advice.case)), set(households)
    return {id: why_in_words(saying.why_none(one)) for one, id in enumerate(advice.case.households.ids) if id in asked}


def opened(advice: Advice, household: str, standing: Mapping[str, PlacingDecision]) -> Opened | None:
    """Return one household opened, or None when it is not in the batch."""
    case, seen = advice.case, AdviceView(advice)
    if household not in case.households.ids:
        return None
    place = case.households.ids.index(household)
    home, best, asks = int(advice.outcome.home[place]), own_best(advice, seen, place), needs(seen, place)
    decision = standing.get(household)
    theirs = box(seen, best, place) if best != NO_INDEX else None
    if home == NO_INDEX or theirs is None:
        none = why_in_words(Explainer(advice, names_of(case)).why_none(place))
        return Opened(household, asks, None, theirs, False, (), none, decision)
    mine = box(seen, home, place)
    less = tuple(
        in_words(own.why)
        for own, other in zip(*(seen.fitting.explained(place, one) for one in (home, best)), strict=True)
        if own.points < other.points and own.name != "let_by"  # that concerns the home, and asks nobody anything
    )
    return Opened(household, asks, mine, theirs, best == home, less, "", decision)


def choices(advice: Advice, household: int) -> list[tuple[str, str]]:
    """Return the homes that somebody can ask about, by area."""
    case, names = advice.case, names_of(advice.case)
    homes: Sequence[int] = range(len(case.homes.ids))
    if len(homes) > NEAR_ALL:
        homes = advice.pairs.home[advice.pairs.of(household)].tolist()[:NEAR_ALL]
    options = [(names[case.areas.codes[int(case.homes.area[home])]], case.homes.ids[home]) for home in homes]
    return [(id, f"{area}, {id}") for area, id in sorted(options)]


def why(advice: Advice, told: WhyNot) -> dict[str, Any]:
    """Return why a household is not advised a home: what rules it out, or what it costs the city and who moves."""
    case, names, one = advice.case, names_of(advice.case), told.household
    area = int(case.homes.area[told.home])
    return {
        "home": case.homes.ids[told.home],
        "area": names[case.areas.codes[area]],
        "price": told.price,
        "costs": _costs(told, case),
        "fit": fit_words(sum(part.points for part in told.parts)),
        "reasons": [in_words(SAID[reason]) for reason in told.reasons],
        "over": _over(advice, told, area),
    } | moving(advice, [move for move in told.moves if move.household != one])


def moving(advice: Advice, moves: Iterable[Move]) -> dict[str, Any]:
    """Return who would live elsewhere, with the areas from and to, and how many more; who loses or gains a home first.

    Of who moves inside one area the two are the same.
    """
    case, names = advice.case, names_of(advice.case)
    told = [
        (case.households.ids[move.household], *(_where(case, names, at) for at in (move.before, move.after)))
        for move in sorted(moves, key=lambda move: NO_INDEX not in (move.before, move.after))
    ]
    return {"moves": told[:MOVING], "others": len(told[MOVING:])}


def _where(case: Case, names: Mapping[str, str], home: int) -> str:
    return names[case.areas.codes[int(case.homes.area[home])]] if home != NO_INDEX else ""


def _over(advice: Advice, told: WhyNot, area: int) -> bool:
    """Return whether an area would come above what was agreed, when who would move has moved."""
    after = advice.outcome.home.copy()
    for move in told.moves:
        after[move.household] = move.after
    after[told.household] = told.home
    there = np.count_nonzero(advice.case.homes.area[after[after != NO_INDEX]] == area)
    return bool(there > advice.case.areas.headroom[area])


def _costs(told: WhyNot, case: Case) -> str:
    if told.price is None:
        return _(
            "Dat past niet binnen de plaatsingsruimte van de buurten, want een deel van de voorstellen is al vastgezet."
        )
    if told.tie:
        return _("Beide verdelingen zijn precies even goed, dus de loting heeft beslist.")
    much = _("De woningen passen dan samen veel minder goed, of een ander huishouden krijgt geen woning.")
    return (
        _("Voor de stad als geheel maakt dat bijna geen verschil."),
        _("De woningen passen dan voor alle huishoudens samen iets minder goed."),
        much,
        much,
    )[grade(told.price, case)]


def reasons_against(advice: Advice, household: str, home: str) -> list[str]:
    """Return what rules a home out for a household; also that it is locked for another household."""
    case = advice.case
    one, other = case.households.ids.index(household), case.homes.ids.index(home)
    decided = (Reason.REJECTED, Reason.LOCKED)
    sentences = [in_words(SAID[reason]) for reason in ruled_out(advice, one, other) if reason not in decided]
    taken = any(locked == other and who != one for who, locked in advice.wishes.locks)
    return [*sentences, in_words(SAID[Reason.LOCKED])] if taken else sentences


def bands(case: Case) -> dict[str, tuple[int, str]]:
    """Return of every smallest area the class of its room and its word; class 0 when nothing was agreed."""
    above = set(case.areas.parent.tolist())
    return {
        code: _band(float(case.areas.headroom[place]))
        for place, code in enumerate(case.areas.codes)
        if place not in above
    }


def _band(room: float) -> tuple[int, str]:
    if np.isnan(room):
        return 0, _("nog niet afgesproken")
    return next((number, str(words)) for least, number, words in ROOM if room >= least)


def counted(advice: Advice) -> Counter[str]:
    """Return how many proposals lie in each area."""
    case = advice.case
    placed = advice.outcome.home[advice.outcome.home != NO_INDEX]
    return Counter(case.areas.codes[area] for area in case.homes.area[placed].tolist())


def homes_of(advice: Advice, corporation: str, standing: Mapping[str, PlacingDecision]) -> Iterator[tuple[Box, str]]:
    """Yield the homes of one corporation with how far each is; nothing of a household."""
    case, seen = advice.case, AdviceView(advice)
    proposed = set(advice.outcome.home.tolist())
    decided = {one.home for one in standing.values() if one.settles}
    for home, owner in enumerate(case.homes.corporation):
        if owner == corporation:
            id = case.homes.ids[home]
            state = _("besloten") if id in decided else _("voorgesteld") if home in proposed else _("nog vrij")
            yield box(seen, home, own=True), state
