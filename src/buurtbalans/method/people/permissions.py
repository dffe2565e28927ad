"""Permissions and roles as data: which role may do what, readable in one screen."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Everything that a person may or may not do."""

    READ = "read"
    TELL_STORY = "tell_story"
    START_ROUND = "start_round"
    EDIT_ROUND = "edit_round"
    INVITE = "invite"
    CLAIM = "claim"
    JUDGE = "judge"
    GIVE_OPINION = "give_opinion"
    AGREE_EFFORT = "agree_effort"
    EVALUATE = "evaluate"
    DELIVER_FIGURES = "deliver_figures"
    PUBLISH_FIGURES = "publish_figures"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_AUDIT = "read_audit"
    SWITCH_PLACING = "switch_placing"
    PLACE = "place"

    @property
    def words(self) -> "str | Promise":
        """What the permission allows, in Dutch, to follow "U mag" or "U mag niet"."""
        return _PERMISSION_WORDS[self]


class Role(StrEnum):
    """The roles of the method; the first two are held on the platform, each other one within one circle."""

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
    PRIVACY_OFFICER = "privacy_officer"
    PLACING_OFFICER = "placing_officer"

    @property
    def words(self) -> "str | Promise":
        """The role in Dutch."""
        return _ROLE_WORDS[self]


PLATFORM: Final = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
IN_ORGANISATION: Final = frozenset({Role.DATA_STEWARD, Role.MEMBER, Role.PRIVACY_OFFICER, Role.PLACING_OFFICER})
IN_ROUND: Final = frozenset({Role.PROCESS_GUIDE, Role.CORE_MEMBER, Role.RING_MEMBER, Role.GUEST})

_STAFF = {Permission.READ, Permission.TELL_STORY, Permission.DELIVER_FIGURES}
_TEAM = {Permission.READ, Permission.TELL_STORY, Permission.CLAIM, Permission.JUDGE, Permission.GIVE_OPINION}
_GUIDE = {Permission.EDIT_ROUND, Permission.INVITE, Permission.AGREE_EFFORT, Permission.EVALUATE}

GRANTS: Final[dict[Role, frozenset[Permission]]] = {
    Role.ADMINISTRATOR: frozenset({Permission.MANAGE_ACCOUNTS}),
    Role.AUDITOR: frozenset({Permission.READ_AUDIT}),
    Role.DATA_STEWARD: frozenset(_STAFF | {Permission.PUBLISH_FIGURES}),
    Role.MEMBER: frozenset(_STAFF | {Permission.START_ROUND}),
    Role.PROCESS_GUIDE: frozenset(_TEAM | _GUIDE),
    Role.CORE_MEMBER: frozenset(_TEAM | {Permission.AGREE_EFFORT, Permission.EVALUATE}),
    Role.RING_MEMBER: frozenset({Permission.READ, Permission.TELL_STORY}),
    Role.GUEST: frozenset({Permission.READ}),
    Role.READER: frozenset({Permission.READ}),
    Role.AMBASSADOR: frozenset({Permission.READ}),
    Role.PRIVACY_OFFICER: frozenset({Permission.SWITCH_PLACING}),
    Role.PLACING_OFFICER: frozenset({Permission.PLACE}),
}


def roles_with(permission: Permission) -> list[Role]:
    """Return the roles that hold a permission."""
    return [role for role, granted in GRANTS.items() if permission in granted]


_PERMISSION_WORDS: Final = {
    Permission.READ: _("lezen wat met u gedeeld is"),
    Permission.TELL_STORY: _("een verhaal opschrijven"),
    Permission.START_ROUND: _("een ronde starten"),
    Permission.EDIT_ROUND: _("een ronde leiden"),
    Permission.INVITE: _("mensen uitnodigen voor een ronde"),
    Permission.CLAIM: _("een stelling toevoegen"),
    Permission.JUDGE: _("de conclusie van de groep vastleggen"),
    Permission.GIVE_OPINION: _("de mening van uw organisatie geven"),
    Permission.AGREE_EFFORT: _("acties vastleggen"),
    Permission.EVALUATE: _("vastleggen of een actie heeft geholpen"),
    Permission.DELIVER_FIGURES: _("cijfers van uw organisatie aanleveren"),
    Permission.PUBLISH_FIGURES: _("cijfers publiceren"),
    Permission.MANAGE_ACCOUNTS: _("accounts beheren"),
    Permission.READ_AUDIT: _("het logboek lezen"),
    Permission.SWITCH_PLACING: _("beslissen of uw organisatie meedoet aan het plaatsen"),
    Permission.PLACE: _("huishoudens plaatsen"),
}

_ROLE_WORDS: Final = {
    Role.ADMINISTRATOR: _("beheerder"),
    Role.AUDITOR: _("toezichthouder"),
    Role.DATA_STEWARD: _("databeheerder"),
    Role.MEMBER: _("medewerker"),
    Role.PROCESS_GUIDE: _("procesbegeleider"),
    Role.CORE_MEMBER: _("lid van de kerngroep"),
    Role.RING_MEMBER: _("betrokkene"),
    Role.GUEST: _("gast"),
    Role.READER: _("lezer"),
    Role.AMBASSADOR: _("ambassadeur"),
    Role.PRIVACY_OFFICER: _("functionaris gegevensbescherming"),
    Role.PLACING_OFFICER: _("plaatsingscoördinator"),
}
