"""Permissions and roles as data: which role may do what, readable in one screen."""

from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """Everything that a person may or may not do."""

    READ = "read"                              # see what a circle may see
    TELL_STORY = "tell_story"
    EDIT_ROUND = "edit_round"                  # question, steps, evidence
    START_ROUND = "start_round"
    CLAIM = "claim"                            # bring in a claim, add evidence
    JUDGE = "judge"                            # set the verdict of the group
    GIVE_OPINION = "give_opinion"              # agree or dissent for one's own organisation
    AGREE_EFFORT = "agree_effort"
    EVALUATE = "evaluate"
    PUBLISH_FIGURES = "publish_figures"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_AUDIT = "read_audit"


class Role(StrEnum):
    """The roles of the method; each is held within one circle, the first two within the platform."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    DATA_STEWARD = "data_steward"
    MEMBER = "member"
    PROCESS_GUIDE = "process_guide"
    CORE_MEMBER = "core_member"
    RING_MEMBER = "ring_member"
    GUEST = "guest"
    READER = "reader"
    AMBASSADOR = "ambassador"


_TEAM = {Permission.READ, Permission.TELL_STORY, Permission.CLAIM, Permission.GIVE_OPINION}

GRANTS: Final[dict[Role, frozenset[Permission]]] = {
    Role.ADMINISTRATOR: frozenset({Permission.MANAGE_ACCOUNTS}),
    Role.AUDITOR: frozenset({Permission.READ_AUDIT}),
    Role.DATA_STEWARD: frozenset({Permission.READ, Permission.TELL_STORY, Permission.PUBLISH_FIGURES}),
    Role.MEMBER: frozenset({Permission.READ, Permission.TELL_STORY, Permission.START_ROUND}),
    Role.PROCESS_GUIDE: frozenset(
        _TEAM | {Permission.EDIT_ROUND, Permission.JUDGE, Permission.AGREE_EFFORT, Permission.EVALUATE}
    ),
    Role.CORE_MEMBER: frozenset(_TEAM | {Permission.AGREE_EFFORT, Permission.EVALUATE}),
    Role.RING_MEMBER: frozenset({Permission.READ, Permission.TELL_STORY}),
    Role.GUEST: frozenset({Permission.READ}),
    Role.READER: frozenset({Permission.READ}),
    Role.AMBASSADOR: frozenset({Permission.READ}),
}
