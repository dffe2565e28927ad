"""What a line of the access matrix says: which viewers there are, and what each of them gets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

VIEWERS: Final = (
    "anonymous",
    "administrator",
    "auditor",
    "data_steward",
    "member",
    "process_guide",
    "core_member",
    "ring_member",
    "guest",
    "reader",
    "ambassador",
    "privacy_officer",
    "placing_officer",
)
LOGIN: Final = 1  # sent to the page where one signs in
GUIDE: Final = ("process_guide",)
CORE: Final = (*GUIDE, "core_member")
RING: Final = (*CORE, "ring_member", "guest")
COUNTING: Final = ("core_member", "ring_member", "guest")  # to all others an exact count of people does not exist
AUTHOR: Final = ("core_member",)  # who wrote what stands in the own round
STARTERS: Final = ("member", *CORE)
STEWARDS: Final = ("data_steward",)
SUPPLIER: Final = ("data_steward", "member", "core_member")  # who deliver for the organisation of the own deliveries
COLLEAGUES: Final = ("data_steward", "member")  # of who wrote the own texts
SUPPLIERS: Final = (*SUPPLIER, "process_guide")

PLACERS: Final = ("placing_officer",)
OFFICERS: Final = ("privacy_officer",)
WORKING: Final = (*SUPPLIERS, "ring_member", "guest", "ambassador", *OFFICERS, *PLACERS)  # who work at an organisation

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


def sender(status: int) -> Answers:
    """Return: who sent the draft gets the status; it does not exist for others who deliver, and the rest may not."""
    return {
        who: 404 if who in SUPPLIERS and who not in AUTHOR else found for who, found in only(AUTHOR, status).items()
    }


SIGNED_IN: Final = only(VIEWERS[1:])
NOT_THERE: Final = only((), others=404)
ROWS: list[Row] = []


def row(name: str, method: str, own: Answers, *, of: str = "", foreign: Answers = NOT_THERE) -> None:
    """Add a line to the matrix."""
    ROWS.append(Row(name, method, own, foreign, of))


def form(name: str, seeing: tuple[str, ...], who: tuple[str, ...], *, of: str) -> None:
    """Add the two lines of a page with a form: it is shown, and without an answer it is shown again."""
    row(name, "GET", within(seeing, who), of=of)
    row(name, "POST", within(seeing, who, 422), of=of)


def there_and_back(app: str, seeing: tuple[str, ...], who: tuple[str, ...], *kinds: str) -> None:
    """Add the lines of two buttons per kind: one takes it away, the other puts it back."""
    for kind in kinds:
        for end in ("withdraw", "restore"):
            row(f"{app}:{end}_{kind}", "POST", within(seeing, who, 302), of=kind)
