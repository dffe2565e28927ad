"""People, the organisations they work for, the circles that see things and the roles that they hold there."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.people.models.scoping import CircleQuerySet
from buurtbalans.method.people.permissions import PLATFORM, Role


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
    PUBLIC_HEALTH = "ggd", _("GGD")
    SCHOOL = "school", _("school")
    FAMILY_DOCTOR = "huisarts", _("huisarts")
    BUSINESSES = "ondernemers", _("ondernemers")
    VOLUNTEERS = "vrijwilligers", _("vrijwilligers")
    OTHER = "anders", _("een andere organisatie")


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


AUDIENCE_CHOICES: Final = [(audience.value, _(audience.words.name)) for audience in Audience]


class Circle(models.Model):
    """An audience. Everything that someone may or may not see points to a circle.

    `within` is the next wider circle: who belongs to a circle also sees what is shared with the wider ones.
    """

    kind = models.CharField(max_length=12, choices=AUDIENCE_CHOICES)
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
                condition=models.Q(kind=Audience.ORGANISATION, organisation__isnull=False)
                | (~models.Q(kind=Audience.ORGANISATION) & models.Q(organisation__isnull=True)),
            ),
            models.CheckConstraint(
                name="circle_public_is_widest",
                condition=models.Q(kind=Audience.PUBLIC, within__isnull=True)
                | (~models.Q(kind=Audience.PUBLIC) & models.Q(within__isnull=False)),
            ),
            models.UniqueConstraint(
                name="circle_one_public", fields=["kind"], condition=models.Q(kind=Audience.PUBLIC)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audience(self) -> Audience:
        """Who it is: its words, its width and its lock."""
        return Audience(self.kind)

    def outward(self) -> Iterator["Circle"]:
        """Yield this circle and every wider one around it."""
        yield self
        if self.within is not None:
            yield from self.within.outward()


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
