"""Writes of the placing: every one by somebody, with an audit row."""

from buurtbalans.method.people.actions import action, record
from buurtbalans.method.people.models import Person
from buurtbalans.method.stories.rules import require_no_traces

from . import rules
from .models import PlacingSwitch


@action
def switch(*, by: Person, on: bool, reason: str) -> PlacingSwitch:
    """Switch placing on or off for the own organisation, with the reason that others read."""
    organisation = rules.require_may_switch(by)
    rules.require_other(organisation, on)
    require_no_traces(reason)
    turned = PlacingSwitch.objects.create(organisation=organisation, on=on, reason=reason.strip(), by=by)
    record(by=by, verb="placements.switch", about=turned, organisation=organisation.pk, on=on)
    return turned
