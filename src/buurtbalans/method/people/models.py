"""People, their organisations, the circles that see things, and the audit trail of every write."""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .permissions import PLATFORM, Role
from .queries import CircleQuerySet


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "gemeente", _("gemeente")
    DISTRICT = "stadsdeel", _("stadsdeel")
    HOUSING = "woningcorporatie", _("woningcorporatie")
    NEIGHBOURHOOD_TEAM = "buurtteam", _("buurtteam")
    CARE = "zorg", _("zorg")
    WELFARE = "welzijn", _("welzijn")
    WORK_AND_INCOME = "werk_en_inkomen", _("werk en inkomen")
    POLICE = "politie", _("politie")
    RESIDENTS = "bewoners", _("bewoners")


class Organisation(models.Model):
    """A partner around the neighbourhood."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts; who they are and what they may do is said by `actions`."""

    def create_user(self, username: str, email: str = "", password: str | None = None, **fields: Any) -> "Person":
        """Make an account; without password nobody can sign in to it."""
        person = self.model(username=username, email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone with an account; works for one organisation and holds roles in circles.

    There are no superusers and no staff: what someone may do follows from roles alone.
    """

    username = models.CharField(max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    first_name = models.CharField(max_length=150)
    last_name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="people", null=True, blank=True
    )
    is_active = models.BooleanField(default=True)
    invented = models.BooleanField(default=False)  # only an invented person can be looked as, and only in the demo
    date_joined = models.DateTimeField(default=timezone.now)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name"]

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper() or self.username[:2].upper()


class CircleKind(models.TextChoices):
    ORGANISATION = "organisation", _("alleen mijn organisatie")
    CORE = "core", _("de kerngroep")
    RING = "ring", _("de kring")
    PUBLIC = "public", _("iedereen")


class Circle(models.Model):
    """An audience. Everything that someone may or may not see points to a circle.

    `within` is the next wider circle: who belongs to a circle also sees what is shared with the wider ones.
    """

    kind = models.CharField(max_length=12, choices=CircleKind)
    name = models.CharField(max_length=160)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="circle"
    )
    within = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="inner")

    objects = CircleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circle_organisation_only_for_its_kind",
                condition=models.Q(kind=CircleKind.ORGANISATION, organisation__isnull=False)
                | (~models.Q(kind=CircleKind.ORGANISATION) & models.Q(organisation__isnull=True)),
            ),
            models.CheckConstraint(
                name="circle_public_is_widest",
                condition=models.Q(kind=CircleKind.PUBLIC, within__isnull=True)
                | (~models.Q(kind=CircleKind.PUBLIC) & models.Q(within__isnull=False)),
            ),
            models.UniqueConstraint(
                name="circle_one_public", fields=["kind"], condition=models.Q(kind=CircleKind.PUBLIC)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role that a person holds in a circle; without circle it is a role on the platform."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=[(role.value, role.words) for role in Role])
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="membership_once", fields=["person", "role", "circle"]),
            models.UniqueConstraint(
                name="membership_platform_once", fields=["person", "role"], condition=models.Q(circle__isnull=True)
            ),
            models.CheckConstraint(
                name="membership_platform_roles_have_no_circle",
                condition=models.Q(role__in=sorted(PLATFORM), circle__isnull=True)
                | (~models.Q(role__in=sorted(PLATFORM)) & models.Q(circle__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"

    @property
    def words(self) -> str:
        """The role and its circle in one phrase."""
        role = str(Role(self.role).words)
        return f"{role}, {self.circle}" if self.circle else role


class AuditRow(models.Model):
    """One write, kept forever: who did what to which object; each row seals itself and the one before it.

    The database refuses to change or delete a row (migration 0002); `queries.verify_audit` finds what was changed
    around it.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    about = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("sequence",)

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.about}"

    @property
    def words(self) -> str:
        """What was done, in words: each app says its own in its AppConfig as `audit_words`."""
        app, _dot, name = self.verb.partition(".")
        known = getattr(apps.app_configs.get(app), "audit_words", {})
        return str(known.get(name, self.verb))

    @property
    def thing(self) -> str:
        """What the row is about, in words: each app names its own things in its AppConfig as `audit_things`."""
        label, _colon, number = self.about.partition(":")
        app, _dot, model = label.partition(".")
        name = getattr(apps.app_configs.get(app), "audit_things", {}).get(model)
        return f"{name} {number}" if name else self.about

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the row says beside who, what and about what, in words and without what is empty."""
        filled = [(name, value) for name, value in self.detail.items() if value not in (None, "", [], {})]
        return [(self._named(name), self._said(name, value)) for name, value in filled]

    def _named(self, fact: str) -> str:
        """Return what a fact is called: by the app that wrote the row, or by this one."""
        configs = [apps.app_configs.get(app) for app in (self.verb.partition(".")[0], "people")]
        known = [getattr(config, "audit_facts", {}) for config in configs]
        return str(next((names[fact] for names in known if fact in names), fact))

    def _said(self, fact: str, value: Any) -> str:
        """Return a value in the words of the field that holds it, where it is one of a few."""
        if isinstance(value, list):
            return ", ".join(map(str, value))
        if fact == "role" and value in list(Role):
            return str(Role(value).words)
        try:
            field = apps.get_model(self.about.partition(":")[0])._meta.get_field(fact)
        except (LookupError, ValueError, FieldDoesNotExist):
            return str(value)
        return str(dict(getattr(field, "flatchoices", ())).get(value, value))

    def seal(self) -> str:
        """Return what `digest` must be: sha256 over everything in the row and the seal before it."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds") if self.at else ""  # SQLite may hold any text
        content = [self.previous, self.sequence, at, self.actor_id, self.verb, self.about, self.detail]
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class AuditHead(models.Model):
    """Where the audit trail ends: one row, so that missing last rows are found and writers wait for each other."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="audithead_only_one", condition=models.Q(only=1))]

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"
