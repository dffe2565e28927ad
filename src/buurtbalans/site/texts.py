"""Every kind of text that people change, as its app says it: for the history, the trash and the erasing of both."""

from django.urls import reverse

from buurtbalans.method.evaluation import panels as evaluation
from buurtbalans.method.people.panels import profile_kind
from buurtbalans.method.plans import panels as plans
from buurtbalans.method.rounds import panels as rounds
from buurtbalans.method.stories import panels as stories

KINDS = {
    kind.label: kind
    for kind in (
        profile_kind(lambda profile: reverse("partners:partner", args=[profile.organisation.slug])),
        *stories.TEXTS,
        *rounds.TEXTS,
        *plans.TEXTS,
        *evaluation.TEXTS,
    )
}
