"""Texts that people change: no two overwrite each other, nothing is lost, and what is taken away can come back."""

from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models.accounts import Organisation, Person


class Conflict(Exception):
    """Somebody else changed the text after it was read; `current` is the text as it stands now."""

    def __init__(self, current: "Text") -> None:
        self.current = current
        super().__init__(f"{current._meta.label_lower}:{current.pk} is at version {current.version}")


class StandingManager(models.Manager[Any]):
    """Finds only texts that were not withdrawn, so that no list can forget to leave the others out."""

    def get_queryset(self) -> "models.QuerySet[Any]":
        """Return the texts that stand."""
        return super().get_queryset().filter(withdrawn_at__isnull=True)

    def kept(self) -> Any:
        """Return all texts, also those that were withdrawn and can come back."""
        return super().get_queryset()


class Text(models.Model):
    """Base of every text that people change: its version number keeps two people from overwriting each other."""

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def change(self, *, by: Person, version: int, **fields: Any) -> None:
        """Write new fields if the text still has the version that was read, in one statement, else raise Conflict.

        A text that was withdrawn meanwhile is a conflict too: what was typed is shown, not lost. Only actions call
        this: they check who may, and leave the audit row.
        """
        mine = type(self)._base_manager.filter(pk=self.pk, version=version)
        if "withdrawn_at" not in fields:
            mine = mine.filter(withdrawn_at__isnull=True)
        before = mine.values(*fields, "edited_by", "edited_at").first()
        new = {"version": models.F("version") + 1, "edited_by": by, "edited_at": timezone.now()}
        rows = mine.update(**fields, **new)
        self.refresh_from_db()
        if not rows or before is None:
            raise Conflict(self)
        who, at = before.pop("edited_by"), before.pop("edited_at")
        Past.objects.create(about=self.label, version=version, fields=before, by_id=who, at=at)

    def withdraw(self, *, by: Person) -> bool:
        """Take the text from everybody's screen; return whether it stood. Only actions call this."""
        mine = type(self)._base_manager.filter(pk=self.pk, withdrawn_at__isnull=True)
        done = mine.update(withdrawn_at=timezone.now(), withdrawn_by=by)
        self.refresh_from_db()
        return bool(done)

    def restore(self) -> bool:
        """Bring the text back as it was; return whether it was away. Only actions call this."""
        mine = type(self)._base_manager.filter(pk=self.pk, withdrawn_at__isnull=False)
        done = mine.update(withdrawn_at=None, withdrawn_by=None)
        self.refresh_from_db()
        return bool(done)

    @property
    def label(self) -> str:
        """How rows about this text call it."""
        return f"{self._meta.label_lower}:{self.pk}"

    @property
    def of_kind(self) -> str:
        """How an address calls the kind of text that this is."""
        return str(self._meta.label_lower)

    @property
    def past(self) -> "models.QuerySet[Past]":
        """What it was before, the newest first."""
        return Past.objects.filter(about=self.label).select_related("by")


class Past(models.Model):
    """A text as it was before a change; it is read only through its text, by who may see that.

    `about` is the text ("rounds.claim:12"), `fields` what changed with its values until then. Of an erased one the
    names of the fields stay, without what stood in them.
    """

    about = models.CharField(max_length=60, db_index=True)
    version = models.PositiveIntegerField()
    fields: Any = models.JSONField(encoder=DjangoJSONEncoder)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("about", "-version")
        verbose_name_plural = "pasts"
        constraints = [models.UniqueConstraint(name="past_once", fields=["about", "version"])]

    def __str__(self) -> str:
        return f"{self.about} v{self.version}"


class ProfileQuerySet(models.QuerySet["Profile"]):
    """What organisations can do: for everybody who works at one."""

    def visible_to(self, viewer: Any) -> Self:
        """Return all profiles for who works at an organisation, none for others."""
        return self if viewer.is_authenticated and viewer.organisation_id else self.none()


class Profile(Text):
    """What an organisation can do for a neighbourhood, for whom, with what mandate, and when it can be reached."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="profile")
    can = models.TextField(_("wat wij kunnen"), max_length=600)
    for_whom = models.CharField(_("voor wie"), max_length=200)
    mandate = models.CharField(_("wat wij zelf mogen besluiten"), max_length=300, blank=True)
    hours = models.CharField(_("wanneer wij er zijn"), max_length=160, blank=True)
    reach = models.CharField(_("hoe u ons bereikt"), max_length=160, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ("organisation__name",)

    def __str__(self) -> str:
        return f"{self.organisation}: {self.for_whom}"
