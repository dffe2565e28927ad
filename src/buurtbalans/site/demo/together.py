"""What the groups of the invented rounds decide together: what comes first, versions of the picture, and answers."""

from collections.abc import Mapping

from buurtbalans.method.rounds.actions import agenda, priorities, publication, versions
from buurtbalans.method.rounds.models import Claim, PictureLine, PictureVersion
from buurtbalans.method.rounds.queries import contrast
from buurtbalans.method.rounds.queries import priorities as priorities_queries
from buurtbalans.method.rounds.queries import versions as versions_queries
from buurtbalans.site.demo.table import Table

Points = tuple[int, int, int, int, int]  # per proposed criterion


def bring_to_the_table(table: Table, claim: Claim) -> None:
    """Put a claim on the agenda of the first meeting that is still to come."""
    meeting = contrast.coming_meetings(table.round, table.guide).first()
    claim.refresh_from_db()
    agenda.put_on_agenda(by=table.guide, claim=claim, version=claim.version, meeting=meeting)


def choose_openly(table: Table, points: Mapping[str, Mapping[str, Points]], chosen: Mapping[str, str]) -> None:
    """Let organisations give points per line, and the group choose with a reason; lines are found by their first words.

    `points` says per person what they give each line, `chosen` per line why it comes first; a reason that starts with
    a minus is why it does not.
    """
    priorities.add_criteria(
        by=table.guide, round=table.round, texts=[str(text) for text in priorities_queries.PROPOSED]
    )
    criteria = list(priorities_queries.criteria_of(table.round, table.guide))
    heavy = criteria[1]
    priorities.edit_criterion(by=table.guide, criterion=heavy, version=heavy.version, text=heavy.text, weight=2)
    for name, given in points.items():
        cells = {
            (_line(table, start).pk, criterion.pk): (None, number)
            for start, numbers in given.items()
            for criterion, number in zip(criteria, numbers, strict=True)
        }
        priorities.weigh(by=table.people[name], round=table.round, points=cells)
    for start, reason in chosen.items():
        first = not reason.startswith("-")
        priorities.choose(by=table.guide, line=_line(table, start), first=first, reason=reason.lstrip("- "))


def _line(table: Table, start: str) -> PictureLine:
    return PictureLine.objects.get(round=table.round, text__startswith=start)


def lay_before(table: Table, voices: Mapping[str, tuple[str, str]]) -> PictureVersion:
    """Share the picture with the ring as a version, and let organisations say what they think of it."""
    versions.share_picture(by=table.guide, round=table.round)
    picture = versions_queries.picture_versions(table.round, table.guide)[0]
    for name, (stance, words) in voices.items():
        versions.give_version_opinion(by=table.people[name], picture=picture, stance=stance, words=words)
    return picture


def hear_residents(table: Table, picture: PictureVersion, said: Mapping[str, tuple[str, str]]) -> None:
    """Write down what residents say of a version; one with an answer gets it."""
    for text, (by, answer) in said.items():
        comment = versions.comment(
            by=table.people[by], picture=picture, who="bewoner", text=text, for_everybody=picture.is_public
        )
        if answer:
            versions.answer_comment(by=table.guide, comment=comment, version=1, answer=answer)


def agree_and_publish(table: Table, picture: PictureVersion, answers: Mapping[str, tuple[str, str]]) -> None:
    """Close a version as agreed, ask who gave an opinion on it, and let everybody read it.

    `answers` says per person what their organisation answers and, when it shortens its words, the shorter ones.
    """
    picture.refresh_from_db()
    agreed = versions.agree_version(by=table.guide, picture=picture)
    publication.ask_consent(by=table.guide, picture=agreed)
    for name, (answer, shortened) in answers.items():
        publication.answer_consent(by=table.people[name], picture=agreed, answer=answer, shortened=shortened, version=1)
    publication.publish_version(by=table.guide, picture=agreed)
