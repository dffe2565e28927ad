"""Writes that make a version of the picture public: organisations are asked, answer for their own words, then it opens."""

import re

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.queries import public_circle
from buurtbalans.method.rounds.models import ConsentAnswer, PictureVersion, PublicationConsent
from buurtbalans.method.rounds.queries.publication import consent_rows, own_row, public_voices
from buurtbalans.method.rounds.queries.versions import texts_in
from buurtbalans.method.rounds.rules import require_in, require_organisation
from buurtbalans.method.rounds.states import PICTURE


@action(gettext_lazy("heeft organisaties gevraagd of hun mening openbaar mag worden"))
def ask_consent(*, by: Person, picture: PictureVersion) -> list[str]:
    """Ask each organisation that was not asked yet whether everybody may read its opinion; returns their names."""
    require_in(by, PICTURE["ask_consent"].permission, picture.round)
    PICTURE.require("ask_consent", picture.state)
    rows = [row for row in consent_rows(picture) if not row.is_asked]
    if not rows:
        raise ValidationError(_("Alle organisaties met een mening zijn al gevraagd."), code="asked")
    for row in rows:
        require_no_traces(row.voice.words)
        about = {"version": row.voice.version, "asked_at": timezone.now()}
        nothing = {"answer": "", "shortened": "", "answered_at": None}
        PublicationConsent.objects.update_or_create(voice=row.voice, defaults=about | nothing)
    names = [row.organisation.name for row in rows]
    record(by=by, verb="rounds.ask_consent", about=picture, organisations=names)
    return names


@action(gettext_lazy("heeft geantwoord of de mening van een organisatie openbaar mag worden"))
def answer_consent(
    *, by: Person, picture: PictureVersion, answer: str, shortened: str = "", version: int
) -> PublicationConsent:
    """Answer for one's own organisation, or answer otherwise than before; on a public page that counts at once.

    `version` is that of the opinion that was read: the answer is about those words and no others.
    """
    require_in(by, PICTURE["answer_consent"].permission, picture.round)
    require_organisation(by)
    PICTURE.require("answer_consent", picture.state)
    row = own_row(picture, by)
    if row is None or row.consent is None or row.voice.version != version:
        raise ValidationError(
            _("De mening van uw organisatie is niet meer zoals u die hebt gelezen. Bekijk de pagina opnieuw."),
            code="changed",
        )
    if answer not in ConsentAnswer.values:
        raise ValidationError(_("Kies of iedereen de mening van uw organisatie mag lezen."), code="answer")
    consent, fewer = row.consent, shortened.strip()
    if answer == ConsentAnswer.SHORTENED:
        _require_shortening(row.voice.words, fewer)
    elif fewer not in ("", row.voice.words.strip(), consent.shortened):
        raise ValidationError(
            _("U hebt een kortere tekst ingevuld. Kies dan ‘Akkoord met een kortere tekst’, of maak het veld leeg."),
            code="shortened",
        )
    consent.answer, consent.answered_at = answer, timezone.now()
    consent.shortened = fewer if answer == ConsentAnswer.SHORTENED else ""
    consent.save(update_fields=["answer", "shortened", "answered_at"])
    record(by=by, verb="rounds.answer_consent", about=consent, picture=picture.pk, answer=answer)
    return consent


def _require_shortening(words: str, fewer: str) -> None:
    """Refuse a shorter text that is empty, not shorter, or says something else: words may only be left out."""
    rest = iter(_pieces(words))
    kept = _pieces(fewer)
    if not kept or len(kept) == len(_pieces(words)) or not all(piece in rest for piece in kept):
        raise ValidationError(
            _("Laat in de kortere tekst alleen woorden weg, want iets anders heeft uw organisatie niet gezegd."),
            code="shortened",
        )


def _pieces(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@action(gettext_lazy("heeft het gedeelde beeld openbaar gemaakt"))
def publish_version(*, by: Person, picture: PictureVersion) -> PictureVersion:
    """Let everybody read a version that was agreed, once each organisation answered about its own opinion."""
    require_in(by, PICTURE["publish"].permission, picture.round)
    PICTURE.require("publish", picture.state)
    if waiting := [row.organisation.name for row in consent_rows(picture) if not row.is_answered]:
        raise ValidationError(
            _("Wacht met openbaar maken, want er is nog geen antwoord van: %(names)s."),
            code="waiting",
            params={"names": ", ".join(waiting)},
        )
    for text in [*texts_in(picture.content), *(voice.words for voice in public_voices(picture))]:
        require_no_traces(text)
    picture.circle, picture.shared_at = public_circle(), timezone.now()
    picture.save(update_fields=["circle", "shared_at"])
    record(by=by, verb="rounds.publish_version", about=picture, circle=picture.circle_id)
    return picture


@action(gettext_lazy("heeft het openbare gedeelde beeld ingetrokken"))
def unpublish_version(*, by: Person, picture: PictureVersion) -> PictureVersion:
    """Take a version back from everybody; the ring keeps reading it."""
    require_in(by, PICTURE["unpublish"].permission, picture.round)
    PICTURE.require("unpublish", picture.state)
    picture.circle = picture.round.ring
    picture.save(update_fields=["circle"])
    record(by=by, verb="rounds.unpublish_version", about=picture, circle=picture.circle_id)
    return picture
