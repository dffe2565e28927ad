"""Writes of the versions of a picture: laid before the organisations, shared with the ring, agreed, and commented on."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Comment, PictureLine, PictureVersion, PictureVoice, Round, Stance
from buurtbalans.method.rounds.queries.versions import content_of, newest, silent, texts_in
from buurtbalans.method.rounds.rules import require_in, require_may_comment, require_newest, require_organisation
from buurtbalans.method.rounds.states import PICTURE
from buurtbalans.method.stories.rules import may_write_for


@action(gettext_lazy("heeft het gedeelde beeld aan de organisaties voorgelegd"))
def submit_version(*, by: Person, round: Round) -> PictureVersion:
    """Lay the picture before the organisations as it is now: a new version, whose content never changes."""
    require_in(by, Permission.EDIT_ROUND, round)
    if not round.finding or not PictureLine.objects.filter(round=round).exists():
        raise ValidationError(
            _("Het gedeelde beeld is nog niet af, dus schrijf eerst de zin en minstens één regel."), code="empty"
        )
    content, before = content_of(round), newest(round)
    if before is not None and before.content == content:
        raise ValidationError(_("Er is niets gewijzigd sinds de vorige versie."), code="same")
    for text in texts_in(content):
        require_no_traces(text)
    version = PictureVersion.objects.create(
        round=round, circle=round.core, number=before.number + 1 if before else 1, content=content, by=by
    )
    record(by=by, verb="rounds.submit_version", about=version, round=round.pk)
    return version


@action(gettext_lazy("heeft het gedeelde beeld met de betrokkenen gedeeld"))
def share_picture(*, by: Person, round: Round) -> int:
    """Share the picture as it is now with the ring, as a version; returns how many lines became readable."""
    require_in(by, PICTURE["share"].permission, round)
    version = newest(round)
    if version is None or version.content != content_of(round):
        version = submit_version(by=by, round=round)
    if version.circle_id == round.core_id:
        PictureVersion.objects.filter(pk=version.pk).update(circle=round.ring, shared_at=timezone.now())
    lines = list(PictureLine.objects.filter(round=round, circle=round.core))
    for line in lines:  # each keeps for whom it was: who reads along from now on does not see what it was before
        line.change(by=by, version=line.version, circle=round.ring)
    record(by=by, verb="rounds.share_picture", about=round, lines=len(lines))
    return len(lines)


@action(gettext_lazy("heeft de mening van een organisatie over het gedeelde beeld gegeven"))
def give_version_opinion(
    *, by: Person, picture: PictureVersion, stance: str, words: str = "", version: int = 0
) -> PictureVoice:
    """Say for one's own organisation whether it agrees with a version; version 0 is a first word."""
    require_in(by, PICTURE["give_opinion"].permission, picture.round)
    organisation: Organisation = require_organisation(by)
    PICTURE.require("give_opinion", picture.state)
    require_newest(picture, newest(picture.round))
    if stance not in Stance.values:
        raise ValidationError(_("Kies welke mening uw organisatie hierover heeft."), code="stance")
    if stance != Stance.AGREE and not words.strip():
        raise ValidationError(_("Leg in eigen woorden uit wat u anders ziet."), code="no_words")
    require_no_traces(words)
    fields = {"stance": stance, "words": words.strip(), "given_by": by}
    voice, made = PictureVoice.objects.get_or_create(
        picture=picture, organisation=organisation, defaults=fields | {"edited_by": by}
    )
    if not made:
        voice.change(by=by, version=version, **fields)
    record(by=by, verb="rounds.give_version_opinion", about=voice, picture=picture.pk, stance=stance)
    return voice


@action(gettext_lazy("heeft het gedeelde beeld vastgesteld"))
def agree_version(*, by: Person, picture: PictureVersion) -> PictureVersion:
    """Close a version as agreed; who did not answer is said, and dissent stays with it."""
    require_in(by, PICTURE["agree"].permission, picture.round)
    PICTURE.require("agree", picture.state)
    require_newest(picture, newest(picture.round))
    if not picture.voices.exists():
        raise ValidationError(
            _("Wacht met vaststellen, want nog geen organisatie heeft een mening gegeven."), code="no_voice"
        )
    picture.agreed_at, picture.agreed_by = timezone.now(), by
    picture.save(update_fields=["agreed_at", "agreed_by"])
    quiet = [name for _pk, name in silent(picture)]
    record(by=by, verb="rounds.agree_version", about=picture, silent=quiet)
    return picture


@action(gettext_lazy("heeft een reactie op het gedeelde beeld genoteerd"))
def comment(*, by: Person, picture: PictureVersion, who: str, text: str, for_everybody: bool = False) -> Comment:
    """Write down what a resident says of a version that was shared with the ring or wider.

    `for_everybody` says that the writer knows that everybody reads it once it is answered, as on a public version.
    """
    require_may_comment(by, picture)
    if picture.is_public and not for_everybody:
        raise ValidationError(
            _("Dit beeld is net openbaar geworden, dus iedereen leest deze reactie. Voeg de reactie opnieuw toe."),
            code="public",
        )
    for given in (who, text):
        if not given.strip():
            raise ValidationError(_("Schrijf op wie de reactie heeft gegeven en wat er is gezegd."), code="empty")
        require_no_traces(given)
    made = Comment.objects.create(picture=picture, who=who.strip(), text=text.strip(), author=by, edited_by=by)
    record(by=by, verb="rounds.comment", about=made, picture=picture.pk)
    return made


@action(gettext_lazy("heeft een reactie beantwoord"))
def answer_comment(*, by: Person, comment: Comment, version: int, answer: str) -> Comment:
    """Answer a comment in the name of the core group."""
    require_in(by, Permission.EDIT_ROUND, comment.picture.round)
    if not answer.strip():
        raise ValidationError(_("Schrijf op wat u op deze reactie antwoordt."), code="empty")
    require_no_traces(answer)
    comment.change(by=by, version=version, answer=answer.strip(), answered_by=by, answered_at=timezone.now())
    record(by=by, verb="rounds.answer_comment", about=comment, version=comment.version)
    return comment


withdraw_comment, restore_comment = text_pair(
    Comment,
    "comment",
    require=lambda by, comment: _require_mine(by, comment),
    withdrawn=gettext_lazy("heeft een reactie verwijderd"),
    restored=gettext_lazy("heeft een reactie hersteld"),
    already=gettext_lazy("Deze reactie staat al bij het gedeelde beeld."),
)


def _require_mine(by: Person, comment: Comment) -> None:
    wrote = comment.author_id == by.pk and may_write_for(by, Permission.TELL_STORY, comment.picture.round.ring)
    if not wrote:
        require_in(by, Permission.EDIT_ROUND, comment.picture.round)
