"""A small invented batch: three households, four homes in two buurten, and the people who place."""

import io
from types import SimpleNamespace

import xlsxwriter

from buurtbalans.method.people.actions import grant
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.placements.actions.batches import import_batch, switch
from buurtbalans.method.placements.actions.deciding import decide
from buurtbalans.method.placements.models import PlacingBatch, PlacingDecision
from tests.site.people_fixtures import World, person

Tables = dict[str, list[tuple[int, list[str]]]]
FAR = "BU99990902"
HERE = "BU99990901"


def tables(own: str = "woonstede", homes: str = "haven-wonen") -> Tables:
    """Return the tables of a batch; H-2 would rather live where there is little room."""
    told = {
        "households": [
            [
                "id",
                "group",
                "rooms_min",
                "rooms_max",
                "rent_max",
                "step_free",
                "provider",
                "urgency",
                "weeks_waiting",
                "avoid",
                "near",
            ],
            ["H-1", "", "1", "3", "800", "0", "", "3", "40", "", HERE],
            ["H-2", "", "1", "3", "800", "0", "", "1", "5", "", HERE],
            ["H-3", "", "9", "", "800", "0", "", "1", "5", "", ""],
        ],
        "homes": [
            ["id", "area", "corporation", "rooms", "rent", "step_free", "let_by"],
            ["W-1", HERE, own, "2", "600", "0", ""],
            ["W-2", HERE, homes, "2", "610", "0", ""],
            ["W-3", FAR, homes, "2", "600", "0", ""],
            ["W-4", FAR, own, "5", "600", "0", ""],
        ],
        "areas": [
            ["code", "parent", "headroom"],
            ["WK999909", "", ""],
            [HERE, "WK999909", "1"],
            [FAR, "WK999909", "9"],
        ],
    }
    return {name: list(enumerate(rows, start=1)) for name, rows in told.items()}


def workbook(sheets: Tables) -> bytes:
    """Return tables as an Excel workbook."""
    said = io.BytesIO()
    with xlsxwriter.Workbook(said, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, cells in rows:
                sheet.write_row(line - 1, 0, cells)
    return said.getvalue()


def placer(organisation: Organisation, username: str, role: Role = Role.PLACING_OFFICER) -> Person:
    """Make somebody who places for an organisation, or watches over it."""
    made = person(username, organisation)
    grant(by=None, person=made, role=role, circle=organisation.circle)
    return made


def placed(by: Person, officer: Person, own: str = "woonstede") -> PlacingBatch:
    """Switch placing on and read a batch."""
    switch(by=officer, on=True, reason="De DPIA is klaar.")
    return import_batch(by=by, title="Week 48", tables=tables(own))


def seated(world: World) -> SimpleNamespace:
    """Return a batch with its first advice, who placed it, and a second person."""
    by = world["placing_officer"]
    batch = placed(by, world["privacy_officer"])
    return SimpleNamespace(batch=batch, by=by, second=placer(world.organisations["woonstede"], "second"), world=world)


def now(desk: SimpleNamespace) -> dict[str, str]:
    """Return the proposals as they stand."""
    return dict(desk.batch.advices.first().proposals)


def decided(desk: SimpleNamespace, household: str, choice: str, home: str = "", reason: str = "") -> PlacingDecision:
    """Decide about a household that has a proposal."""
    seen = now(desk)[household]
    return decide(
        by=desk.by, batch=desk.batch, household=household, choice=choice, proposed=seen, home=home, reason=reason
    )
