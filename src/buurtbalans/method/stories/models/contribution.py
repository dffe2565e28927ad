"""What people tell about a place: who tells it and through whom, where it is, and who may read it."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.models import EditConflict, Text
from buurtbalans.method.people.models import Circle, Organisation, Person
from buurtbalans.method.people.models.scoping import CircleContentQuerySet, SharedTexts
from buurtbalans.method.places.models import Neighbourhood


class TellerKind(models.TextChoices):
    RESIDENT = "bewoner", _("bewoner")
    VOLUNTEER = "vrijwilliger", _("vrijwilliger")
    SHOPKEEPER = "ondernemer", _("ondernemer")
    PROFESSIONAL = "professional", _("professional")
    VISITOR = "bezoeker", _("bezoeker")


class AgeBand(models.TextChoices):
    UNDER_18 = "0-18", _("jonger dan 18 jaar")
    UNDER_30 = "18-30", _("18 tot 30 jaar")
    UNDER_45 = "30-45", _("30 tot 45 jaar")
    UNDER_60 = "45-60", _("45 tot 60 jaar")
    UNDER_75 = "60-75", _("60 tot 75 jaar")
    OLDER = "75+", _("75 jaar of ouder")


class ContributionQuerySet(SharedTexts, CircleContentQuerySet):
    """What was told, scoped to who may read it: by its circle, and by the sharing agreement of its round."""

    of_organisation = "heard_by"

    def visible_to(self, viewer: "Person | AnonymousUser") -> Self:
        """Return what the viewer may read; what was withdrawn only for who can restore it."""
        standing = models.Q(withdrawn_at__isnull=True)
        if viewer.is_authenticated:
            standing |= models.Q(author=viewer) | models.Q(withdrawn_by=viewer)
        return super().visible_to(viewer).within_agreement(viewer).filter(standing)

    def active(self) -> Any:
        """Return what was not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Contribution(Text):
    """Base of what somebody told: it belongs to a circle, its audience, and waits for a colleague before it goes wider.

    Its place is kept as the middle of a square of about 100 metres (`places.rules.blurred`), never finer. `sent_as` is
    the name that a phone gave it before it was sent, so that sending twice makes one.
    """

    WORDS: ClassVar[str]

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT)
    asked = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="%(class)s_asked", null=True, blank=True)
    returned = models.CharField(_("reden van terugsturen"), max_length=200, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    who = models.CharField(_("verteller"), max_length=12, choices=TellerKind, default=TellerKind.RESIDENT)
    age = models.CharField(_("leeftijd"), max_length=6, choices=AgeBand, blank=True)
    heard_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="%(class)s_heard")
    author = models.ForeignKey(Person, on_delete=models.PROTECT)
    sent_as = models.UUIDField(null=True, unique=True, editable=False)
    noted_at = models.DateTimeField(_("opgeschreven op"), null=True, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        abstract = True

    def settle(self, *, version: int, asked: Circle | None = None, returned: str = "") -> None:
        """Write for which circle it waits, or what came back, in one statement; that it waits is no version of it.

        Only if it stands, has the version that was read and still waits for the same circle: of two colleagues who
        look at once the second one gets a conflict. Only actions call this.
        """
        read = type(self)._base_manager.filter(
            pk=self.pk, version=version, asked=self.asked_id, withdrawn_at__isnull=True
        )
        rows = read.update(asked=asked, returned=returned)
        self.refresh_from_db()
        if not rows:
            raise EditConflict(self)

    def let_go(self, *, by: Person, version: int, circle: Circle) -> None:
        """Give it its wider circle; it waits no longer. Only actions call this."""
        self.settle(version=version)
        self.change(by=by, version=version, circle=circle)

    @property
    def words(self) -> str:
        """What a colleague reads before others do: the field that `WORDS` names."""
        return str(getattr(self, self.WORDS))

    @property
    def point(self) -> tuple[float, float] | None:
        """Its place as longitude and latitude, to about 100 metres, where one was set."""
        set_ = self.longitude is not None and self.latitude is not None
        return (self.longitude, self.latitude) if set_ else None  # type: ignore[return-value]

    @property
    def teller(self) -> str:
        """Return who tells it and through whom, without a name, such as "Bewoner, 60 tot 75 jaar · via Buurtteam"."""
        who = str(self.get_who_display()).capitalize()
        if self.age:
            who = f"{who}, {self.get_age_display()}"
        return f"{who} · via {self.heard_by.name}" if self.heard_by else who
