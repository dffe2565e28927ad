"""Agreeing the plan: it is frozen as it stands, and a changed plan is a new version."""

from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.models import PlanVersion
from buurtbalans.method.plans.queries import versions
from buurtbalans.method.plans.rules import require_plan
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.rules import require_in


@action(gettext_lazy("stelde het plan vast"))
def agree_plan(*, by: Person, round: Round) -> PlanVersion:
    """Freeze the plan as the core group agreed it, with what was missing; the guide writes it down."""
    require_in(by, Permission.EDIT_ROUND, round)
    last = round.plans.order_by("-number").first()
    content = versions.content_of(round)
    require_plan(content, last.content if last else None)
    version = PlanVersion.objects.create(round=round, number=last.number + 1 if last else 1, content=content, by=by)
    record(by=by, verb="plans.agree_plan", about=version, number=version.number)
    return version
