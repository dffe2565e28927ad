"""What a list names and the site knows: corporations and areas by name and code, and which of it nobody knows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from buurtbalans.figures.area.division import Area
from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries.releases import current_release
from buurtbalans.method.people.models import Organisation, OrganisationKind
from buurtbalans.placing.columns import MANY

Table = Sequence[tuple[int, list[str]]]
IN_CELLS: Final = {"homes": "corporation", "expected_homes": "corporation", "corporations": "code"}
AREA_COLUMNS: Final = {
    "homes": ("area",),
    "expected_homes": ("area",),
    "providers": ("area",),
    "households": ("avoid", "near"),
    "expected_households": ("avoid", "near"),
    "areas": ("code", "parent"),
}
NAMED: Final = 5  # areas in one sentence


def with_corporations(tables: Mapping[str, Table]) -> tuple[dict[str, Table], list[Finding]]:
    """Return the tables with every corporation under its short name, and which the site does not know."""
    known, made, findings = _known(), dict(tables), list[Finding]()
    for name, rows in tables.items():
        sheet = plain(name)
        place = _column(rows, IN_CELLS[sheet]) if sheet in IN_CELLS else None
        if place is None:
            continue
        made[name] = [
            (line, [known.get(_folded(cell), cell) if row and at == place else cell for at, cell in enumerate(cells)])
            for row, (line, cells) in enumerate(rows)
        ]
        findings += _strangers(made[name], place, sheet, set(known.values()))
    return made, findings


def strange_areas(tables: Mapping[str, Table]) -> Iterator[Finding]:
    """Yield that the sheet of areas has areas which stand in no division of the site."""
    release = current_release()
    rows = next((rows for name, rows in tables.items() if plain(name) == "areas"), ())
    at = _column(rows, "code")
    if release is None or at is None:
        return
    lines = {cells[at].strip(): line for line, cells in rows[1:] if at < len(cells) and cells[at].strip()}
    strange = _in_no_division(release, lines)
    if strange:
        todo = "Zo’n gebied staat niet op de kaart, en wat in een ronde is afgesproken, telt er niet. Kijk de code na."
        often = _often(tables)
        times = sum(often[code] for code in strange)
        yield Finding(Severity.WARN, _unknown_areas(strange), todo, "areas", lines[strange[0]], "code", times)


def _in_no_division(release: Release, codes: Iterable[str]) -> list[str]:
    """Return the codes that stand in no division of a release, looked up in the newest first."""
    strange = list(codes)
    for year in sorted(release.divisions, reverse=True):
        strange = [code for code in strange if code not in release.division(year)] if strange else []
    return strange


def _unknown_areas(codes: list[str]) -> str:
    """Return the sentence that names the areas which the site does not know, the first few by their code."""
    named = ", ".join(codes[:NAMED]) + (f" en nog {len(codes) - NAMED}" if len(codes) > NAMED else "")
    if len(codes) == 1:
        return f"Deze site kent dit gebied niet: {named}."
    return f"Deze site kent {len(codes)} gebieden niet: {named}."


def _often(tables: Mapping[str, Table]) -> Counter[str]:
    """Return how often each area stands in a list."""
    texts = Counter[str]()
    for name, rows in tables.items():
        for at in [_column(rows, column) for column in AREA_COLUMNS.get(plain(name), ())]:
            cells = [cells[at] for _line, cells in rows[1:] if at < len(cells)] if at is not None else []
            texts.update(part.strip() for cell in cells for part in cell.split(MANY))
    return texts


def area_rows() -> Iterator[Sequence[str]]:
    """Yield the name and code of every area that the site knows, for who looks for a code."""
    areas = sorted(_areas(), key=lambda area: (area.name, area.code))
    if areas:
        yield ()
        yield "Gebied", "Code"
    for area in areas:
        yield area.name, area.code


def with_codes(findings: Iterable[Finding], tables: Mapping[str, Table]) -> Iterator[Finding]:
    """Yield findings; where the name of an area stands that the site knows, with its code."""
    codes = defaultdict(list)
    for area in _areas():
        codes[_folded(area.name)].append(area.code)
    sheets = {plain(name): rows for name, rows in tables.items()}
    for finding in findings:
        cell = (
            _cell(sheets.get(finding.file, ()), finding) if finding.column in AREA_COLUMNS.get(finding.file, ()) else ""
        )
        matches = [(part.strip(), codes[_folded(part)]) for part in cell.split(MANY) if _folded(part) in codes]
        said = " ".join(f"De code van {name[:60]} is {' of '.join(known[:NAMED])}." for name, known in matches)
        yield (
            replace(finding, todo=f"{said} Alle codes staan in het blad uitleg van ons sjabloon.") if said else finding
        )


def told_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings; what holds for more than one sheet once, with all of these and how often."""
    alike = defaultdict(list)
    for finding in findings:
        alike[finding.what, finding.todo, finding.column].append(finding)
    for first, *rest in alike.values():
        files = ", ".join(dict.fromkeys(one.file for one in (first, *rest)))
        times = sum(one.times for one in (first, *rest))
        yield replace(first, file=files, times=times, row=first.row if files == first.file else None)


def _areas() -> Sequence[Area]:
    release = current_release()
    return list(release.division(max(release.divisions))) if release else []


def _cell(rows: Table, one: Finding) -> str:
    """Return the cell that a finding is about."""
    at, lines = _column(rows, one.column or ""), dict(rows)
    cells = lines.get(one.row or 0, [])
    return cells[at] if at is not None and at < len(cells) else ""


def plain(name: str) -> str:
    """Return the name of a sheet as we call it."""
    return name.strip().lower().removesuffix(".csv")


def _known() -> dict[str, str]:
    """Return the short name of every organisation, by that and by its name, in small letters."""
    all_of_them = Organisation.objects.values_list("slug", "name")
    return {_folded(name): slug for slug, name in all_of_them} | {_folded(slug): slug for slug, _name in all_of_them}


def _folded(cell: str) -> str:
    return cell.strip().casefold()


def _column(rows: Table, column: str) -> int | None:
    head = [name.strip().lower() for name in rows[0][1]] if rows else []
    return head.index(column) if column in head else None


def _strangers(rows: Table, at: int, sheet: str, slugs: set[str]) -> Iterator[Finding]:
    """Yield every corporation in a column that is no organisation of the site, with where it stands first."""
    lines = [(cells[at].strip(), line) for line, cells in rows[1:] if at < len(cells)]
    for code, times in Counter(code for code, _line in lines).items():
        if code and code not in slugs:
            line = next(line for other, line in lines if other == code)
            what = f"“{code[:40]}” is geen organisatie op deze site. Zij ziet haar woningen hier niet."
            own = Organisation.objects.filter(kind=OrganisationKind.HOUSING).values_list("slug", flat=True)
            todo = f"Schrijf de korte naam: {', '.join(own)}. Of vraag de beheerder om haar toe te voegen."
            if not own:
                todo = "Vraag de beheerder om haar toe te voegen, en lees de lijst dan opnieuw in."
            yield Finding(Severity.WARN, what, todo, sheet, line, IN_CELLS[sheet], times)
