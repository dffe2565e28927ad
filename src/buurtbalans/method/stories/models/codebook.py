"""The codebook of a round: short words that the team hangs on stories, with what each means, and who hung them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.models import Text
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.people.models.scoping import CircleContentQuerySet
from buurtbalans.method.stories.models.story import Story


class Code(Text):
    """A word of the codebook: what it is called and when it fits. It belongs to a core group."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="codes")
    name = models.CharField(_("trefwoord"), max_length=40)
    meaning = models.CharField(_("wanneer het past"), max_length=200)

    objects = CircleContentQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                name="code_once", fields=["circle", "name"], condition=models.Q(withdrawn_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word of the codebook on a story, and who of the team hung it there."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="tags")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="tags")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("code__name",)
        constraints = [models.UniqueConstraint(name="tag_once", fields=["code", "story"])]

    def __str__(self) -> str:
        return f"{self.code_id}: {self.story_id}"
