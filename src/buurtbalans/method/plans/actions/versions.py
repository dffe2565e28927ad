"""Agreeing the plan: its content is frozen as a version, and a changed plan is a new version."""

from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.people.models import Person
from buurtbalans.method.plans.models import PlanVersion
from buurtbalans.method.plans.queries import versions
from buurtbalans.method.plans.rules import plan_state
from buurtbalans.method.plans.states import PLAN
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.rules import require_in


@action(gettext_lazy("heeft het plan vastgesteld"))
def agree_plan(*, by: Person, round: Round) -> PlanVersion:
    """Freeze the plan that the core group agreed, with what it lacks, as the next version; only the guide may."""
    require_in(by, PLAN["agree"].permission, round)
    last = round.plans.order_by("-number").first()
    content = versions.plan_content(round)
    PLAN.require("agree", plan_state(content, last.content if last else None))
    version = PlanVersion.objects.create(round=round, number=last.number + 1 if last else 1, content=content, by=by)
    record(by=by, verb="plans.agree_plan", about=version, number=version.number)
    return version
