"""What the audit of a placing shows elsewhere: the way to it, on the page with the batches."""

from django.http import HttpRequest

from buurtbalans.method.base.panels import Panel
from buurtbalans.method.people.models import Organisation
from buurtbalans.method.placements.rules import is_on, may_place, may_switch


def ways_to_audit(request: HttpRequest, home: Organisation) -> Panel | None:
    """Return the way to the audit for who places or watches over it, once placing was switched on."""
    watches = may_place(request.user) or may_switch(request.user)
    return Panel("fairness/way.html", {}) if watches and is_on(home) else None
