"""Writes about releases: publish one, or go back to the one before."""

from buurtbalans.figures.findings import refuse
from buurtbalans.figures.quality import require_seen, to_confirm
from buurtbalans.method.people.actions import action, record
from buurtbalans.method.people.models import Person

from . import queries
from .models import Kind, Publication
from .rules import require_may_publish


@action
def publish_release(*, by: Person | None, release: str, note: str = "", confirmed: bool = False) -> Publication:
    """Make a release the one that everybody sees.

    The switch on disk comes last: when it is refused, nothing is written here either.

    Parameters
    ----------
    confirmed
        Whether the person looked at the changes that are far larger than those of other areas.

    Raises
    ------
    Refused
        When the release does not exist, is damaged, is published already, or when its check refuses it; when it has
        large changes that nobody looked at.
    """
    require_may_publish(by)
    shelf = queries.shelf()
    manifest = shelf.get(release).manifest
    if shelf.published_id() == release:
        raise refuse(f"Uitgave {release} is al gepubliceerd.", "U hoeft niets te doen.")
    changes = to_confirm(shelf.quality(release))
    require_seen(changes, confirmed)
    seen = {"changes_seen": len(changes)} if changes else {}
    publication = Publication.objects.create(
        kind=Kind.PUBLISHED, release=release, title=manifest.title[:200], note=note, by=by
    )
    record(by=by, verb="datasets.publish_release", about=publication, release=release, **seen)
    shelf.publish(release)
    return publication


@action
def undo_release(*, by: Person | None, note: str = "", seen: str = "") -> Publication:
    """Go back to the release that was published before; when there was none, nothing is published any more.

    Parameters
    ----------
    seen
        The release that was published when the person decided; empty when that does not matter.

    Raises
    ------
    Refused
        When nothing is published, when another release was published meanwhile, or when the earlier one is damaged.
    """
    require_may_publish(by)
    shelf = queries.shelf()
    undone = shelf.published_id() or ""
    if seen and seen != undone:
        raise refuse("Intussen is er een andere uitgave gepubliceerd.", "Kijk opnieuw of u wilt terugdraaien.")
    back = shelf.previous_id()
    title = shelf.get(back).manifest.title[:200] if back else ""
    publication = Publication.objects.create(kind=Kind.UNDONE, release=back or "", title=title, note=note, by=by)
    record(by=by, verb="datasets.undo_release", about=publication, release=back, undone=undone)
    shelf.undo()
    return publication
