"""The store: all releases on disk, from import to check to publish, one of them published."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from buurtbalans import __version__
from buurtbalans.figures.area.division import Division
from buurtbalans.figures.findings import Finding, Refused, Severity, refuse
from buurtbalans.figures.observation import SCHEMA
from buurtbalans.figures.release import current_release, disk
from buurtbalans.figures.release.audit import audit
from buurtbalans.figures.release.checks import check, regions_of, sound
from buurtbalans.figures.release.complete import completed
from buurtbalans.figures.release.confidential import CONFIDENTIAL, Records, records_of
from buurtbalans.figures.release.frozen import NAMED, OBSERVATIONS, Release, areas_file, damage
from buurtbalans.figures.release.guard import guard, suppliers_of
from buurtbalans.figures.release.manifest import NAME, Manifest, digest
from buurtbalans.figures.release.maps import maps_for
from buurtbalans.figures.release.names import named
from buurtbalans.figures.release.order import arranged
from buurtbalans.figures.release.per_supplier import SharedViews
from buurtbalans.figures.release.senders import foreign
from buurtbalans.figures.sources.delivery import AREAS, SourceData, SourceInfo

if TYPE_CHECKING:
    from buurtbalans.figures.catalogue.indicator import Catalogue
    from buurtbalans.figures.quality.doubt import Doubt

ID: Final = re.compile(r"\d{4}-\d{2}-\d{2}-\d{1,6}")
ROW_GROUP: Final = 50_000
OPEN: Final = 3  # releases kept open: the published one and those that rounds have pinned


class State(StrEnum):
    """Where a release stands."""

    PUBLISHED = "gepubliceerd"
    EARLIER = "eerder gepubliceerd"
    READY = "klaargezet"
    DAMAGED = "beschadigd"

    @property
    def is_published(self) -> bool:
        """Whether everybody sees it now."""
        return self is State.PUBLISHED

    @property
    def is_earlier(self) -> bool:
        """Whether everybody saw it before."""
        return self is State.EARLIER

    @property
    def is_damaged(self) -> bool:
        """Whether its files are not what they were."""
        return self is State.DAMAGED


class NoSuchRelease(Refused):
    """There is no release of that name in the store."""


class ReleaseStore:
    """The releases in one folder.

    Parameters
    ----------
    root
        The folder; made on the first import.
    catalogue
        The indicators by id; the product's own when not given.

    Examples
    --------
    >>> import tempfile
    >>> store = ReleaseStore(Path(tempfile.mkdtemp()))
    >>> store.current() is None, store.releases()
    (True, [])
    """

    def __init__(self, root: Path, catalogue: "Catalogue | None" = None) -> None:
        self.root, self._catalogue = Path(root), catalogue
        self._open: dict[str, Release] = {}
        self._checked: dict[tuple[str, str | None], list[Finding]] = {}
        self._doubted: dict[tuple[str, str | None], list[Doubt]] = {}

    def add(
        self,
        deliveries: Sequence[SourceData],
        divisions: Iterable[Division],
        *,
        title: str,
        invented: bool = False,
        shared: SharedViews | None = None,
    ) -> str:
        """Make a release of deliveries and maps, and keep it aside until it is published.

        Parameters
        ----------
        deliveries
            What was read from the publishers' files.
        divisions
            The maps; maps of the same year complete one another.
        title
            What the release is called on screens.
        invented
            Whether the figures are invented; also true when one of the sources says so.
        shared
            What others saw of partners' counts in it, where those were shared before.

        Returns
        -------
        str
            The id of the release. The folder, with everything in it, is on the disk when this returns.

        Raises
        ------
        Refused
            With all findings, when one of them refuses the release; nothing is kept then.
        """
        maps, catalogue, before = _by_year(divisions), self._indicators(), self._before()
        findings = [finding for each in deliveries for finding in [*each.findings, *foreign(each, catalogue)]]
        frame = _together(deliveries)
        if not sound(frame):
            raise Refused([*findings, *check(frame, maps, catalogue, before)])
        frame, notes = completed(frame, catalogue)
        findings += [*check(frame, maps, catalogue, before), *notes]
        if any(finding.weight is Severity.REFUSE for finding in findings):
            raise Refused(findings)
        suppliers = suppliers_of(deliveries, catalogue)
        told = guard(frame, catalogue, suppliers, self._inside_before() if any(suppliers.values()) else [], shared)
        frame = arranged(told.frame)
        findings += told.findings
        sources = tuple(delivery.source for delivery in deliveries)
        areas = pl.concat([delivery.areas.select(AREAS.names()) for delivery in deliveries])
        maps = named(maps, areas, maps_for(frame, maps))
        with disk.building(self.root) as folder:
            _write_tables(folder, frame, told.confidential, maps, areas)
            sha256s = {file.name: digest(file) for file in sorted(folder.iterdir())}
            with disk.locked(self.root):
                manifest = _describe(self._next_id(), title, invented, sources, frame, maps, findings, sha256s)
                disk.write_synced(folder / NAME, manifest.to_json())
                disk.settle(folder, self.root / manifest.id)
        return manifest.id

    def check(self, id: str) -> list[Finding]:
        """Return what stands out in a release, held against the release that is published now.

        Raises
        ------
        NoSuchRelease, Refused
            When there is no such release, or when it is damaged.
        """
        before = self._before()
        key = (id, before.id if before else None)
        if key not in self._checked:
            release = self.get(id)
            frame = pl.read_parquet(release.folder / OBSERVATIONS)
            maps = {year: release.division(year) for year in release.divisions}
            self._checked[key] = check(frame, maps, self._indicators(), before)
        return self._checked[key]

    def quality(self, id: str) -> list["Doubt"]:
        """Return what in the figures of a release asks for a second look, beside the release that is published now.

        Raises
        ------
        NoSuchRelease, Refused
            When there is no such release, or when it is damaged.
        """
        from buurtbalans.figures.quality.checks import find_doubts  # there, because quality rests on the gate

        published = self.published_id()
        key = (id, published if published != id else None)
        if key not in self._doubted:
            release, before = self.get(id), self._published_before(id)
            maps = {year: release.division(year) for year in release.manifest.maps}
            earlier = before.figures() if before else None
            self._doubted[key] = find_doubts(release.figures(), maps, self._indicators(), earlier)
        return self._doubted[key]

    def publish(self, id: str) -> list[Finding]:
        """Publish a release in one atomic step and return what stands out in it.

        Publishing the release that is published already changes nothing.

        Raises
        ------
        Refused
            When the check refuses it, when its files are damaged, or when a small count of a partner could be found
            beside all that was published before; what was published stays published.
        """
        findings = self.check(id)
        problems = self.verify(id) or self._audit(id)
        if problems or any(finding.weight is Severity.REFUSE for finding in findings):
            raise Refused([*problems, *findings])
        with disk.locked(self.root):
            now = current_release.read(self.root)
            if now.current is None or now.current.release != id:
                entry = current_release.Published(id, digest(self.root / id / NAME), _now().isoformat())
                current_release.write(self.root, now.published(entry))
        return findings

    def undo(self) -> str | None:
        """Go back to the release that was published before, in one atomic step; return its id, or None for nothing.

        Raises
        ------
        Refused
            When nothing is published, or when the earlier release is damaged.
        """
        with disk.locked(self.root):
            now = current_release.read(self.root)
            if now.current is None:
                raise refuse("Er is nog niets gepubliceerd.", "Publiceer eerst een uitgave.")
            back = now.undone(_now().isoformat())
            if back.current and (problems := damage(self.root / back.current.release, back.current.seal)):
                raise Refused(problems)
            current_release.write(self.root, back)
        return back.current.release if back.current else None

    def releases(self) -> list[Manifest]:
        """Return the manifests of all releases that can be read, the newest first."""
        manifests = [self._manifest(id) for id in self._ids()]
        return [manifest for manifest in manifests if manifest]

    def states(self) -> dict[str, State]:
        """Return where every release in the store stands, the newest first."""
        now = current_release.read(self.root)
        return {id: self._state(id, now) for id in self._ids()}

    def published_id(self) -> str | None:
        """Return the id of the published release."""
        now = current_release.read(self.root).current
        return now.release if now else None

    def previous_id(self) -> str | None:
        """Return the id of the release that undo goes back to."""
        stack = current_release.read(self.root).stack
        return stack[-2].release if len(stack) > 1 else None

    def current(self) -> Release | None:
        """Return the published release, or None when nothing was published yet."""
        id = self.published_id()
        return self.get(id) if id else None

    def get(self, id: str) -> Release:
        """Return a release; its files are held against their sha256 when it is first opened.

        Raises
        ------
        NoSuchRelease, Refused
            When there is no such release, or when it is damaged.
        """
        release = self._open.pop(id, None) or Release.open(
            self._folder(id), current_release.read(self.root).seal_of(id)
        )
        self._open[id] = release
        for oldest in list(self._open)[:-OPEN]:
            self._open.pop(oldest, None)
        return release

    def verify(self, id: str) -> list[Finding]:
        """Hold every file of a release against its sha256 and return what is no longer as it was."""
        return damage(self._folder(id), current_release.read(self.root).seal_of(id))

    def _audit(self, id: str) -> list[Finding]:
        """Return which small counts could be found when a release is published; one that was already tells no more."""
        if id in self._ever_published():
            return []
        release = self.get(id)
        frame = pl.read_parquet(release.folder / OBSERVATIONS) if release.guarded else release.figures()
        lines = records_of(pl.read_parquet(release.folder / CONFIDENTIAL)) if release.guarded else {}
        return audit(id, frame, lines, self._inside_before() if lines else [], self._indicators())

    def _ever_published(self) -> list[str]:
        steps = current_release.read(self.root).history
        return list(dict.fromkeys(step.release for step in steps if step.step == "publish" and step.release))

    def _inside_before(self) -> list[tuple[str, Records]]:
        """Return what lies inside all releases that were ever published, also those that were undone: it was seen."""
        releases = []
        for id in self._ever_published():
            manifest = self._manifest(id)
            if manifest is None or (
                CONFIDENTIAL in manifest.sha256s and not _sound(self.root / id / CONFIDENTIAL, manifest)
            ):
                raise Refused(damage(self.root / id))
            if CONFIDENTIAL in manifest.sha256s:
                releases.append((id, records_of(pl.read_parquet(self.root / id / CONFIDENTIAL))))
        return releases

    def _indicators(self) -> "Catalogue":
        if self._catalogue is None:
            from buurtbalans.figures.catalogue.reader import catalogue

            self._catalogue = catalogue()
        return self._catalogue

    def _published_before(self, id: str) -> Release | None:
        """Return the release that another takes the place of; a damaged one is nothing to compare with."""
        published = self.published_id()
        if published is None or published == id or self.verify(published):
            return None
        return self.get(published)

    def _folder(self, id: str) -> Path:
        if ID.fullmatch(id) and (self.root / id).is_dir():
            return self.root / id
        raise NoSuchRelease(
            [Finding(Severity.REFUSE, f"Er is geen uitgave ‘{id}’.", "Kijk in de lijst welke uitgaven er zijn.")]
        )

    def _ids(self) -> list[str]:
        names = [path.name for path in self.root.glob("*-*-*-*") if ID.fullmatch(path.name)]
        return sorted(names, key=_order, reverse=True)

    def _next_id(self) -> str:
        today = f"{_now():%Y-%m-%d}"
        taken = [_order(id)[1] for id in self._ids() if id.startswith(today)]
        return f"{today}-{max(taken, default=0) + 1}"

    def _manifest(self, id: str) -> Manifest | None:
        try:
            return Manifest.from_json((self.root / id / NAME).read_bytes())
        except (OSError, ValueError):
            return None

    def _before(self) -> Manifest | None:
        id = self.published_id()
        return self._manifest(id) if id else None

    def _state(self, id: str, now: current_release.CurrentRelease) -> State:
        manifest = self._manifest(id)
        if manifest is None or any(not (self.root / id / name).is_file() for name in manifest.sha256s):
            return State.DAMAGED
        if now.current and now.current.release == id:
            return State.PUBLISHED
        return State.EARLIER if any(step.release == id for step in now.history) else State.READY


def _sound(path: Path, manifest: Manifest) -> bool:
    return path.is_file() and digest(path) == manifest.sha256s[path.name]


def _order(id: str) -> tuple[str, int]:
    day, _, place = id.rpartition("-")
    return day, int(place)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _together(deliveries: Sequence[SourceData]) -> pl.DataFrame:
    """Return the observations of all deliveries."""
    if not deliveries:
        return pl.DataFrame(schema=SCHEMA)
    for delivery in deliveries:
        if delivery.observations.schema != SCHEMA:
            raise refuse(f"De cijfers van {delivery.source.title} hebben niet de vaste kolommen.")
    return pl.concat([delivery.observations for delivery in deliveries])


def _by_year(divisions: Iterable[Division]) -> dict[int, Division]:
    maps: dict[int, Division] = {}
    for division in divisions:
        known = maps.get(division.year)
        maps[division.year] = known.completed(division) if known else division
    return maps


def _write_tables(
    folder: Path, frame: pl.DataFrame, inside: pl.DataFrame, maps: Mapping[int, Division], areas: pl.DataFrame
) -> None:
    tables = {
        OBSERVATIONS: frame,
        CONFIDENTIAL: inside,
        NAMED: areas.unique(["area", "division"], keep="first").sort("division", "area"),
    }
    tables |= {areas_file(year): division.to_frame() for year, division in maps.items()}
    for name, table in tables.items():
        table.write_parquet(folder / name, compression="zstd", statistics=True, row_group_size=ROW_GROUP)
        disk.sync(folder / name)


def _describe(
    id: str,
    title: str,
    invented: bool,
    sources: tuple[SourceInfo, ...],
    frame: pl.DataFrame,
    maps: Mapping[int, Division],
    findings: Iterable[Finding],
    sha256s: Mapping[str, str],
) -> Manifest:
    absences = frame["absence"].drop_nulls().value_counts().sort("absence")
    counts = {"observations": len(frame), "values": len(frame) - frame["value"].null_count()}
    return Manifest(
        id=id,
        title=title,
        created=_now(),
        product=__version__,
        invented=invented or any(source.invented for source in sources),
        sources=sources,
        periods=tuple(frame["period"].unique().sort()),
        indicators=tuple(frame["indicator"].unique().sort()),
        divisions=tuple(sorted(maps)),
        maps=maps_for(frame, maps),
        counts=counts | dict(absences.select(pl.col("absence").cast(pl.String), "count").iter_rows()),
        regions=regions_of(frame),
        findings=tuple(findings),
        sha256s=dict(sha256s),
    )
