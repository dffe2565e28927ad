"""Writes about the codebook of a round: its words, and which of them hang on which story."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import require
from buurtbalans.method.stories.models import Code, Story, Tag


@action(gettext_lazy("heeft een trefwoord aan het codeboek toegevoegd"))
def create_code(*, by: Person, circle: Circle, name: str, meaning: str) -> Code:
    """Add a word to the codebook of a core group, with when it fits."""
    require(by, Permission.CLAIM, circle)
    words = _words(name, meaning)
    with _unique(circle, words["name"]):
        code: Code = Code.objects.create(circle=circle, edited_by=by, **words)
    record(by=by, verb="stories.create_code", about=code, circle=circle.pk)
    return code


@action(gettext_lazy("heeft een trefwoord van het codeboek aangepast"))
def update_code(*, by: Person, code: Code, version: int, name: str, meaning: str) -> Code:
    """Call a word otherwise or say better when it fits; it stays on the stories on which it hangs."""
    require(by, Permission.CLAIM, code.circle)
    words = _words(name, meaning)
    with _unique(code.circle, words["name"], code):
        code.change(by=by, version=version, **words)
    record(by=by, verb="stories.update_code", about=code, version=code.version)
    return code


@action(gettext_lazy("heeft een trefwoord aan een verhaal toegevoegd"))
def tag_story(*, by: Person, code: Code, story: Story) -> Tag:
    """Hang a word of the codebook on a story that one may read."""
    require(by, Permission.CLAIM, code.circle)
    if code.withdrawn_at is not None or not Story.objects.visible_to(by).active().filter(pk=story.pk).exists():
        raise PermissionDenied("dit woord of dit verhaal is er niet")
    tag, _new = Tag.objects.get_or_create(code=code, story=story, defaults={"by": by})
    record(by=by, verb="stories.tag_story", about=story, code=code.pk)
    return tag


@action(gettext_lazy("heeft een trefwoord van een verhaal verwijderd"))
def untag_story(*, by: Person, code: Code, story: Story) -> None:
    """Take a word off a story; hanging it again undoes this."""
    require(by, Permission.CLAIM, code.circle)
    if not Story.objects.visible_to(by).filter(pk=story.pk).exists():
        raise PermissionDenied("dit verhaal is er niet")
    Tag.objects.filter(code=code, story=story).delete()
    record(by=by, verb="stories.untag_story", about=story, code=code.pk)


def _words(name: str, meaning: str) -> dict[str, str]:
    """Return what is written of a word; refuse one that is empty or leads to a person."""
    require_no_traces(f"{name} {meaning}")
    words = {"name": " ".join(name.split()), "meaning": meaning.strip()}
    if not all(words.values()):
        raise ValidationError(_("Vul een trefwoord in en leg uit wanneer het past."), code="empty")
    return words


@contextmanager
def _unique(circle: Circle, name: str, but: Code | None = None) -> Iterator[None]:
    """Refuse a word that the codebook has already, also when somebody adds it at this very moment."""
    twice = ValidationError(_("Dit trefwoord staat al in het codeboek, dus kies een ander woord."), code="twice")
    there = Code.objects.filter(circle=circle, name__iexact=name, withdrawn_at__isnull=True)
    if (there.exclude(pk=but.pk) if but else there).exists():
        raise twice
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise twice from clash


withdraw_code, restore_code = text_pair(  # a withdrawn word keeps its stories, so that it comes back as it was
    Code,
    "code",
    require=lambda by, code: require(by, Permission.CLAIM, code.circle),
    withdrawn=gettext_lazy("heeft een trefwoord uit het codeboek verwijderd"),
    restored=gettext_lazy("heeft een trefwoord in het codeboek hersteld"),
    restoring=lambda code: _unique(code.circle, code.name, code),
)
