"""The access matrix as data: one line per address and method says who gets what; the suite walks all of it.

Adding an address? Add a `row(...)` below. `of` names the object in the address (see content_fixtures.py); a foreign
object is always asked for too, and does not exist for anybody here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

VIEWERS: Final = (
    "anonymous", "administrator", "auditor", "data_steward", "member", "process_guide", "core_member", "ring_member",
    "guest", "reader", "ambassador",
)  # fmt: skip
LOGIN: Final = 1  # sent to the page where one signs in
GUIDE: Final = ("process_guide",)
CORE: Final = (*GUIDE, "core_member")
RING: Final = (*CORE, "ring_member", "guest")
TELLERS: Final = (*CORE, "ring_member")
STARTERS: Final = ("member", *CORE)

Answers = Mapping[str, int]


@dataclass(frozen=True)
class Row:
    """What every viewer gets from one address with one method, about an own and about a foreign object."""

    name: str
    method: str
    own: Answers
    foreign: Answers
    of: str


def only(who: tuple[str, ...], status: int = 200, others: int = 403) -> Answers:
    """Return: these people get the status, others are refused, and who is not signed in is asked to do so."""
    return {viewer: status if viewer in who else LOGIN if viewer == "anonymous" else others for viewer in VIEWERS}


def within(seeing: tuple[str, ...], who: tuple[str, ...] | None = None, status: int = 200) -> Answers:
    """Return: these people get the status, others who see the object are refused, for the rest it does not exist."""
    doing = seeing if who is None else who
    return {
        viewer: 403 if viewer in seeing and viewer not in doing else answer
        for viewer, answer in only(doing, status, 404).items()
    }


def everybody(status: int = 200, **others: int) -> Answers:
    """Return: everybody gets the status, except those who are named."""
    return {viewer: others.get(viewer, status) for viewer in VIEWERS}


SIGNED_IN: Final = only(VIEWERS[1:])
NOT_THERE: Final = only((), others=404)
ROWS: list[Row] = []


def row(name: str, method: str, own: Answers, *, of: str = "", foreign: Answers = NOT_THERE) -> None:
    """Add a line to the matrix."""
    ROWS.append(Row(name, method, own, foreign, of))


row("start", "GET", everybody(302, anonymous=200))
row("blocks", "GET", everybody())
row("healthz", "GET", everybody())
row("look_as", "POST", everybody(404), of="who")
row("language", "POST", everybody(302))
for sign_in in ("login", "account_login"):
    row(sign_in, "GET", everybody(302, anonymous=200))
    row(sign_in, "POST", everybody(302, anonymous=200))
for sign_out in ("logout", "account_logout"):
    row(sign_out, "GET", everybody(200, anonymous=302))
    row(sign_out, "POST", everybody(302))
row("account_inactive", "GET", everybody())
row("mfa_authenticate", "GET", everybody(302, anonymous=LOGIN))
row("mfa_authenticate", "POST", everybody(302, anonymous=LOGIN))
row("account", "GET", SIGNED_IN)
row("account_change_password", "POST", SIGNED_IN)
for confirm in ("account_reauthenticate", "account_change_password", "mfa_index"):
    row(confirm, "GET", SIGNED_IN)
row("account_reauthenticate", "POST", SIGNED_IN)
for second_step in ("mfa_reauthenticate", "mfa_activate_totp", "mfa_generate_recovery_codes"):
    row(second_step, "GET", only(VIEWERS[1:], 302))
    row(second_step, "POST", only(VIEWERS[1:], 302))
for not_on in ("mfa_deactivate_totp", "mfa_view_recovery_codes"):
    row(not_on, "GET", NOT_THERE)
row("mfa_deactivate_totp", "POST", NOT_THERE)
row("audit", "GET", only(("auditor",)))
row("datasets:releases", "GET", only(("data_steward",)))
row("datasets:publish", "GET", only(("data_steward",), 404), of="release")
row("datasets:publish", "POST", only(("data_steward",), 404), of="release")
row("datasets:undo", "GET", only(("data_steward",)))
row("datasets:undo", "POST", only(("data_steward",), 422))
