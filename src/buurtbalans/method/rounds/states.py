"""The states of an agreement and of a version of the picture, and the actions that lead from one to the next."""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.transitions import Refusal, Transition, Transitions
from buurtbalans.method.people.permissions import Permission


class AgreementState(StrEnum):
    """Where one version of the agreement on sharing stands today."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ENDED = "ended"
    EXPIRED = "expired"


class PictureState(StrEnum):
    """Where a version of the picture stands."""

    OPEN = "open"
    AGREED = "agreed"
    PUBLIC = "public"


_PROPOSED: Final = Refusal(
    _(
        "Deze versie is al voorgelegd en kan niet meer veranderen. Maak een nieuwe versie, die iedereen opnieuw ondertekent."
    ),
    "proposed",
)
_OVER: Final = Refusal(_("Deze afspraak over delen geldt niet meer, dus maak een nieuwe versie."), "over")
_FIXED: Final = Refusal(_("Deze versie is vastgesteld, dus een wijziging komt in een nieuwe versie."), "agreed")
_NOT_AGREED: Final = Refusal(
    _("Stel het gedeelde beeld eerst vast, want pas daarna kan iedereen het lezen."), "not_agreed"
)
_NOT_PUBLIC: Final = Refusal(_("Deze versie van het gedeelde beeld is niet openbaar."), "not_public")

_NOT_DRAFT: Final = dict.fromkeys((AgreementState.PROPOSED, AgreementState.ENDED, AgreementState.EXPIRED), _PROPOSED)
_NOT_HOLDING: Final = dict.fromkeys((AgreementState.DRAFT, AgreementState.ENDED, AgreementState.EXPIRED), _OVER)
_NOT_OPEN: Final = dict.fromkeys((PictureState.AGREED, PictureState.PUBLIC), _FIXED)

AGREEMENT: Final = Transitions(
    AgreementState,
    Transition("edit", (AgreementState.DRAFT,), Permission.EDIT_ROUND, refusals=_NOT_DRAFT),
    Transition("propose", (AgreementState.DRAFT,), Permission.EDIT_ROUND, AgreementState.PROPOSED, _NOT_DRAFT),
    Transition("sign", (AgreementState.PROPOSED,), Permission.GIVE_OPINION, refusals=_NOT_HOLDING),
    Transition("withdraw_signature", tuple(AgreementState), Permission.GIVE_OPINION),
    Transition("end", (AgreementState.PROPOSED,), Permission.EDIT_ROUND, AgreementState.ENDED, _NOT_HOLDING),
)
PICTURE: Final = Transitions(
    PictureState,
    Transition("share", tuple(PictureState), Permission.EDIT_ROUND),
    Transition("give_opinion", (PictureState.OPEN,), Permission.GIVE_OPINION, refusals=_NOT_OPEN),
    Transition("agree", (PictureState.OPEN,), Permission.EDIT_ROUND, PictureState.AGREED, _NOT_OPEN),
    Transition(
        "ask_consent",
        (PictureState.AGREED, PictureState.PUBLIC),
        Permission.EDIT_ROUND,
        refusals={PictureState.OPEN: _NOT_AGREED},
    ),
    Transition(
        "answer_consent",
        (PictureState.AGREED, PictureState.PUBLIC),
        Permission.GIVE_OPINION,
        refusals={PictureState.OPEN: _NOT_AGREED},
    ),
    Transition(
        "publish",
        (PictureState.AGREED, PictureState.PUBLIC),
        Permission.EDIT_ROUND,
        PictureState.PUBLIC,
        {PictureState.OPEN: _NOT_AGREED},
    ),
    Transition(
        "unpublish",
        (PictureState.PUBLIC,),
        Permission.EDIT_ROUND,
        PictureState.AGREED,
        dict.fromkeys((PictureState.OPEN, PictureState.AGREED), _NOT_PUBLIC),
    ),
)
