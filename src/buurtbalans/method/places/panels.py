"""What a panel is: a part that a higher app shows on the page of a lower one, gathered by the front door."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from buurtbalans.method.base.versions import Edit, TextKind
from buurtbalans.method.places import actions
from buurtbalans.method.places.models import Landmark
from buurtbalans.method.places.rules import may_mark

MARKED = ("kind", "name", "about", "shape", "starts_on", "ends_on", "source")


def landmark_kind(url: Callable[[Any], str]) -> TextKind:
    """Return what there is to say of a landmark, with the page where it stands: a higher app shows it."""
    return TextKind(
        Landmark,
        url=url,
        may_edit=lambda person, landmark: may_mark(person, landmark.neighbourhood),
        edits=(Edit(MARKED, lambda *, by, of, **was: actions.edit_landmark(by=by, landmark=of, **was)),),
        withdraw=lambda *, by, of: actions.withdraw_landmark(by=by, landmark=of),
        restore=lambda *, by, of: actions.restore_landmark(by=by, landmark=of),
        round_filter=lambda round: Q(neighbourhood__rounds=round),
    )
