"""The audit trail, sealed row by row, and the base of every text that people change, with its past versions."""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from buurtbalans.method.base.verbs import verb_words


class AuditRow(models.Model):
    """One write, kept forever: who did what to which object. Each row seals itself and the one before it.

    The database refuses to change or delete a row (migration 0002); `audit.verify_audit` finds what was changed
    around it.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
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
        """The verb in words, as its action declares them."""
        return verb_words(self.verb)

    @property
    def thing(self) -> str:
        """What the row is about, in words; each app names its models in its AppConfig as `audit_things`."""
        label, _colon, number = self.about.partition(":")
        app, _dot, model = label.partition(".")
        name = getattr(apps.app_configs.get(app), "audit_things", {}).get(model)
        return f"{name} {number}" if name else self.about

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The details that are not empty, each with its name and its value in words."""
        filled = [(name, value) for name, value in self.detail.items() if value not in (None, "", [], {})]
        return [(self._fact_name(name), self._fact_value(name, value)) for name, value in filled]

    def _fact_name(self, fact: str) -> str:
        """Return the name of a fact as the app that wrote the row gives it, or else this app."""
        configs = [apps.app_configs.get(app) for app in (self.verb.partition(".")[0], "base")]
        known = [getattr(config, "audit_facts", {}) for config in configs]
        return str(next((names[fact] for names in known if fact in names), fact))

    def _fact_value(self, fact: str, value: Any) -> str:
        """Return a value in the words of the app or of the model field that defines it."""
        if isinstance(value, list):
            return ", ".join(map(str, value))
        for config in apps.get_app_configs():
            if words := getattr(config, "audit_values", {}).get(fact, {}).get(value):
                return str(words)
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


class EditConflict(Exception):
    """Somebody else changed the text after it was read; `current` is the text in the database."""

    def __init__(self, current: "Text") -> None:
        self.current = current
        super().__init__(f"{current._meta.label_lower}:{current.pk} is at version {current.version}")


class ActiveManager(models.Manager[Any]):
    """Leaves out withdrawn texts, so that no list can forget to."""

    def get_queryset(self) -> "models.QuerySet[Any]":
        """Return the texts that are not withdrawn."""
        return super().get_queryset().filter(withdrawn_at__isnull=True)

    def with_withdrawn(self) -> Any:
        """Return all texts, also the withdrawn ones, which can be restored."""
        return super().get_queryset()


class Withdrawable(models.Model):
    """Base of everything that people can withdraw and restore."""

    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def withdraw(self, *, by: AbstractBaseUser) -> bool:
        """Take this from everybody's screen; return whether it was active. Only actions call this."""
        active = type(self)._base_manager.filter(pk=self.pk, withdrawn_at__isnull=True)
        updated = active.update(withdrawn_at=timezone.now(), withdrawn_by=by)
        self.refresh_from_db()
        return bool(updated)

    def restore(self) -> bool:
        """Put this back as it was; return whether it was withdrawn. Only actions call this."""
        withdrawn = type(self)._base_manager.filter(pk=self.pk, withdrawn_at__isnull=False)
        updated = withdrawn.update(withdrawn_at=None, withdrawn_by=None)
        self.refresh_from_db()
        return bool(updated)


class Text(Withdrawable):
    """Base of every text that people change: its version number keeps two people from overwriting each other."""

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    names_writer = True  # whether somebody who changes the same text reads who else did

    class Meta:
        abstract = True

    def change(self, *, by: AbstractBaseUser, version: int, **fields: Any) -> None:
        """Write new fields if the text still has the version that was read, in one statement; else raise EditConflict.

        A text that was withdrawn meanwhile is a conflict too: what was typed is shown, not lost. Only actions call
        this: they check the permission and leave the audit row.
        """
        unchanged = type(self)._base_manager.filter(pk=self.pk, version=version, withdrawn_at__isnull=True)
        before = unchanged.values(*fields, "edited_by", "edited_at").first()
        edit = {"version": models.F("version") + 1, "edited_by": by, "edited_at": timezone.now()}
        updated = unchanged.update(**fields, **edit)
        self.refresh_from_db()
        if not updated or before is None:
            raise EditConflict(self)
        editor, at = before.pop("edited_by"), before.pop("edited_at")
        PastVersion.objects.create(about=self.label, version=version, fields=before, by_id=editor, at=at)

    @property
    def label(self) -> str:
        """Model and key, as other rows point to this text: "rounds.claim:12"."""
        return f"{self._meta.label_lower}:{self.pk}"

    @property
    def kind_label(self) -> str:
        """The model, as addresses write it: "rounds.claim"."""
        return str(self._meta.label_lower)

    @property
    def past(self) -> "models.QuerySet[PastVersion]":
        """The earlier versions, the newest first."""
        return PastVersion.objects.filter(about=self.label).select_related("by")


class PastVersion(models.Model):
    """A text as it was before a change; it is read only through its text, by whoever may see that.

    `about` is the text ("rounds.claim:12"), `fields` the changed fields with their values until then. An erased
    version keeps the names of its fields without their values.
    """

    about = models.CharField(max_length=60, db_index=True)
    version = models.PositiveIntegerField()
    fields: Any = models.JSONField(encoder=DjangoJSONEncoder)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("about", "-version")
        constraints = [models.UniqueConstraint(name="past_version_once", fields=["about", "version"])]

    def __str__(self) -> str:
        return f"{self.about} v{self.version}"
