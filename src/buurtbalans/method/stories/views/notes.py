"""Field notes: a page that also works without a network, and the addresses by which a phone sends what it kept."""

import hashlib
import json
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buurtbalans.method.base.actions import confirm_anonymous
from buurtbalans.method.base.pages import read_only
from buurtbalans.method.stories import rules
from buurtbalans.method.stories.actions import notes as notes_actions
from buurtbalans.method.stories.forms.notes import NOTED, NoteForm
from buurtbalans.method.stories.forms.stories import NO_MAP
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries import notes
from buurtbalans.method.stories.views.context import ContributionContext, GetContributionContext
from buurtbalans.method.stories.views.note_words import WORDS

# What the page needs without a network: no answer with anybody's data is among it.
SHELL: Final = (
    *("bundle/main.css", "bundle/main.js", "bundle/notes.js", "merk.svg", "bundle/pijl.svg"),
    *("bundle/source-sans-3-latin-wght-normal.woff2", "bundle/source-serif-4-latin-wght-normal.woff2"),
)
WORKER: Final = "bundle/notes-worker.js"


def blank(drawing: SafeString = NO_MAP) -> dict[str, Any]:
    """Return what the page is made of for everybody: its questions and words, nothing of a round or a person."""
    form = NoteForm(circles=[], alone=True, auto_id="noot_%s", drawing=drawing)
    return {"form": form, "words": {name: str(words) for name, words in WORDS.items()}}


@read_only
@login_required
def note_page(request: HttpRequest, slug: str, setting: GetContributionContext) -> HttpResponse:
    """Show where one notes what one sees in a walk, with what a phone has to know of the round without a network."""
    here = setting(request, slug)
    if not here.circles:
        raise PermissionDenied("u vertelt hier geen verhalen")
    round = {
        "person": str(request.user.pk),
        "name": here.neighbourhood.name,
        "alone": not rules.colleagues(request.user).exists(),
        "circles": [
            {"id": c.pk, "words": _(c.audience.words.choice), "home": not rules.leaves_organisation(c)}
            for c in here.circles
        ],
    }
    drawing = here.draw(())
    return render(request, "stories/notes.html", {**blank(drawing), "here": here, "round": round, "drawing": drawing})


@require_POST
@login_required
def send_note(request: HttpRequest, slug: str, setting: GetContributionContext) -> HttpResponse:
    """Keep one note of a phone, and say what becomes of it; what came before is only acknowledged again."""
    here = setting(request, slug)
    alone = not rules.colleagues(request.user).exists()
    form = NoteForm(request.POST, circles=here.circles, alone=alone)
    if before := _sent(request):
        return _again(before, form, here)
    if not here.circles:
        raise PermissionDenied("u vertelt hier geen verhalen")
    if form.is_valid():
        try:
            return _kept(_send(request, here, form), HTTPStatus.CREATED)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    errors = {name: str(messages) for name, messages in form.errors.items()}
    return JsonResponse({"errors": errors}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _sent(request: HttpRequest) -> Story | None:
    """Return what became of this note when an earlier answer to this phone got lost."""
    try:
        return notes.sent(request.user, UUID(request.POST.get("sent_as", "")))
    except ValueError:
        return None


def _send(request: HttpRequest, here: ContributionContext, form: NoteForm) -> Story:
    with transaction.atomic():
        story = notes_actions.submit_note(by=request.user, neighbourhood=here.neighbourhood, **form.told())
        if form.confirmed_kinds:
            confirm_anonymous(by=request.user, about=story, kinds=form.confirmed_kinds)
    return story


def _kept(story: Story, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"waits": story.asked_id is not None}, status=status)


def _again(story: Story, form: NoteForm, here: ContributionContext) -> JsonResponse:
    """Acknowledge a note again; if it was changed on the phone since, say where it stands: no text is dropped."""
    form.full_clean()
    if all(getattr(story, name) == form.cleaned_data.get(name) for name in NOTED):
        return _kept(story, HTTPStatus.OK)
    url = reverse("stories:edit", args=[here.slug, story.pk])
    said = _("Een eerdere versie van deze notitie is al verstuurd.")
    return JsonResponse(
        {"words": said, "url": url, "link": _("Verstuurde versie aanpassen")}, status=HTTPStatus.CONFLICT
    )


@read_only
def shell(request: HttpRequest) -> HttpResponse:
    """Give the page as a phone keeps it for when there is no network: the same for everybody, whoever asks."""
    return HttpResponse(_shell())


def _shell() -> str:
    return render_to_string("stories/notes_shell.html", blank())  # without the request: it knows of nobody


@read_only
def worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps that page and its bundle on a phone; when either changes, the script does too."""
    path = finders.find(WORKER)
    script = Path(str(path)).read_text(encoding="utf-8")
    files = [static(name) for name in SHELL]
    version = hashlib.sha256((script + _shell() + "".join(files)).encode()).hexdigest()[:16]
    kept = {"version": version, "shell": reverse("phone:shell"), "files": files}
    body = f"self.KEPT = {json.dumps(kept)};\n{script}"
    answer = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    answer.headers["Service-Worker-Allowed"] = "/"  # a page registers it for its own address only
    return answer


@never_cache
@read_only
@login_required
def token(request: HttpRequest) -> HttpResponse:
    """Say who is signed in, and give what a form needs to be sent; a phone asks it just before it sends."""
    return JsonResponse({"person": str(request.user.pk), "token": get_token(request)})
