"""This week, with what is to come: which homes to give now, which to keep for whom, and who had better wait."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Final

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbalans.method.placements.models import REJECTING_CHOICES, PlacingAdvice, PlacingBatch, PlacingDecision
from buurtbalans.method.placements.queries.advice import pairs_of, shown_by
from buurtbalans.method.placements.queries.batches import decisions_of, standing, still_followed, wishes
from buurtbalans.method.placements.queries.case import BOTH, Texts, coming_of
from buurtbalans.method.placements.queries.fit_words import NEVER, grade
from buurtbalans.method.placements.queries.home_requests import why_long
from buurtbalans.method.placements.queries.proposals import AdviceView, Box, box, short_needs
from buurtbalans.placing.advice import Advice, Outcome
from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.explain import why_not
from buurtbalans.placing.pairs import Wishes
from buurtbalans.placing.weekly import Week, advise_week, if_given
from buurtbalans.placing.weekly_report import WeeklyExplainer

PAIRS: Final = 1_000_000  # with what comes, that a page works out in a second; the command takes all
WOVEN_PAIRS: Final = 4_000  # the same where agreements cut across
OLD: Final = timedelta(days=7)  # from then on the weeks of a list no longer begin today


@dataclass(frozen=True)
class Give:
    """A home to give now: to whom, and what the list would do that does not look ahead."""

    household: str
    needs: str
    home: Box
    same: bool  # also without looking ahead
    instead: Box | None  # without looking ahead
    may_take: bool  # it is the proposal of the list


@dataclass(frozen=True)
class Keep:
    """A home to keep: for whom that is expected, until when, and what speaks for it."""

    home: Box
    household: str
    needs: str
    weeks: int
    until: date
    fits: int  # of who is expected as long as a home may wait, to how many it could go
    expected: int
    worth: str
    now: str  # who would get it without looking ahead


@dataclass(frozen=True)
class Wait:
    """A household that gets no home now: for which it waits, and how long; without one it only makes room."""

    household: str
    needs: str
    home: Box | None
    weeks: int
    until: date
    waits: int  # weeks, when the home comes
    longer: int  # of these, longer than people agreed
    now: Box | None  # without looking ahead
    may_hold: bool  # no longer than agreed, and the list proposes a home


@dataclass(frozen=True)
class ThisWeek:
    """What to do this week, beside giving all that can be given now."""

    give: tuple[Give, ...]
    keep: tuple[Keep, ...]
    wait: tuple[Wait, ...]
    yields: tuple[Wait, ...]  # who would get a home now, and gets none that comes either
    decided: int  # who has a home by a decision: the list counts them so too
    held: int  # about whom a person or a second one still decides, and who is not among these for that
    households: int  # expected
    homes: int
    weeks: int  # as far as the list looks
    hold: int  # weeks that a home may wait
    more: int  # of all who are here or come, who find a place by looking ahead
    measures: tuple[tuple[int, int, str], ...]
    gap: float
    old: int  # weeks since the list was read

    @property
    def take(self) -> list[Give]:
        """Return the proposals of the list that a week gives too."""
        return [one for one in self.give if one.may_take]

    @property
    def apart(self) -> list[Give]:
        """Return the homes that go to somebody else than the list proposes."""
        return [one for one in self.give if not one.may_take]

    @property
    def locks(self) -> list[tuple[str, str]]:
        """Return the proposals of the list that would be locked, each with its home."""
        return [(one.household, one.home.id) for one in self.take]

    @property
    def holds(self) -> list[str]:
        """Return the households whose proposal waits for a home that comes later, no longer than was agreed."""
        return [one.household for one in self.wait if one.may_hold]

    @property
    def open(self) -> list[str]:
        """Return about whom a person decides apart: another home than the list proposes, or none that comes in time."""
        left = [one.household for one in (*self.wait, *self.yields) if not one.may_hold]
        return [one.household for one in self.apart] + left

    @property
    def seal(self) -> str:
        """Return a hash over what would be decided, so that nobody takes over what was not seen."""
        return sha256(repr((self.locks, self.holds)).encode()).hexdigest()[:16]


def long_week(batch: PlacingBatch) -> tuple[str, ...]:
    """Return why a page does not work out the week of a batch; nothing when it does."""
    return why_long(coming_of(batch.files, BOTH), PAIRS, WOVEN_PAIRS)


def this_week(batch: PlacingBatch, advice: PlacingAdvice) -> ThisWeek:
    """Return what to do this week with a batch that says what is to come."""
    decisions = decisions_of(batch)
    locks, rejections = wishes(decisions)
    # people saw the proposals of the list: one changes only where that is worth it
    week, given = _looked(tuple(sorted(batch.files.items())), *map(tuple, (locks, rejections, shown_by(advice))))
    return _Telling(batch, dict(advice.proposals), standing(decisions), week, given).all()


def kept_free(batch: PlacingBatch, advice: PlacingAdvice) -> dict[str, Keep]:
    """Return per home that a week keeps for whom, of an open list that follows a week; of another nothing."""
    if batch.closed_at or not still_followed(batch) or long_week(batch):
        return {}
    return {one.home.id: one for one in this_week(batch, advice).keep}


@lru_cache(maxsize=2)
def _looked(texts: Texts, locks: Sequence[str], rejections: Sequence[str], shown: Sequence[str]) -> tuple[Week, Advice]:
    case = coming_of(dict(texts), BOTH)
    week = advise_week(case, Wishes(*(pairs_of(case, said) for said in (locks, rejections, shown))))
    return week, if_given(week)


def forget_weeks() -> None:
    """Let go of every week in memory."""
    _looked.cache_clear()


class _Telling:
    """Tells a week in lines: where its households and homes stand now, and where among all that comes."""

    def __init__(
        self,
        batch: PlacingBatch,
        proposals: Mapping[str, str],
        decided: Mapping[str, PlacingDecision],
        week: Week,
        given: Advice,
    ) -> None:
        self.batch, self.proposals, self.decided, self.week, self.given = batch, proposals, decided, week, given
        self.saying, self.whole = WeeklyExplainer(week), week.ahead.case
        self.here, self.ahead = AdviceView(week.now), AdviceView(week.ahead)
        self.ids, self.begun = week.now.case.households.ids, timezone.localdate(batch.at)
        self.now, self.alone = (one.outcome.home.tolist() for one in (week.now, week.alone))

    def all(self) -> ThisWeek:
        """Return the week."""
        sides = self.saying.coming.households, self.saying.coming.homes
        households, homes = (int(np.count_nonzero(side)) for side in sides)
        free = [number for number in range(len(self.now)) if self._free(number)]
        settled, undecided_apart = self._decided_apart()
        with_home, without_home = self._waits(free)
        return ThisWeek(
            tuple(self._give(number) for number in free if self.now[number] != NO_INDEX),
            tuple(sorted(self._keep(), key=lambda keep: (keep.weeks, keep.home.area, keep.home.id))),
            with_home,
            without_home,
            settled,
            undecided_apart,
            households,
            homes,
            max(int(side.max(initial=0)) for side in sides),
            self.whole.settings.weekly["hold"],
            self.week.ahead.outcome.placed - self.given.outcome.placed,
            tuple(self._measures()),
            self.week.ahead.gap,
            (timezone.localdate() - self.begun) // OLD,
        )

    def _decided_apart(self) -> tuple[int, int]:
        """Return of how many households a decision settles the home, and of how many it does something else."""
        settles = [self.decided[id].settles for number, id in enumerate(self.ids) if not self._free(number)]
        return sum(settles), len(settles) - sum(settles)

    def _waits(self, free: list[int]) -> tuple[tuple[Wait, ...], tuple[Wait, ...]]:
        """Return who waits for a home that is expected, and who for none, the shortest wait first."""
        waits = sorted(self._wait(free), key=lambda wait: (wait.weeks, wait.household))
        return tuple(wait for wait in waits if wait.home), tuple(wait for wait in waits if not wait.home)

    def _free(self, household: int) -> bool:
        """Return whether nobody decided about a household, or only that a home does not suit it."""
        decision = self.decided.get(self.ids[household])
        return decision is None or decision.choice in REJECTING_CHOICES

    def _box(self, home: int, household: int) -> Box | None:
        return box(self.here, home, household) if home != NO_INDEX else None

    def _give(self, household: int) -> Give:
        home, other, id = self.now[household], self.alone[household], self.ids[household]
        mine = box(self.here, home, household)
        instead = self._box(other, household) if other != home else None
        needs, may = short_needs(self.here.case, household), self.proposals.get(id) == mine.id
        return Give(id, needs, mine, other == home, instead, may)

    @cached_property
    def _soon(self) -> tuple[list[int], int]:
        """Return per home to how many of who is expected, while a home may wait, it could go; and how many come."""
        weeks, pairs = self.saying.coming.households, self.week.ahead.pairs
        soon = (weeks > 0) & (weeks <= self.whole.settings.weekly["hold"])
        counts = np.bincount(pairs.home[soon[pairs.household]], minlength=len(self.whole.homes.ids))
        return counts.tolist(), int(np.count_nonzero(soon))

    def _keep(self) -> Iterator[Keep]:
        fits, expected = self._soon
        lives = {home: one for one, home in enumerate(self.alone) if home != NO_INDEX}
        for home, who in self.saying.kept.items():
            whole, weeks = int(self.week.homes[home]), int(self.saying.coming.households[who])
            now = self.ids[lives[home]] if home in lives else ""
            yield Keep(
                box(self.ahead, whole, who),
                self.whole.households.ids[who],
                short_needs(self.whole, who),
                weeks,
                self._until(weeks),
                fits[whole],
                expected,
                self._worth(whole, lives.get(home)),
                now,
            )

    def _until(self, weeks: int) -> date:
        return self.begun + timedelta(weeks=weeks)

    def _worth(self, home: int, taker: int | None) -> str:
        """Return in words what all together lose when who would get a home now gets it."""
        if taker is None:
            return _("Voor deze woning is nu geen passend huishouden. Binnenkort wel.")
        if self.week.ahead.full:  # each price is a search there
            return _("De woning past straks beter, als alle huishoudens samen meetellen.")
        price = why_not(self.week.ahead, int(self.week.households[taker]), home).price
        return (
            _("Als u de woning nu toewijst, maakt dat later bijna geen verschil. Dat kan dus ook."),
            _("Als u de woning nu toewijst, passen de woningen straks samen iets minder goed."),
            _("Als u de woning nu toewijst, passen de woningen straks samen veel minder goed."),
            _("Als u de woning nu toewijst, vindt straks één huishouden minder een plek."),
        )[NEVER if price is None else grade(price, self.whole)]

    def _wait(self, free: Sequence[int]) -> Iterator[Wait]:
        most, later = self.whole.settings.wait["most"], self.week.ahead.outcome.home[self.week.households].tolist()
        for one in free:
            if self.now[one] != NO_INDEX or (later[one] == NO_INDEX and self.alone[one] == NO_INDEX):
                continue
            weeks = int(self.saying.coming.homes[later[one]]) if later[one] != NO_INDEX else 0
            whole = int(self.week.households[one])
            comes = box(self.ahead, later[one], whole) if later[one] != NO_INDEX else None
            waits = int(self.whole.households.weeks[whole]) + weeks
            longer = max(0, waits - most)
            may = comes is not None and not longer and self.ids[one] in self.proposals
            yield Wait(
                self.ids[one],
                short_needs(self.here.case, one),
                comes,
                weeks,
                self._until(weeks),
                waits,
                longer,
                self._box(self.alone[one], one),
                may,
            )

    def _measures(self) -> Iterator[tuple[int, int, str]]:
        """Yield what changes by looking ahead: from giving all now, to this, and of what."""
        many = len(self.whole.households.ids)
        said = ngettext(
            "huishouden krijgt nu of later een woning (van %(many)s)",
            "huishoudens krijgen nu of later een woning (van %(many)s)",
            many,
        )
        given, ahead, alone, now = (
            one.outcome for one in (self.given, self.week.ahead, self.week.alone, self.week.now)
        )
        yield alone.placed, now.placed, _("huishoudens krijgen nu een woning")
        yield given.placed, ahead.placed, said % {"many": many}
        yield _mean(given), _mean(ahead), _("punten (van 1000) voor hoe goed een woning gemiddeld past")
        yield _above(self.given), _above(self.week.ahead), _("buurten komen boven hun plaatsingsruimte")


def _mean(outcome: Outcome) -> int:
    return round(outcome.components["fit"] / max(1, outcome.placed))


def _above(advice: Advice) -> int:
    """Return how many areas come above what was agreed."""
    around, load = advice.room, advice.outcome.load
    return int((around.bounded & (load > around.headroom * around.scale)).sum())
