"""Reads of what everybody may read of a version: the opinions that their organisations agreed to make public.

This is the one place that decides it; the public page, its preview, papers and exports all read from here.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbalans.method.people.models import Organisation
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import PictureVersion, PictureVoice, PublicationConsent
from buurtbalans.method.rounds.queries.round import Viewer, organisations_of
from buurtbalans.method.rounds.rules import may_in


@dataclass(frozen=True)
class ConsentRow:
    """An opinion that the public page would show, and what its organisation answered about exactly these words."""

    voice: PictureVoice
    consent: PublicationConsent | None

    @property
    def organisation(self) -> Organisation:
        """The organisation whose opinion it is."""
        return self.voice.organisation

    @property
    def is_asked(self) -> bool:
        """Whether the organisation was asked about the opinion as it reads now."""
        return self.consent is not None

    @property
    def is_answered(self) -> bool:
        """Whether the organisation answered about the opinion as it reads now."""
        return self.consent is not None and self.consent.answer != ""

    @property
    def is_waiting(self) -> bool:
        """Whether the organisation was asked and did not answer yet."""
        return self.is_asked and not self.is_answered

    @property
    def is_shortened(self) -> bool:
        """Whether everybody reads fewer words than the round."""
        return self.consent is not None and self.consent.is_shortened

    @property
    def is_public(self) -> bool:
        """Whether everybody may read the opinion, whole or shorter."""
        return self.consent is not None and self.is_answered and not self.consent.is_held_back

    @property
    def status(self) -> str:
        """Where it stands, in words."""
        if self.consent is None:
            return _("nog niet gevraagd")
        if not self.consent.answer:
            asked = date_format(self.consent.asked_at, "j F Y")
            return _("gevraagd op %(day)s, nog niet geantwoord") % {"day": asked}
        if self.consent.is_held_back:
            return _("niet openbaar")
        return _("akkoord met een kortere tekst") if self.is_shortened else _("akkoord")


def consent_rows(picture: PictureVersion) -> list[ConsentRow]:
    """Return the opinions that everybody would read, with the answers of their organisations.

    An opinion that the sharing agreement does not cover reaches nobody, so it is not asked about. Neither is that of
    an organisation without anybody in the core group who can answer: without an answer it stays within the round.
    """
    speaking = {organisation.pk for organisation in organisations_of(picture.round)}
    rows = []
    for voice in PictureVoice.objects.agreed().filter(picture=picture).select_related("organisation", "consent"):
        consent: PublicationConsent | None = getattr(voice, "consent", None)
        row = ConsentRow(voice, consent if consent and consent.is_about_these_words else None)
        if row.is_answered or voice.organisation_id in speaking:
            rows.append(row)
    return rows


def own_row(picture: PictureVersion, viewer: Viewer) -> ConsentRow | None:
    """Return the opinion that the viewer may answer about: of the own organisation, when it was asked."""
    if not viewer.is_authenticated or not may_in(viewer, Permission.GIVE_OPINION, picture.round):
        return None
    rows = [row for row in consent_rows(picture) if row.is_asked]
    return next((row for row in rows if row.organisation == viewer.organisation), None)


def public_notes(picture: PictureVersion) -> dict[int, str]:
    """Return for each organisation whose opinion a public version does not show whole what it shows, in words."""
    notes = {}
    for row in consent_rows(picture) if picture.is_public else ():
        if not row.is_public:
            notes[row.organisation.pk] = _("Deze mening staat niet op de openbare pagina.")
        elif row.is_shortened:
            notes[row.organisation.pk] = _("Op de openbare pagina staat een kortere tekst.")
    return notes


def answer_fields(row: ConsentRow) -> dict[str, Any]:
    """Return what the form about an opinion starts with: what was answered, and until then the words to shorten."""
    consent = row.consent
    if consent is None or not consent.answer:
        return {"version": row.voice.version, "shortened": row.voice.words}
    return {"version": row.voice.version, "answer": consent.answer, "shortened": consent.shortened or row.voice.words}


def versions_asked_about(viewer: Viewer) -> list[PictureVersion]:
    """Return the newest version of each round of the viewer, where organisations were asked about it."""
    asked = PictureVersion.objects.filter(pk__in=PublicationConsent.objects.visible_to(viewer).values("voice__picture"))
    newest: dict[int, PictureVersion] = {}
    for picture in asked.select_related("round__neighbourhood", "round__core", "circle"):
        newest.setdefault(picture.round_id, picture)
    return list(newest.values())


def public_voices(picture: PictureVersion, *, expected: bool = False) -> list[PictureVoice]:
    """Return the opinions on a version that everybody may read, in the words that their organisations agreed to.

    With `expected` an organisation that did not answer yet counts as agreeing, as the preview of the page shows it.
    The rows are for reading and are never saved: their words may be shortened.
    """
    return [
        _in_public_words(row) for row in consent_rows(picture) if row.is_public or (expected and not row.is_answered)
    ]


def _in_public_words(row: ConsentRow) -> PictureVoice:
    if row.consent is not None and row.is_shortened:
        row.voice.words, row.voice.is_shortened = row.consent.shortened, True
    return row.voice


def publication_url(picture: PictureVersion) -> str:
    """Return the page that shows what everybody reads of a version, and asks organisations about it."""
    return reverse("rounds:publication", args=[picture.round.slug, picture.number])
