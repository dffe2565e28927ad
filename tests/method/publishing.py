"""A version of the picture on its way to everybody, for tests: organisations are asked, answer, and it is published."""

from buurtbalans.method.people.models import Person
from buurtbalans.method.rounds.actions import publication
from buurtbalans.method.rounds.models import PictureVersion, PictureVoice, PublicationConsent
from buurtbalans.method.rounds.queries.publication import consent_rows


def answer(person: Person, picture: PictureVersion, given: str = "heel", shortened: str = "") -> PublicationConsent:
    """Answer for the organisation of a person about its opinion as it reads now."""
    voice = PictureVoice.objects.get(picture=picture, organisation=person.organisation)
    return publication.answer_consent(
        by=person, picture=picture, answer=given, shortened=shortened, version=voice.version
    )


def published(guide: Person, picture: PictureVersion, *people: Person) -> PictureVersion:
    """Return a version that everybody reads, after these people agreed for their organisations."""
    if consent_rows(picture):
        publication.ask_consent(by=guide, picture=picture)
    for person in people:
        answer(person, picture)
    return publication.publish_version(by=guide, picture=picture)
