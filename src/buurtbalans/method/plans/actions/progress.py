"""Writes of the progress of an effort in a period: its reach, dose and quality, and who benefits."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.models import Effort, Progress
from buurtbalans.method.plans.rules import require_active, require_in_order
from buurtbalans.method.rounds.rules import require_in, require_speaks_for

REPORT_FIELDS = ("reached", "dose", "quality", "better_off")


@action(gettext_lazy("heeft de voortgang van een actie beschreven"))
def report_progress(*, by: Person, effort: Effort, start: date, end: date, **facts: Any) -> Progress:
    """Report how an effort went in a period; `facts` may hold reached, meant, dose, quality and better_off."""
    _require_may_report(by, effort)
    require_active(effort)
    require_in_order(start, end)
    if all(facts.get(name) in (None, "") for name in REPORT_FIELDS):
        raise ValidationError(
            _("Vul minstens één onderdeel in: het bereik, hoe vaak, hoe goed of wat mensen ervan merken."),
            code="nothing",
        )
    progress = Progress.objects.create(effort=effort, start=start, end=end, author=by, edited_by=by, **facts)
    record(by=by, verb="plans.report_progress", about=progress, effort=effort.pk)
    return progress


@action(gettext_lazy("heeft de voortgang van een actie aangepast"))
def edit_progress(*, by: Person, progress: Progress, version: int, **fields: Any) -> Progress:
    """Edit the report about a period."""
    _require_may_report(by, progress.effort)
    require_active(progress)
    require_in_order(fields.get("start", progress.start), fields.get("end", progress.end))
    progress.change(by=by, version=version, **fields)
    record(by=by, verb="plans.edit_progress", about=progress, version=progress.version)
    return progress


withdraw_progress, restore_progress = text_pair(
    Progress,
    "progress",
    require=lambda by, progress: _require_may_report(by, progress.effort),
    withdrawn=gettext_lazy("heeft de voortgang van een actie verwijderd"),
    restored=gettext_lazy("heeft de voortgang van een actie hersteld"),
    require_active=require_active,
    already=gettext_lazy("Dit is al eerder toegevoegd, dus het hoeft niet nog een keer."),
)


def _require_may_report(by: Person, effort: Effort) -> None:
    require_in(by, Permission.AGREE_EFFORT, effort.result.round)
    require_speaks_for(by, effort.organisation, effort.result.round)
