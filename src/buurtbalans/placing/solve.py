"""Makes the advice: the best placements of a case, by one network, or by prices where agreements cut across it."""

from buurtbalans.placing.advice import DIGITS, Advice, ProgressCallback, Proof, outcome, program, with_locks
from buurtbalans.placing.agreements import is_core
from buurtbalans.placing.case import NO_INDEX, Case, IntArray
from buurtbalans.placing.full_model import proved_full, solve_full
from buurtbalans.placing.load import room
from buurtbalans.placing.network import FlowSolution, proved, solve
from buurtbalans.placing.pairs import Wishes, decided, possible
from buurtbalans.placing.rebuild import rebuild
from buurtbalans.placing.residual import FlowProblem


def advise(
    case: Case,
    wishes: Wishes | None = None,
    *,
    seed: int = 1,
    begun: Advice | None = None,
    home: IntArray | None = None,
    proof: Proof | None = None,
    say: ProgressCallback = lambda stage, part: None,
) -> Advice:
    """Return the best placements of a case.

    What was worked out before saves time and changes nothing: where several outcomes are equally good, all is done
    anew, so that the advice is the same byte for byte.

    Parameters
    ----------
    case
        The households, homes and areas.
    wishes
        Locked pairs, rejected pairs, and proposals shown before.
    seed
        Decides between outcomes that are equally good; the same seed decides the same.
    begun
        An advice on the same households and homes, with other wishes or other headroom.
    home
        The home of every household, or NONE, in this very advice, made before; proved again and not sought.
    proof
        The proof of this very advice, when one network did not hold the case.
    say
        Hears how far it is.
    """
    say("pairs", 0)
    wishes, around = wishes or Wishes(), room(case)
    similar = _with_same_pairs(begun, case)
    before = (similar and similar.possible) or possible(case)
    pairs = decided(case, before, wishes)
    unit = 2 * (min(len(case.households.ids), len(case.homes.ids)) + 1) * DIGITS
    if not is_core(case):
        if home is not None and proof is not None:
            return proved_full(case, wishes, pairs, around, unit, seed, home, proof)
        return solve_full(case, wishes, pairs, around, unit, seed, say=say)
    say("network", 0.3)
    problem = program(case, wishes, pairs, around, unit, seed)
    solved = _proved(problem, wishes, home) or _soon(problem, similar) or solve(problem)
    best = outcome(case, wishes, pairs, around, with_locks(solved.home, wishes))
    return Advice(case, wishes, seed, pairs, around, best, best.objective, solved, unit, before)


def _with_same_pairs(begun: Advice | None, case: Case) -> Advice | None:
    """An earlier advice when its pairs and their points hold for this case too, else None."""
    return begun if begun and begun.possible is not None and _alike(begun.case, case) else None


def _alike(one: Case, other: Case) -> bool:
    """Return whether two cases have the same pairs with the same points."""
    same = one.households is other.households and one.homes is other.homes and one.areas.parent is other.areas.parent
    return same and one.settings == other.settings and one.capacity == other.capacity


def _proved(problem: FlowProblem, wishes: Wishes, home: IntArray | None) -> FlowSolution | None:
    """Return a way of placing that was found before, when no other is better."""
    if home is None:
        return None
    free = home.copy()
    free[[household for household, _ in wishes.locks]] = NO_INDEX
    try:
        return proved(problem, free)
    except ArithmeticError:
        return None


def _soon(problem: FlowProblem, begun: Advice | None) -> FlowSolution | None:
    """Return the best flow, found from another that differs little, when it is the only one."""
    if begun is None or begun.full:
        return None
    rebuilt = rebuild(problem, begun.solved)
    return rebuilt if rebuilt is not None and rebuilt.is_only() else None
