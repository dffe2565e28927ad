"""Where something is told: the neighbourhood of a round, who may hear it, and with whose eyes one can look at it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from buurtbalans.method.datasets.queries.releases import names_of_areas
from buurtbalans.method.people.models import Circle
from buurtbalans.method.places.forms import Place
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories.forms.interview import Question


@dataclass(frozen=True)
class ReaderPerspective:
    """An imagined reader, by the circles they are in: a preview shows which stories such a reader could see."""

    key: str
    words: str
    inside: tuple[Circle, ...] = ()

    def reads(self, circle: Circle) -> bool:
        """Return whether what belongs to a circle is read with these eyes: by the same rule as every list."""
        own = Circle.objects.filter(pk__in=[each.pk for each in self.inside])
        return bool(Circle.objects.seen_from(own).filter(pk=circle.pk).exists())


@dataclass(frozen=True)
class ContributionContext:
    """Where something is told: a neighbourhood, the circles that may hear it, the way back, the core group, and a map.

    `questions` are those of the round for an interview; `answer_questions` gets the stories that answer them and says where to go.
    `draw` gives that map with marks on it (a kind and a place); the site fills it in, since drawing is above telling.
    """

    slug: str
    neighbourhood: Neighbourhood
    circles: list[Circle]
    crumbs: list[tuple[str, str]]
    core: Circle
    eyes: Callable[[], tuple[ReaderPerspective, ...]] = tuple
    questions: Callable[[], list[Question]] = list
    answer_questions: Callable[..., str] = lambda *, by, stories: ""
    draw: Callable[[Iterable[tuple[str, Place]]], SafeString] = lambda marks: SafeString()

    @property
    def areas(self) -> list[tuple[str, str]]:
        """The buurten to choose from, when there are several."""
        codes = self.neighbourhood.codes
        names = names_of_areas(self.neighbourhood.division) if len(codes) > 1 else {}
        return [(code, names.get(code, code)) for code in codes] if len(codes) > 1 else []


GetContributionContext = Callable[[HttpRequest, str], ContributionContext]
