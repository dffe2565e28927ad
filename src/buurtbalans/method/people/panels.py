"""What people show elsewhere: the desks where a role has work to do, and the versions of what an organisation can."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.versions import Edit, TextKind
from buurtbalans.method.people import actions
from buurtbalans.method.people.models import Profile
from buurtbalans.method.people.rules import works_at


@dataclass(frozen=True, slots=True)
class Desk:
    """A page that only one role needs: what it is for, and the way in."""

    title: str | Promise
    text: str | Promise
    button: str | Promise
    url: str


def _write(*, by: Any, of: Profile, version: int, **was: str) -> Profile:
    return actions.write_profile(by=by, organisation=of.organisation, version=version, **was)


def profile_kind(url: Callable[[Any], str]) -> TextKind:
    """Return what there is to say of a profile, with the page where it stands: a higher app shows it."""
    return TextKind(
        Profile,
        url=url,
        may_edit=lambda person, profile: works_at(person, profile.organisation),
        edits=(Edit(("can", "for_whom", "mandate", "hours", "reach"), _write),),
        stays=_("Deze tekst blijft bewaard. U kunt de tekst wijzigen, en de vorige versie blijft dan leesbaar."),
        names=lambda viewer, profile: works_at(viewer, profile.organisation),
    )
