"""Writes about the team: who joins and who leaves, who leads, and the few who look into one problem."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.actions import grant, withdraw
from buurtbalans.method.people.models import Membership, Person
from buurtbalans.method.people.permissions import Permission, Role
from buurtbalans.method.rounds.models import Round, SubTeam
from buurtbalans.method.rounds.rules import (
    TEAM,
    require_can_leave,
    require_in,
    require_may_hand_over,
    require_may_record_findings,
    require_may_withdraw,
)
from buurtbalans.method.rounds.sharing import settle_sharing


@action(gettext_lazy("heeft iemand aan een ronde toegevoegd"))
def add_to_team(*, by: Person, round: Round, person: Person, role: Role) -> None:
    """Make a person a member of the core group or of the ring, or let an ambassador read along with the ring."""
    require_in(by, Permission.EDIT_ROUND, round)
    if role not in TEAM:
        raise ValidationError(_("Kies tussen de kerngroep en de betrokkenen."), code="role")
    grant(by=by, person=person, role=role, circle=round.core if role is Role.CORE_MEMBER else round.ring)
    settle_sharing(round)
    record(by=by, verb="rounds.add_to_team", about=round, person=person.pk, role=role)


@action(gettext_lazy("heeft iemands deelname aan een ronde beëindigd"))
def remove_from_team(*, by: Person, round: Round, person: Person) -> list[Role]:
    """Take somebody out of a round, or leave it; returns the roles, so that it can be undone. A guide stays."""
    held = list(Membership.objects.filter(person=person, circle__in=[round.core, round.ring]))
    require_can_leave(held)
    for membership in held:
        withdraw(by=by, membership=membership)
    settle_sharing(round)
    record(by=by, verb="rounds.remove_from_team", about=round, person=person.pk)
    return [Role(membership.role) for membership in held]


@action(gettext_lazy("heeft de procesbegeleiding overgedragen"))
def assign_guide(*, by: Person, round: Round, person: Person) -> None:
    """Make another of the core group the process guide; who led stays in the core group.

    When nobody leads any more (an account was closed), somebody of the core group may take it up.
    """
    require_may_hand_over(by, person, round)
    seats = Membership.objects.filter(circle=round.core)
    before = list(seats.filter(role=Role.PROCESS_GUIDE))
    grant(by=by, person=person, role=Role.PROCESS_GUIDE, circle=round.core)
    for membership in before:
        grant(by=by, person=membership.person, role=Role.CORE_MEMBER, circle=round.core)
    for membership in seats.filter(person=person, role=Role.CORE_MEMBER):
        withdraw(by=by if by == person else person, membership=membership)
    for membership in before:
        withdraw(by=by, membership=membership)
    record(by=by, verb="rounds.assign_guide", about=round, person=person.pk)


@action(gettext_lazy("heeft een werkgroep gemaakt"))
def create_subteam(*, by: Person, round: Round, name: str, problem: str, people: Sequence[Person] = ()) -> SubTeam:
    """Make a sub-team of a few people of the round, who look into one problem."""
    require_in(by, Permission.EDIT_ROUND, round)
    _require_inside(round, people)
    subteam = SubTeam.objects.create(round=round, name=name, problem=problem, edited_by=by)
    subteam.people.set(people)
    record(by=by, verb="rounds.create_subteam", about=subteam, round=round.pk)
    return subteam


@action(gettext_lazy("heeft een werkgroep aangepast"))
def edit_subteam(*, by: Person, subteam: SubTeam, version: int, people: Sequence[Person], **fields: Any) -> SubTeam:
    """Change what a sub-team is called and looks into, and who is in it."""
    require_in(by, Permission.EDIT_ROUND, subteam.round)
    _require_inside(subteam.round, people)
    subteam.change(by=by, version=version, **fields)
    subteam.people.set(people)
    record(by=by, verb="rounds.edit_subteam", about=subteam, version=subteam.version)
    return subteam


@action(gettext_lazy("heeft de bevindingen van een werkgroep genoteerd"))
def record_subteam_findings(*, by: Person, subteam: SubTeam, version: int, found: str) -> SubTeam:
    """Write down what a sub-team found: by its own people, or by the guide."""
    require_may_record_findings(by, subteam)
    require_no_traces(found)
    subteam.change(by=by, version=version, found=found)
    record(by=by, verb="rounds.record_subteam_findings", about=subteam, version=subteam.version)
    return subteam


withdraw_subteam, restore_subteam = text_pair(
    SubTeam,
    "subteam",
    require=require_may_withdraw,
    withdrawn=gettext_lazy("heeft iets verwijderd"),
    restored=gettext_lazy("heeft iets hersteld"),
)


def _require_inside(round: Round, people: Sequence[Person]) -> None:
    inside = Membership.objects.filter(circle__in=[round.core, round.ring], person__in=people)
    if inside.values("person").distinct().count() < len(people):
        raise ValidationError(_("Kies mensen die meedoen aan deze ronde."), code="outside")
