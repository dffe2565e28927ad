"""The states of a plan beside its last agreed version, and the action that makes the next version."""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.transitions import Refusal, Transition, Transitions
from buurtbalans.method.people.permissions import Permission


class PlanState(StrEnum):
    """Where the plan of a round stands beside the last version that was agreed."""

    EMPTY = "empty"
    DRAFT = "draft"
    AGREED = "agreed"


PLAN: Final = Transitions(
    PlanState,
    Transition(
        "agree",
        (PlanState.DRAFT,),
        Permission.EDIT_ROUND,
        PlanState.AGREED,
        {
            PlanState.EMPTY: Refusal(
                _("Het plan heeft nog geen doel, dus de groep kan het nog niet vaststellen."), "empty"
            ),
            PlanState.AGREED: Refusal(_("Sinds de vorige vastgestelde versie is er niets gewijzigd."), "same"),
        },
    ),
)
