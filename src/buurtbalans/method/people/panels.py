"""What stands on somebody's account page beside rounds: the desks where a role has work to do."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Desk:
    """A page that only one role needs: what it is for, and the way in."""

    title: str | Promise
    text: str | Promise
    button: str | Promise
    url: str
