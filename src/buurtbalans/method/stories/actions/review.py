"""Writes about who looks before others read what is told: a colleague lets it go or sends it back."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.stories.models import Contribution
from buurtbalans.method.stories.rules import may_write_for, require_may_review


@action(gettext_lazy("heeft een bijdrage van een collega goedgekeurd om te delen"))
def approve_contribution(*, by: Person, told: Contribution, version: int) -> Contribution:
    """Say that nobody can be recognised in what a colleague told, so that it goes to the circle that was asked for."""
    require_may_review(by, told)
    circle = told.asked
    if circle is None or not may_write_for(told.author, Permission.TELL_STORY, circle):
        raise ValidationError(
            _("De schrijver hoort niet meer bij de groep die dit zou lezen, dus stuur het terug."), code="outside"
        )
    told.let_go(by=by, version=version, circle=circle)
    record(by=by, verb="stories.approve_contribution", about=told, circle=circle.pk)
    return told


@action(gettext_lazy("heeft een bijdrage van een collega teruggestuurd"))
def return_contribution(*, by: Person, told: Contribution, version: int, why: str) -> Contribution:
    """Leave what a colleague told in the organisation, and say to its author why."""
    require_may_review(by, told)
    if not why.strip():
        raise ValidationError(_("Schrijf op wat de schrijver moet weghalen of aanpassen."), code="no_reason")
    require_no_traces(why)
    told.settle(version=version, returned=why.strip())
    record(by=by, verb="stories.return_contribution", about=told)
    return told
