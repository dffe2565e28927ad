"""What a group chose to weigh, as the address of a page holds it: every step of it, so that each can be undone.

`gewichten=feels_at_home-2.green_near-0.feels_at_home-1` are the choices in the order in which they were made; of one
indicator the last counts. `terug=…` are those that were undone and can be done again. Nothing is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.balance.balance_definition import ChosenWeights, WeightedIndicator, balance_definition

STEPS: Final[dict[float, Promise]] = {
    0.0: _("telt niet mee"),
    0.5: _("telt minder mee"),
    1.0: _("telt standaard mee"),
    2.0: _("telt meer mee"),
}
KEY, BACK = "gewichten", "terug"
MOST: Final = 40  # steps in an address; the oldest become one


def step_words(weight: float) -> str | Promise:
    """Return how heavily something counts, in words; an odd weight as a number of times."""
    return STEPS.get(weight) or f"{number_format(format(weight, 'g'))}×"


@dataclass(frozen=True, slots=True)
class WeightHistory:
    """The steps of a group, oldest first, and those it undid, the last undone first to be done again."""

    made: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()

    @property
    def weights(self) -> ChosenWeights:
        """Return the weights as they are now; what is as the definition says is no choice."""
        return without_defaults(ChosenWeights.from_text(".".join(self.made)))

    @property
    def query(self) -> str:
        """Return the address of this page after the question mark, with all steps."""
        parts = {KEY: ".".join(self.made), BACK: ".".join(self.undone)}
        return urlencode({name: text for name, text in parts.items() if text})

    @property
    def before(self) -> "WeightHistory | None":
        """Return the choices without the last one."""
        return WeightHistory(self.made[:-1], (self.made[-1], *self.undone)) if self.made else None

    @property
    def again(self) -> "WeightHistory | None":
        """Return the choices with the last one that was undone."""
        return WeightHistory((*self.made, self.undone[0]), self.undone[1:]) if self.undone else None

    def then(self, name: str, weight: float) -> "WeightHistory":
        """Return the choices with one more; what was undone is gone then."""
        made = (*self.made, ChosenWeights({name: weight}).to_text())
        if len(made) > MOST:
            old, new = made[: -MOST // 2], made[-MOST // 2 :]
            made = (*filter(None, ChosenWeights.from_text(".".join(old)).to_text().split(".")), *new)
        return WeightHistory(made)


def weight_history(asked: Mapping[str, str]) -> WeightHistory:
    """Read the choices from an address; what says nothing known is left out."""
    made, undone = (
        tuple(piece for piece in asked.get(key, "").split(".") if ChosenWeights.from_text(piece).chosen)
        for key in (KEY, BACK)
    )
    return WeightHistory(made[: 2 * MOST], undone[: 2 * MOST])


def with_form_choices(asked: Mapping[str, str], so_far: WeightHistory) -> WeightHistory:
    """Return the choices with those of the form: each field that says another weight than there is now."""
    now = so_far.weights
    for one in choosable():
        text = asked.get(one.indicator.id, "")
        weight = ChosenWeights.from_text(f"{one.indicator.id}-{text}").chosen.get(one.indicator.id)
        if weight is not None and weight != now.of(one.indicator.id, one.weight):
            so_far = so_far.then(one.indicator.id, weight)
    return so_far


def choosable() -> list[WeightedIndicator]:
    """Return the indicators that may count: those of which more or less is better."""
    return [indicator for indicator in balance_definition().indicators if indicator.judged]


def without_defaults(weights: ChosenWeights) -> ChosenWeights:
    """Return weights without those that are as the definition gives them, or of what may not count."""
    usual = {one.indicator.id: one.weight for one in choosable()}
    return ChosenWeights({name: heavy for name, heavy in weights.chosen.items() if usual.get(name, heavy) != heavy})


def weights_query(weights: ChosenWeights) -> str:
    """Return what takes the weights along to another page, with its question mark; empty when they are as usual."""
    return f"?{urlencode({KEY: weights.to_text()})}" if weights.chosen else ""
