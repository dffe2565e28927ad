"""Addresses of stories; what they are told about is given by the page above them as `setting`."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from buurtbalans.method.stories.models import Contribution, Feeling, Story
from buurtbalans.method.stories.views import codebook, interview, listed, published_feelings, review, stories
from buurtbalans.method.stories.views import feelings as feelings_views
from buurtbalans.method.stories.views import notes as notes_views
from buurtbalans.method.stories.views import ratings as ratings_views
from buurtbalans.method.stories.views.feelings import FindGround

app_name = "stories"
urlpatterns = [
    path("", listed.stories, name="list"),
    path("nieuw/", stories.new, name="new"),
    path("codeboek/", codebook.codes, name="codes"),
    path("codeboek/nieuw/", codebook.new_code, name="new_code"),
    path("interview/", interview.interview, name="interview"),
    path("interview/<slug:numbers>/intrekken/", interview.withdraw_interview, name="withdraw_interview"),
    path("interview/<slug:numbers>/terugzetten/", interview.restore_interview, name="restore_interview"),
    path("codeboek/<int:pk>/aanpassen/", codebook.edit_code, name="edit_code"),
    path("codeboek/<int:pk>/intrekken/", codebook.withdraw_code, name="withdraw_code"),
    path("codeboek/<int:pk>/terugzetten/", codebook.restore_code, name="restore_code"),
    path("<int:pk>/woorden/", codebook.tags, name="tags"),
    path("<int:pk>/woorden/<int:code>/ophangen/", codebook.tag_story, name="tag_story"),
    path("<int:pk>/woorden/<int:code>/weghalen/", codebook.untag_story, name="untag_story"),
    path("<int:pk>/aanpassen/", stories.edit, name="edit"),
    path("<int:pk>/delen/", stories.share, name="share"),
    path("<int:pk>/intrekken/", stories.withdraw, name="withdraw"),
    path("<int:pk>/terugzetten/", stories.restore, name="restore"),
]


# What colleagues look at before it leaves the organisation belongs to no neighbourhood.
def reviews(draw: Callable[[HttpRequest, Contribution], SafeString]) -> list[URLPattern]:
    """Return the addresses of what colleagues look at; the site draws its place."""
    return [
        path("", review.reviews, name="list"),
        path("<int:pk>/", review.review, {"model": Story, "draw": draw}, name="review"),
        path("gevoel/<int:pk>/", review.review, {"model": Feeling, "draw": draw}, name="feeling"),
    ]


ratings = [
    path("", ratings_views.ratings, name="list"),
    path("nieuw/", ratings_views.rate, name="new"),
    path("<int:pk>/aanpassen/", ratings_views.edit_sheet, name="edit"),
    path("<int:pk>/intrekken/", ratings_views.withdraw_sheet, name="withdraw"),
    path("<int:pk>/terugzetten/", ratings_views.restore_sheet, name="restore"),
]
# Field notes of a round; and what a phone asks for any round: the page without a network, its worker, and who signs.
notes = [path("", notes_views.note_page, name="page"), path("verstuur/", notes_views.send_note, name="send")]
phone = [
    path("zonder-net/", notes_views.shell, name="shell"),
    path("werker.js", notes_views.worker, name="worker"),
    path("wie/", notes_views.token, name="token"),
]


def feelings(ground: FindGround) -> list[URLPattern]:
    """Return the addresses of feelings on a map, of which the site knows the `ground`."""
    known = {"ground": ground}
    return [
        path("", feelings_views.feelings, known, name="list"),
        path("nieuw/", feelings_views.new_feeling, name="new"),
        path("<int:pk>/gezet/", feelings_views.put, known, name="put"),
        path("<int:pk>/aanpassen/", feelings_views.edit_feeling, name="edit"),
        path("<int:pk>/delen/", feelings_views.share_feeling, name="share"),
        path("<int:pk>/intrekken/", feelings_views.withdraw_feeling, name="withdraw"),
        path("<int:pk>/terugzetten/", feelings_views.restore_feeling, name="restore"),
        path("laat-zien/", published_feelings.publish, known, name="show"),
        path("laat-zien/<int:pk>/intrekken/", published_feelings.withdraw, name="withdraw_published"),
        path("laat-zien/<int:pk>/terugzetten/", published_feelings.restore, name="restore_published"),
    ]
