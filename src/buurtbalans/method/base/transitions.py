"""States as a table: which action may be done in which state, by whom, and what state follows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar, Union

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

State = TypeVar("State", bound=StrEnum)
Permitted = TypeVar("Permitted", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an action cannot be done in a state, in words for the reader and as a code."""

    words: Union[str, "_StrPromise"]
    code: str


@dataclass(frozen=True, slots=True)
class Transition(Generic[State, Permitted]):
    """One action on something that has a state.

    Attributes
    ----------
    action : what is done.
    sources : the states in which it may be done.
    permission : what whoever does it must be allowed to do.
    target : the state that follows; None leaves the state as it is.
    refusals : for every other state, why it cannot be done.
    """

    action: str
    sources: tuple[State, ...]
    permission: Permitted
    target: State | None = None
    refusals: Mapping[State, Refusal] = field(default_factory=dict)


class Transitions(Generic[State, Permitted]):
    """The table of all actions on one kind of thing; every state has an answer to every action."""

    def __init__(self, states: type[State], *rows: Transition[State, Permitted]) -> None:
        self.states = states
        self.rows = {row.action: row for row in rows}
        for row in rows:
            if set(row.sources) | set(row.refusals) != set(states) or set(row.sources) & set(row.refusals):
                raise ValueError(f"{row.action}: every state is a source or has a refusal, and no state is both")

    def __getitem__(self, action: str) -> Transition[State, Permitted]:
        return self.rows[action]

    def __iter__(self) -> Iterator[Transition[State, Permitted]]:
        return iter(self.rows.values())

    def allows(self, action: str, state: State) -> bool:
        """Return whether an action may be done in a state."""
        return state in self.rows[action].sources

    def require(self, action: str, state: State) -> State:
        """Return the state that follows an action.

        Raises
        ------
        ValidationError
            When the action cannot be done in this state, with the words of its refusal.
        """
        row = self.rows[action]
        if state not in row.sources:
            refusal = row.refusals[state]
            raise ValidationError(refusal.words, code=refusal.code)
        return row.target or state
