"""The plan as it was agreed: its frozen content, what it still lacks, and what differs between two versions."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.versions import differences
from buurtbalans.method.plans.interventions.evidence import EvidenceClass
from buurtbalans.method.plans.models import (
    Condition,
    ConditionTopic,
    Effort,
    EffortState,
    PlanVersion,
    Result,
)
from buurtbalans.method.plans.queries.plan import effort_url
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.queries.round import Viewer

FIELD_LABELS: Final = {
    "title": gettext_lazy("doel"),
    "per_what": gettext_lazy("waarvan"),
    "target": gettext_lazy("streefwaarde"),
    "measured_by": gettext_lazy("manier van meten"),
    "measured_on": gettext_lazy("moment van meten"),
    "measured_with": gettext_lazy("organisatie die meet"),
    "asked_too": gettext_lazy("vragen aan bewoners"),
    "organisation": gettext_lazy("organisatie"),
    "what": gettext_lazy("wat"),
    "together_with": gettext_lazy("samen met"),
    "first_sign": gettext_lazy("eerste teken"),
    "state": gettext_lazy("stand"),
    "owner": gettext_lazy("trekker"),
    "evidence": gettext_lazy("mate van bewijs"),
    "starts_on": gettext_lazy("begindatum"),
    "ends_on": gettext_lazy("einddatum"),
    "renew_by": gettext_lazy("opnieuw besluiten vóór"),
    "where": gettext_lazy("waar"),
    "agreed": gettext_lazy("toegezegd"),
    "quick_win": gettext_lazy("snel zichtbaar"),
    "about": gettext_lazy("onderwerp"),
    "text": gettext_lazy("voorwaarde"),
    "review_on": gettext_lazy("opnieuw bekijken op"),
    "rests_on": gettext_lazy("onderbouwing"),
}
DATE_FIELDS: Final = ("measured_on", "starts_on", "ends_on", "renew_by", "review_on")
CHOICE_FIELDS: Final = {"state": EffortState, "evidence": EvidenceClass, "about": ConditionTopic}


@dataclass(frozen=True)
class MissingItem:
    """Something a plan lacks, and where to add it. This is advice: a plan may be agreed without it."""

    words: str
    url: str


@dataclass(frozen=True)
class PlanChange:
    """The difference of one line between two versions: it is new, gone, or some of its fields changed."""

    kind: str
    what: str
    fields: tuple[tuple[str | Promise, Any, Any], ...] = ()


def versions_of(round: Round, viewer: Viewer) -> "QuerySet[PlanVersion]":
    """Return the versions of a plan that the viewer may read, the last one first."""
    versions: QuerySet[PlanVersion] = PlanVersion.objects.visible_to(viewer).filter(round=round)
    return versions.select_related("by", "round")


def version_of(round: Round, viewer: Viewer, number: int) -> PlanVersion | None:
    """Return one version of a plan, or None if it does not exist or the viewer may not read it."""
    version = versions_of(round, viewer).filter(number=number).first()
    if version is not None:
        version.content = readable_content(version, viewer)
    return version


def readable_content(version: PlanVersion, viewer: Viewer) -> dict[str, Any]:
    """Return what a version froze, without the claims that the sharing agreement does not cover today."""
    claims = Claim.objects.with_withdrawn().within_agreement(viewer).filter(round=version.round_id)
    readable = set(claims.values_list("pk", flat=True))
    content: dict[str, Any] = dict(version.content)
    for kind in ("results", "efforts", "conditions"):
        content[kind] = [
            line | {"rests_on": [claim for claim in line["rests_on"] if claim["id"] in readable]}
            for line in content.get(kind, ())
        ]
    return content


def plan_content(round: Round) -> dict[str, Any]:
    """Return the whole current plan as JSON values: the content that a version freezes."""
    results = Result.objects.active().filter(round=round).select_related("measured_with").order_by("pk")
    efforts = Effort.objects.active().filter(result__round=round).select_related("organisation", "owner")
    conditions = Condition.objects.active().filter(round=round).order_by("pk")
    content = {
        "results": [_result(result) for result in results.prefetch_related("claims")],
        "efforts": [_effort(effort) for effort in efforts.order_by("pk").prefetch_related("claims")],
        "conditions": [_condition(condition) for condition in conditions.prefetch_related("claims")],
        "missing": [item.words for item in missing_items(round)],
    }
    json_content: dict[str, Any] = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return json_content


def _claims(claims: "QuerySet[Claim]") -> list[dict[str, Any]]:
    return [{"id": claim.pk, "text": claim.text, "verdict": claim.verdict} for claim in claims]


def _result(result: Result) -> dict[str, Any]:
    return {
        "id": result.pk,
        "title": result.title,
        "per_what": result.per_what,
        "baseline": result.baseline,
        "target": [result.target_low, result.target_high, result.target_year],
        "measured_by": result.measured_by,
        "measured_on": result.measured_on,
        "asked_too": result.asked_too,
        "measured_with": result.measured_with.name if result.measured_with else "",
        "rests_on": _claims(result.claims.all()),
    }


def _effort(effort: Effort) -> dict[str, Any]:
    names = ("what", "together_with", "first_sign", "state", "starts_on", "ends_on", "renew_by", "where", "quick_win")
    return {name: getattr(effort, name) for name in names} | {
        "id": effort.pk,
        "for": effort.result_id,
        "organisation": effort.organisation.name,
        "works": effort.intervention,
        "owner": str(effort.owner) if effort.owner else "",
        "evidence": effort.evidence_class,
        "agreed": not effort.is_proposal,
        "rests_on": _claims(effort.claims.all()),
    }


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "id": condition.pk,
        "about": condition.about,
        "text": condition.text,
        "area": condition.area,
        "review_on": condition.review_on,
        "rests_on": _claims(condition.claims.all()),
    }


def missing_items(round: Round) -> list[MissingItem]:
    """Return what the plan lacks: evaluation plans, answers, owners, dates, efforts and conditions."""
    results = Result.objects.active().filter(round=round).order_by("pk")
    missing = [item for result in results.prefetch_related("efforts") for item in _missing_of_result(result)]
    efforts = Effort.objects.active().filter(result__round=round).select_related("organisation", "result__round")
    missing += [item for effort in efforts.order_by("pk") for item in _missing_of_effort(effort)]
    if results and not round.conditions.filter(withdrawn_at__isnull=True).exists():
        url = reverse("plans:new_condition", args=[round.slug])
        missing.append(MissingItem(_("Er zijn nog geen voorwaarden voor het plaatsen en begeleiden van mensen."), url))
    return missing


def _missing_of_result(result: Result) -> Iterator[MissingItem]:
    edit = reverse("plans:edit_result", args=[result.round.slug, result.pk])
    title = {"title": result.title}
    if not (result.measured_by and result.measured_on and result.measured_with_id):
        yield MissingItem(
            _("Bij het doel ‘%(title)s’ staat nog niet hoe, wanneer en door welke organisatie het wordt gemeten.")
            % title,
            edit,
        )
    if not result.asked_too:
        yield MissingItem(_("Bij het doel ‘%(title)s’ staat nog niet wat u bewoners gaat vragen.") % title, edit)
    if not any(effort.withdrawn_at is None for effort in result.efforts.all()):
        new = reverse("plans:new_effort", args=[result.round.slug, result.pk])
        yield MissingItem(_("Bij het doel ‘%(title)s’ is nog geen actie toegevoegd.") % title, new)


def _missing_of_effort(effort: Effort) -> Iterator[MissingItem]:
    edit = reverse("plans:edit_effort", args=[effort.result.round.slug, effort.pk])
    named = {"who": effort.organisation.name, "what": effort.what.rstrip(".")}
    if effort.is_proposal:
        yield MissingItem(_("%(who)s heeft de actie ‘%(what)s’ nog niet toegezegd.") % named, effort_url(effort))
    elif effort.owner_id is None:
        yield MissingItem(_("De actie ‘%(what)s’ van %(who)s heeft nog geen trekker.") % named, edit)
    if effort.ends_on is None and effort.renew_by is None and effort.state != EffortState.DONE:
        yield MissingItem(
            _("De actie ‘%(what)s’ van %(who)s heeft geen einddatum en geen dag om opnieuw te besluiten.") % named, edit
        )


def plan_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[PlanChange]:
    """Return what differs between two versions, line by line: new, gone, or changed with both texts."""
    differing = []
    for kind in ("results", "efforts", "conditions"):
        before, after = ({line["id"]: line for line in content.get(kind, [])} for content in (old, new))
        differing += [PlanChange("new", _title(line)) for key, line in after.items() if key not in before]
        differing += [PlanChange("gone", _title(line)) for key, line in before.items() if key not in after]
        for key in before.keys() & after.keys():
            if fields := tuple(_changed_fields(before[key], after[key])):
                differing.append(PlanChange("changed", _title(after[key]), fields))
    return differing


def _title(line: Mapping[str, Any]) -> str:
    title: str = line.get("title") or line.get("what") or line["text"]
    return title


def _changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str | Promise, Any, Any]]:
    for name, words in FIELD_LABELS.items():
        if name in new and old.get(name) != new[name]:
            yield words, *differences(_readable_value(name, old.get(name)), _readable_value(name, new[name]))


def _readable_value(name: str, value: Any) -> str:
    """Return a frozen value as a person reads it."""
    if value in (None, "", []):
        return _("niets")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if name in DATE_FIELDS:
        return date_format(date.fromisoformat(value))
    if name == "target":
        low, high = (number_format(f"{end:.10g}") for end in value[:2])
        return _("%(low)s tot %(high)s in %(year)s") % {"low": low, "high": high, "year": value[2]}
    if name == "rests_on":
        return " · ".join(claim["text"] for claim in value)
    return str(CHOICE_FIELDS[name](value).label) if name in CHOICE_FIELDS else str(value)
