"""Writes about what is not known: a gap becomes a task with somebody who asks, and a date."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Claim, Gap, Round
from buurtbalans.method.rounds.rules import require_claims_of_round, require_in, require_owner, require_speaks_for
from buurtbalans.method.stories.models import Story


@action(gettext_lazy("heeft een open vraag toegevoegd"))
def create_gap(
    *,
    by: Person,
    round: Round,
    what: str,
    organisation: Organisation,
    whom: str,
    before: date | None,
    claim: Claim | None = None,
    owner: Person | None = None,
) -> Gap:
    """Write down what is not known and who asks whom about it, before when."""
    require_in(by, Permission.CLAIM, round)
    require_claims_of_round([claim] if claim else [], round)
    require_owner(owner, organisation, round)
    require_no_traces(f"{what} {whom}")
    gap = Gap.objects.create(
        round=round,
        claim=claim,
        what=what,
        organisation=organisation,
        whom=whom,
        before=before,
        owner=owner,
        edited_by=by,
    )
    record(by=by, verb="rounds.create_gap", about=gap, round=round.pk, person=owner.pk if owner else None)
    return gap


@action(gettext_lazy("heeft een open vraag aangepast"))
def edit_gap(
    *,
    by: Person,
    gap: Gap,
    version: int,
    what: str,
    organisation: Organisation,
    whom: str,
    before: date | None,
    claim: Claim | None = None,
    owner: Person | None = None,
) -> Gap:
    """Change a question: its words, who asks it, whom and before when; for the organisation that asks, or the guide."""
    require_in(by, Permission.CLAIM, gap.round)
    require_speaks_for(by, gap.organisation, gap.round)
    require_claims_of_round([claim] if claim else [], gap.round)
    require_owner(owner, organisation, gap.round)
    require_no_traces(f"{what} {whom}")
    gap.change(
        by=by, version=version, what=what, organisation=organisation, whom=whom, before=before, claim=claim, owner=owner
    )
    record(by=by, verb="rounds.edit_gap", about=gap, version=gap.version, person=owner.pk if owner else None)
    return gap


@action(gettext_lazy("heeft een open vraag beantwoord"))
def answer_gap(*, by: Person, gap: Gap, version: int, answer: str) -> Gap:
    """Write down what came of a question; for the organisation that asked, or the guide."""
    require_in(by, Permission.CLAIM, gap.round)
    require_speaks_for(by, gap.organisation, gap.round)
    require_no_traces(answer)
    if not answer.strip():
        raise ValidationError(_("Schrijf op wat het antwoord op de vraag is."), code="empty")
    gap.change(by=by, version=version, answer=answer.strip())
    record(by=by, verb="rounds.answer_gap", about=gap, version=gap.version)
    return gap


@action(gettext_lazy("heeft een verhaal aan een open vraag toegevoegd"))
def answer_gap_with_story(*, by: Person, gap: Gap, story: Story) -> Gap:
    """Point from a question of the round to a story in which somebody answered it; who asks sees it there."""
    require_in(by, Permission.CLAIM, gap.round)
    if gap.withdrawn_at is not None or not Story.objects.visible_to(by).filter(pk=story.pk).exists():
        raise PermissionDenied("deze vraag of dit verhaal is er niet")
    gap.stories.add(story)
    record(by=by, verb="rounds.answer_gap_with_story", about=gap, story=story.pk)
    return gap
