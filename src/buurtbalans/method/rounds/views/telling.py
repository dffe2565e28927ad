"""Where the stories of a round are told and to whom, and with whose eyes one can look at one before it is shared."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbalans.method.people.models import Circle, Organisation
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.stories.rules import may_from
from buurtbalans.method.stories.views import Eyes, Setting

from .. import queries
from ..models import Round


def story_setting(request: HttpRequest, slug: str) -> Setting:
    """Return where stories of a round are told, and to whom: the own organisation first, then core group and ring."""
    round = get_object_or_404(queries.rounds_of(request.user), slug=slug)
    mine = Circle.objects.with_member(request.user, Permission.TELL_STORY).filter(kind="organisation")
    circles = [*mine, *(c for c in (round.core, round.ring) if may_from(request.user, Permission.TELL_STORY, c))]
    crumbs = [
        (round.neighbourhood.name, reverse("rounds:round", args=[slug])),
        (_("Delen"), reverse("rounds:step", args=[slug, 2])),
        (_("Verhalen"), reverse("stories:list", args=[slug])),
    ]
    return Setting(slug, round.neighbourhood, circles, crumbs, round.core, eyes_of(round, request.user))


def eyes_of(round: Round, viewer: queries.Viewer) -> tuple[Eyes, ...]:
    """Return with whose eyes one can look at a story: others of the round per organisation, one's own, and outside."""
    found = []
    for circle, words in ((round.core, _("in de kerngroep")), (round.ring, _("in de kring"))):
        inside = Organisation.objects.filter(people__memberships__circle=circle).select_related("circle").distinct()
        for each in sorted(inside, key=lambda each: each.pk == getattr(viewer, "organisation_id", None)):
            mine = each.pk == getattr(viewer, "organisation_id", None)
            name = _("mijn organisatie") if mine else each.name
            found.append(Eyes(f"{each.slug}-{circle.kind}", f"{name}, {words}", (each.circle, circle)))
    found.append(Eyes("kring", _("iemand van geen organisatie, in de kring"), (round.ring,)))
    return (*found, Eyes("buiten", _("iemand buiten de ronde")))
