"""The audit trail of every write: who did what to what, sealed row by row."""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone

from buurtbalans.method.people.models.accounts import Person
from buurtbalans.method.people.permissions import Role


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
