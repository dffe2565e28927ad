"""People, their organisations, the circles that see things, and the audit trail of every write."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from .permissions import Role
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


class Person(AbstractUser):
    """Someone with an account; works for one organisation and holds roles in circles."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people", null=True, blank=True)

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper() or self.username[:2].upper()

    def __str__(self) -> str:
        return self.get_full_name() or self.username


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
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="circle")
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
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role])
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="membership_once", fields=["person", "role", "circle"]),
            models.UniqueConstraint(
                name="membership_platform_once", fields=["person", "role"], condition=models.Q(circle__isnull=True)
            ),
            models.CheckConstraint(
                name="membership_platform_roles_have_no_circle",
                condition=models.Q(role__in=[Role.ADMINISTRATOR, Role.AUDITOR], circle__isnull=True)
                | (~models.Q(role__in=[Role.ADMINISTRATOR, Role.AUDITOR]) & models.Q(circle__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class AuditRow(models.Model):
    """One write, kept forever: who did what to which object; each row seals the one before it."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    about = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.pk} {self.verb} {self.about}"
