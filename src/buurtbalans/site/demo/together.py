"""What the groups of the invented rounds decide together: what comes first, versions of the picture, and answers."""

from collections.abc import Mapping

from buurtbalans.method.rounds import actions, queries
from buurtbalans.method.rounds.models import Claim, PictureLine, PictureVersion

from .table import Table

Points = tuple[int, int, int, int, int]  # per proposed criterion


def bring_to_the_table(table: Table, claim: Claim) -> None:
    """Put a claim on the agenda of the first meeting that is still to come."""
    meeting = queries.coming_meetings(table.round, table.guide).first()
    claim.refresh_from_db()
    actions.put_on_agenda(by=table.guide, claim=claim, version=claim.version, meeting=meeting)


def choose_openly(table: Table, points: Mapping[str, Mapping[str, Points]], chosen: Mapping[str, str]) -> None:
    """Let organisations give points per line, and the group choose with a reason; lines are found by their first words.

    `points` says per person what they give each line, `chosen` per line why it comes first; a reason that starts with
    a minus is why it does not.
    """
    actions.add_criteria(by=table.guide, round=table.round, texts=[str(text) for text in queries.PROPOSED])
    criteria = list(queries.criteria_of(table.round, table.guide))
    heavy = criteria[1]
    actions.edit_criterion(by=table.guide, criterion=heavy, version=heavy.version, text=heavy.text, weight=2)
    for name, given in points.items():
        cells = {
            (_line(table, start).pk, criterion.pk): (None, number)
            for start, numbers in given.items()
            for criterion, number in zip(criteria, numbers, strict=True)
        }
        actions.weigh(by=table.people[name], round=table.round, points=cells)
    for start, reason in chosen.items():
        first = not reason.startswith("-")
        actions.choose(by=table.guide, line=_line(table, start), first=first, reason=reason.lstrip("- "))


def _line(table: Table, start: str) -> PictureLine:
    return PictureLine.objects.get(round=table.round, text__startswith=start)


def lay_before(table: Table, voices: Mapping[str, tuple[str, str]]) -> PictureVersion:
    """Share the picture with the ring as a version, and let organisations say what they think of it."""
    actions.share_picture(by=table.guide, round=table.round)
    picture = queries.picture_versions(table.round, table.guide)[0]
    for name, (stance, words) in voices.items():
        actions.give_voice(by=table.people[name], picture=picture, stance=stance, words=words)
    return picture


def hear_residents(table: Table, picture: PictureVersion, said: Mapping[str, tuple[str, str]]) -> None:
    """Write down what residents say of a version; one with an answer gets it."""
    for text, (by, answer) in said.items():
        comment = actions.comment(by=table.people[by], picture=picture, who="bewoner", text=text)
        if answer:
            actions.answer_comment(by=table.guide, comment=comment, version=1, answer=answer)


def agree_and_publish(table: Table, picture: PictureVersion) -> None:
    """Close a version as agreed, and let everybody read it."""
    picture.refresh_from_db()
    actions.publish_picture(by=table.guide, picture=actions.agree_picture(by=table.guide, picture=picture))
