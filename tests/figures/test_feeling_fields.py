"""Feelings outward: whatever people felt and whatever changed since, no field and no two views tell of too few."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.protection import feeling_fields
from buurtbalans.figures.protection.feeling_fields import Feel, Felt, Field, Shown

FRAME = Field(100, 40, 16, 13)


@st.composite
def felt(draw: st.DrawFn, most: int = 260) -> list[Feel]:
    """Feelings of some people around a few busy places, now and then outside the frame."""
    chance = Random(draw(st.integers(0, 10**9)))
    places = [(chance.randint(98, 117), chance.randint(38, 57)) for _ in range(draw(st.integers(1, 4)))]
    voices = draw(st.integers(1, 60))
    spread, glad = draw(st.integers(0, 8)), chance.random()
    return [
        Feel(
            key,
            chance.randrange(voices),
            x + chance.randint(-spread, spread),
            y + chance.randint(-spread, spread),
            0 if chance.random() < 0.1 else 1 if chance.random() < glad else -1,
        )
        for key in range(draw(st.integers(0, most)))
        for x, y in [chance.choice(places)]
    ]


def inside(feels: list[Feel], field: Field) -> list[Feel]:
    return [feel for feel in feels if field.holds(feel)]


def apart(one: Field, other: Field) -> bool:
    return (
        one.x + one.wide <= other.x
        or other.x + other.wide <= one.x
        or one.y + one.high <= other.y
        or other.y + other.high <= one.y
    )


@given(felt(), st.integers(1, 30))
def test_no_square_tells_of_too_few(feels: list[Feel], minimum: int) -> None:
    shown = feeling_fields.shown(feels, FRAME, minimum)
    for each in shown:
        said = feeling_fields.people(inside(feels, each.field))
        assert len(said) >= max(minimum, feeling_fields.FLOOR)
        if len(set(said.values())) == 1:
            assert len(said) >= 2 * minimum
    assert all(apart(one.field, other.field) for one in shown for other in shown if one != other)
    if shown:  # no rest that can be computed: who is inside the frame is in a square
        assert sum(len(inside(feels, each.field)) for each in shown) == len(inside(feels, FRAME))


@given(felt(), st.integers(1, 30), st.randoms())
def test_the_order_of_rows_changes_nothing(feels: list[Feel], minimum: int, chance: Random) -> None:
    mixed = list(feels)
    chance.shuffle(mixed)
    assert feeling_fields.shown(feels, FRAME, minimum) == feeling_fields.shown(mixed, FRAME, minimum)


@given(felt(), st.integers(1, 30))
def test_one_person_more_often_in_a_square_counts_once(feels: list[Feel], minimum: int) -> None:
    again = [feel._replace(key=feel.key + 10_000) for feel in feels]
    assert feeling_fields.shown([*feels, *again], FRAME, minimum) == feeling_fields.shown(feels, FRAME, minimum)


def changed_by(feels: list[Feel], later: list[Feel], chance: Random) -> list[Feel]:
    """Return feelings as they stand later: some gone, some changed, some new."""
    gone = chance.random() * chance.choice([0.02, 0.5])
    kept = [feel for feel in feels if chance.random() >= gone]
    kept = [feel._replace(sign=-feel.sign) if chance.random() < 0.02 else feel for feel in kept]
    new = later[: chance.choice([1, 3, len(later)])]
    return [*kept, *(feel._replace(key=feel.key + 50_000, voice=f"new {feel.voice}") for feel in new)]


@given(felt(), felt(), felt(), st.integers(1, 20), st.integers(1, 20), st.randoms(use_true_random=False))
def test_views_after_each_other_isolate_nobody(
    first: list[Feel], second: list[Feel], third: list[Feel], one: int, other: int, chance: Random
) -> None:
    """An attacker who holds all views against each other learns of no fewer changed people than the minimum."""
    views: list[tuple[list[Feel], list[Shown], int]] = []
    now: list[Feel] = []
    for later, minimum in zip((first, second, third), (one, other, chance.choice([one, other])), strict=True):
        now = changed_by(now, later, chance)
        before, seen, _least = views[-1] if views else ([], [], 0)
        kept = feeling_fields.counted(before, [each.field for each in seen], now, minimum)
        earlier = [(feels, [each.field for each in shown]) for feels, shown, _least in views]
        if not feeling_fields.isolates(earlier, kept, minimum):
            views.append((kept, feeling_fields.shown(kept, FRAME, minimum), minimum))
    for number, (feels, shown, minimum) in enumerate(views):
        for then, was, _least in views[:number]:
            for field in {each.field for each in was}:
                differ = {f.voice for f in set(inside(then, field)) ^ set(inside(feels, field))}
                assert not differ or len(differ) >= max(minimum, feeling_fields.FLOOR)
            same = {each.field for each in was} & {each.field for each in shown}
            for field in same:  # a word that turned did so by enough people
                words = [next(e.felt for e in view if e.field == field) for view in (was, shown)]
                differ = feeling_fields.changed(inside(then, field), inside(feels, field))
                assert words[0] == words[1] or len(differ) >= max(minimum, feeling_fields.FLOOR)


def test_the_words() -> None:
    def word(signs: list[int]) -> Felt:
        (shown,) = feeling_fields.shown([Feel(n, n, 100, 40, s) for n, s in enumerate(signs)], FRAME, 5)
        return shown.felt

    assert word([1, 1, 1, 1, -1, -1]) is Felt.PLEASANT
    assert word([1, 1, 1, -1, -1, -1]) is Felt.DIFFERS
    assert word([-1, -1, -1, -1, 0, 1]) is Felt.UNPLEASANT
    assert word([0] * 10) is Felt.DIFFERS
    assert (
        feeling_fields.shown([Feel(n, n, 100, 40, 1) for n in range(9)], FRAME, 5) == []
    )  # all the same: ten at least
