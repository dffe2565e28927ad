"""Reads of a draft: what counts in it, what stands out, what changes, and what each circle would see of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from buurtbalans.figures.findings import Finding
from buurtbalans.figures.intake.counts import Count, Counted, Key, TableFinding, compare, count_up
from buurtbalans.figures.intake.matching import Choices, chosen
from buurtbalans.figures.intake.reading import Upload, letter
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.datasets.models import Draft
from buurtbalans.method.datasets.queries.deliveries import (
    AudienceView,
    delivered_before,
    draft_audience_views,
    rules_of,
)
from buurtbalans.method.datasets.queries.releases import known_codes, names_of_areas


def upload_of(draft: Draft) -> Upload:
    """Return the table of a draft."""
    table = draft.table
    return Upload(draft.file, draft.sha256, table["header"], table["rows"], table["lines"], table["exact"])


@dataclass(frozen=True)
class CellExcerpt:
    """A few cells around the one that stands out: text, whether it is that one, and whether it is hidden."""

    line: int
    cells: list[tuple[str, bool, bool]]


@dataclass(frozen=True)
class DraftRemark:
    """Something that stands out, as the page tells it: where in words, its cells, and the fields that answer it."""

    noticed: TableFinding
    lines: list[int]
    letter: str
    strip: CellExcerpt | None
    why: str
    fixes: list[tuple[int, int]]


@dataclass(frozen=True)
class DraftCheck:
    """All that the page about a draft shows: what counts, what stands out, what changes, and what others would see."""

    upload: Upload
    choices: Choices
    counted: Counted
    looks: list[DraftRemark]
    changes: list[tuple[str, int, list[tuple[str, Key, Count, Count]]]]
    audience_views: Mapping[Audience, AudienceView]  # what each audience would see

    @property
    def warnings(self) -> Sequence[Finding]:
        """Return why these counts cannot be shared, or what stands out in what the core group would see."""
        core = self.audience_views[Audience.CORE]
        return core.findings or core.remarks


def draft_check(draft: Draft) -> DraftCheck:
    """Return what a draft says now, with what the organisation delivered before beside it."""
    upload, choices = upload_of(draft), chosen(draft.choices)
    counted = count_up(upload, choices, known_codes(), rules_of(draft.organisation)[Audience.CORE])
    looks = [_remark(upload, choices, each) for each in counted.noticed]
    names = {year: names_of_areas(year) for year in {key.division for key in counted.counts}}
    changes = [
        (
            word,
            len(comparison),
            [(names.get(k.division, {}).get(k.area, k.area), k, old, new) for k, old, new in comparison[:3]],
        )
        for word, comparison in compare(counted.counts, delivered_before(draft.organisation)).items()
    ]
    audience_views = {view.audience: view for view in draft_audience_views(counted.counts, draft.organisation)}
    return DraftCheck(upload, choices, counted, looks, changes, audience_views)


def _remark(upload: Upload, choices: Choices, noticed: TableFinding) -> DraftRemark:
    first = noticed.rows[0] if noticed.rows else None
    cells = None if first is None else _cell_excerpt(upload, choices.signs, first, noticed.column)
    where = "" if noticed.column is None else letter(noticed.column)
    lines = [] if noticed.ask == "hidden" else [upload.lines[row] for row in noticed.rows]
    why = choices.reasons.get(noticed.column) if noticed.column is not None else None
    fixes = [(row, upload.lines[row]) for row in noticed.rows[:10]]
    return DraftRemark(noticed, lines, where, cells, str(why or ""), fixes)


def _cell_excerpt(upload: Upload, signs: Sequence[str], row: int, column: int | None) -> CellExcerpt:
    width = len(upload.header)
    first = max(0, min((column or 0) - 1, width - 3))
    cells = [
        (upload.rows[row][place], place == column, bool(signs[place])) for place in range(first, min(first + 3, width))
    ]
    return CellExcerpt(upload.lines[row], cells)
