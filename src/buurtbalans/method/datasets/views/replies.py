"""Pages of the right of reply: taking deliveries into a release and out again, and what their suppliers say of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtbalans.figures.findings import Refused
from buurtbalans.method.base.pages import handle_button
from buurtbalans.method.datasets import actions, forms, rules
from buurtbalans.method.datasets.models import Delivery, Reply
from buurtbalans.method.datasets.queries import deliveries, releases
from buurtbalans.method.datasets.views import form_page, given, status_of, steward


@form_page
@login_required
def ask_reply(request: HttpRequest, release: str) -> HttpResponse:
    """Show which deliveries a release will hold and what their suppliers say; ask one for its reply."""
    person = steward(request)
    if releases.manifest(release) is None:
        raise Http404
    offered = Delivery.objects.visible_to(person).filter(state="gedeeld", for_all=True)
    first = {"until": deliveries.term(timezone.localdate())}
    form = forms.AskForm(given(request), deliveries=offered, initial=first)
    if form.is_valid():
        try:
            reply = actions.add_to_release(by=person, release=release, **form.cleaned_data)
            done = _("De %(release)s staat klaar, met deze levering. De leverancier kan nu antwoorden.")
            messages.success(request, done % {"release": releases.release_words(reply.release)})
            return redirect("datasets:ask_reply", reply.release)
        except (Refused, ValidationError) as refused:
            form.add_error(None, forms.words_of(refused))
    manifest = releases.manifest(release)
    context = {
        "id": release,
        "form": form,
        "replies": deliveries.replies_to(release),
        "inside": [
            finding for finding in (manifest.findings if manifest else ()) if "niet in de catalogus" in finding.what
        ],
    }
    return render(request, "datasets/replies_page.html", context, status=status_of(request))


@form_page
@login_required
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer as supplier whether a release may hold one's figures."""
    answer = get_object_or_404(Reply.objects.visible_to(request.user), pk=pk)
    rules.require_may_decide(request.user, answer.delivery)
    form = forms.ReplyForm(given(request))
    if form.is_valid():
        try:
            actions.answer_reply(by=request.user, reply=answer, **form.cleaned_data)
            messages.success(request, _("Uw antwoord is opgeslagen en staat bij de cijferset."))
            return redirect("datasets:deliveries")
        except ValidationError as refused:
            form.add_error(None, refused)
    return render(request, "datasets/reply.html", {"reply": answer, "form": form}, status=status_of(request))


@require_POST
@login_required
def remove_from_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a delivery out of a release."""
    person = steward(request)
    answer = get_object_or_404(Reply.objects.visible_to(person), pk=pk)
    page = reverse("datasets:ask_reply", args=[answer.release])

    def write() -> str:
        try:
            return actions.remove_from_release(by=person, reply=answer)
        except Refused as refused:
            raise ValidationError(forms.words_of(refused)) from refused

    done = _("De %(release)s staat klaar, zonder deze levering.")
    return handle_button(
        request,
        write,
        to=reverse("datasets:releases"),
        done=lambda release: done % {"release": releases.release_words(release)},
        refused_to=page,
    )
