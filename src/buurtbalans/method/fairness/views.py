"""Pages of the audit of a placing: how it works, lines for outside, totals that came back, and what they say."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.figures.findings import Finding, Refused
from buurtbalans.figures.intake.reading import read_upload
from buurtbalans.method.base.pages import form_page, handle_button, posted, read_only
from buurtbalans.method.fairness import actions, queries, rules
from buurtbalans.method.fairness.forms import TotalsForm
from buurtbalans.method.fairness.models import OutsideTotals
from buurtbalans.method.placements.models import PlacingBatch
from buurtbalans.method.placements.rules import may_place
from buurtbalans.placing.fairness import MINIMUM, RATE


def _find(request: HttpRequest, pk: int) -> OutsideTotals:
    rules.require_watches(request.user)
    outside_totals: OutsideTotals = get_object_or_404(OutsideTotals.objects.visible_to(request.user), pk=pk)
    return outside_totals


@read_only
@login_required
def fairness(request: HttpRequest) -> HttpResponse:
    """Show how a placing is looked at from outside, the batches to make lines of, and what came back."""
    home = rules.require_watches(request.user)
    totals = OutsideTotals.objects.visible_to(request.user)
    context = {
        "batches": queries.batches_of(home) if may_place(request.user) else [],
        "minimum": MINIMUM,
        "totals": totals.filter(withdrawn_at=None),
        "away": totals.exclude(withdrawn_at=None),
    }
    return render(request, "fairness/fairness.html", context)


@require_POST
@login_required
def send_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the lines of a batch for an office outside."""
    batch = get_object_or_404(PlacingBatch.objects.visible_to(request.user), pk=pk, erased_at=None)
    answer = HttpResponse(actions.send_lines(by=request.user, batch=batch), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="regels-{batch.pk}.csv"'
    return answer


@form_page
@login_required
def new_totals(request: HttpRequest) -> HttpResponse:
    """Read totals that an office outside made; a refusal says everything at once."""
    rules.require_watches(request.user)
    form = TotalsForm(posted(request), request.FILES or None)
    wrong: Sequence[Finding] = ()
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data["file"]
        name = str(sent.name)[:120]
        try:
            read = read_upload(sent.read(), name)
            table = [(1, read.header), *zip(read.lines, read.rows, strict=True)]
            words = {key: form.cleaned_data[key] for key in ("title", "office")}
            made = actions.read_totals(by=request.user, table=table, file=name, **words)
        except Refused as refused:
            wrong = refused.findings
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("De totalen zijn ingelezen en u ziet ze hieronder."), extra_tags=_undo(made))
            return redirect("fairness:totals", made.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "fairness/new.html", {"form": form, "findings": wrong}, status=status)


def _undo(made: OutsideTotals) -> str:
    return reverse("fairness:withdraw_totals", args=[made.pk])


@read_only
@login_required
def totals(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which differences are clear, and every comparison with its range."""
    kept = _find(request, pk)
    if kept.withdrawn_at is not None:
        raise Http404
    comparisons = queries.judged(kept)
    context = {
        "totals": kept,
        "clear": queries.clear_words(comparisons),
        "rows": queries.compared(comparisons),
        "rate": RATE,
    }
    return render(request, "fairness/totals.html", context)


def _button(write: Callable[..., Any], done: Any, undo: str = "") -> Callable[..., HttpResponse]:
    """Return the answer to a button: one tap writes, and the message offers to undo it."""

    @require_POST
    @login_required
    def press(request: HttpRequest, pk: int) -> HttpResponse:
        kept = _find(request, pk)
        return handle_button(
            request,
            lambda: write(by=request.user, totals=kept),
            to=reverse("fairness:fairness"),
            done=done,
            undo=reverse(undo, args=[pk]) if undo else "",
        )

    return press


withdraw_totals = _button(
    actions.withdraw_totals,
    gettext_lazy("De totalen zijn verwijderd uit deze plaatsingsronde."),
    "fairness:restore_totals",
)
restore_totals = _button(actions.restore_totals, gettext_lazy("De totalen zijn hersteld en u ziet ze hieronder."))
