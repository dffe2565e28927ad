"""From a table and what its columns are to counts, with everything that stands out, at once, each with its cells."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from buurtbalans.figures.area.codes import parent_of
from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.findings import Severity
from buurtbalans.figures.intake.matching import Choices, Role, area_code
from buurtbalans.figures.intake.people import WORDS
from buurtbalans.figures.intake.reading import Upload
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.policy import disclosure_rule
from buurtbalans.figures.protection.rule import DisclosureRule

_YEAR: Final = re.compile(r"(19[5-9]\d|20\d\d)(JJ00)?")
_WHOLE: Final = re.compile(r"\d{1,12}")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
_MARKS: Final = ("", ".", "-", "x", "NA", "n.b.")


class Key(NamedTuple):
    """What a count is about."""

    indicator: str
    area: str
    division: int
    period: int


class Count(NamedTuple):
    """How many, or the reason why that is not known; rounded to a multiple of `step` when that is not 1.

    `kept` says that the value is one of an earlier delivery, because the new one would tell too much beside it.
    """

    value: int | None
    absence: Absence | None = None
    step: int = 1
    kept: bool = False


@dataclass(frozen=True, slots=True)
class TableFinding:
    """Something that stands out in a table: where, what, and what to do.

    `rows` are places in `Upload.rows`; `column` is one in its header. `ask` says what somebody can answer on the
    spot: "cell" what stands there, "reason" why there is no figure, "" nothing.
    """

    weight: Severity
    what: str
    todo: str = ""
    column: int | None = None
    rows: tuple[int, ...] = ()
    ask: str = ""


@dataclass
class Counted:
    """The counts of a table, what stands out, and how many rows count."""

    counts: dict[Key, Count] = field(default_factory=dict)
    noticed: list[TableFinding] = field(default_factory=list)
    rows: int = 0

    @property
    def ready(self) -> bool:
        """Return whether it can be kept: there are counts, and nothing stops the file."""
        return bool(self.counts) and all(each.weight is not Severity.REFUSE for each in self.noticed)


@dataclass
class _Reading:
    upload: Upload
    choices: Choices
    known: Mapping[int, frozenset[str]]
    rule: DisclosureRule
    found: Counted = field(default_factory=Counted)
    wrong: dict[tuple[int, str, str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[Key, int] = field(default_factory=dict)

    def cell(self, row: int, place: int) -> str:
        """Return what stands in a cell, or what somebody said should stand there."""
        return self.choices.repairs.get(f"{row}:{place}", self.upload.rows[row][place])

    def note(self, place: int, row: int, what: str, todo: str, ask: str = "") -> None:
        """Remember what is wrong with a cell; the same thing in one column is told once."""
        self.wrong[place, what, todo, ask].append(row)


def count_up(
    upload: Upload, choices: Choices, known: Mapping[int, frozenset[str]], rule: DisclosureRule | None = None
) -> Counted:
    """Return the counts of a table by what somebody chose.

    Parameters
    ----------
    upload, choices
        The table, and what its columns are.
    known
        Per year of the borders the codes that exist; without a year in it only the form of a code is looked at.
    rule
        The disclosure rule before others than the own organisation; that of every partner when absent.
    """
    reading = _Reading(upload, choices, known, rule or disclosure_rule(SourceKind.PARTNER, Audience.CORE))
    stops = list(_lacking(choices))
    if not stops:
        for row in range(len(upload.rows)):
            _row(reading, row)
    told = [
        TableFinding(Severity.REFUSE if ask == "reason" else Severity.WARN, what, todo, place, tuple(rows), ask)
        for (place, what, todo, ask), rows in reading.wrong.items()
    ]
    reading.found.noticed = [*stops, *told, *_totals(reading), *_small(reading), *_hidden(upload, choices)]
    if not stops and not reading.found.counts:
        reading.found.noticed.insert(
            0, TableFinding(Severity.REFUSE, "Geen enkele rij telt mee.", "Kijk de kolommen na.")
        )
    return reading.found


def _missing_roles(choices: Choices) -> Iterator[TableFinding]:
    """Yield a notice for each role without which no count can be read: area, period and count."""
    if len(choices.places(Role.AREA)) != 1:
        yield TableFinding(Severity.REFUSE, "Wij weten niet in welke kolom de buurtcode staat.", "Kies één kolom.")
    if not choices.places(Role.PERIOD) and choices.year is None:
        yield TableFinding(Severity.REFUSE, "Wij weten niet over welk jaar dit gaat.", "Vul het jaar in.")
    if not choices.places(Role.COUNT):
        yield TableFinding(
            Severity.REFUSE, "Wij weten niet welke kolom de aantallen heeft.", "Kies minstens één kolom."
        )


def _lacking(choices: Choices) -> list[TableFinding]:
    """Return what must be chosen before anything can be read."""
    notices = list(_missing_roles(choices))
    for role in (Role.PERIOD, Role.DIVISION, Role.KIND, Role.REASON):
        if len(choices.places(role)) > 1:
            notices.append(TableFinding(Severity.REFUSE, f"Twee kolommen zijn “{role}”.", "Kies er één."))
    for place in choices.places(Role.UNKNOWN):
        todo = "Kies wat dit is. Alleen hele aantallen tellen mee. Procenten rekenen wij zelf uit."
        notices.append(TableFinding(Severity.WARN, "Wij weten niet wat in deze kolom staat.", todo, place))
    names = [choices.names[place] for place in choices.places(Role.COUNT)]
    if len(set(names)) < len(names):
        notices.append(
            TableFinding(Severity.REFUSE, "Twee cijfers hebben dezelfde naam.", "Geef elk cijfer een eigen naam.")
        )
    return [notice for notice in notices if notice.weight is Severity.REFUSE] and notices


def _indicator_name(kind: str, column: str, *, is_only_count: bool) -> str:
    """Return the name of a figure: of its column, of its kind, or of both where a kind has several columns."""
    if not kind:
        return column
    return kind if is_only_count else f"{kind}: {column}"


def _row(reading: _Reading, row: int) -> None:
    choices = reading.choices
    period = _year(reading, row, Role.PERIOD, choices.year)
    division = _year(reading, row, Role.DIVISION, choices.division or period)
    area = _area(reading, row, division)
    if area is None or period is None or division is None:
        return
    reading.found.rows += 1
    kinds, columns = choices.places(Role.KIND), choices.places(Role.COUNT)
    kind = reading.cell(row, kinds[0]) if kinds else ""
    if kinds and not kind:
        reading.note(kinds[0], row, "De naam van het cijfer ontbreekt.", "Vul in wat hier geteld is.", "cell")
        return
    for place in columns:
        indicator = _indicator_name(kind, choices.names[place], is_only_count=len(columns) == 1)
        count = _count(reading, row, place)
        if count is not None:
            _keep(reading, row, place, Key(indicator[:120], area, division, period), count)


def _keep(reading: _Reading, row: int, place: int, key: Key, count: Count) -> None:
    first = reading.seen.setdefault(key, row)
    if first != row:
        line = reading.upload.lines[first]
        reading.note(place, row, f"Dit gebied staat ook in rij {line}.", "Laat één van de twee rijen staan.")
        return
    reading.found.counts[key] = count


def _year(reading: _Reading, row: int, role: Role, otherwise: int | None) -> int | None:
    places = reading.choices.places(role)
    if not places:
        return otherwise
    cell = reading.cell(row, places[0])
    if _YEAR.fullmatch(cell):
        return int(cell[:4])
    what = f"Hier staat ‘{cell[:30]}’. Wij verwachten een jaar." if cell else "Het jaar ontbreekt."
    reading.note(places[0], row, f"{what} Deze rij telt nog niet mee.", "Vul een jaar in, zoals 2025.", "cell")
    return None


def _area(reading: _Reading, row: int, division: int | None) -> str | None:
    place = reading.choices.places(Role.AREA)[0]
    cell = reading.cell(row, place)
    code = area_code(cell, reading.upload.header[place])
    known = reading.known.get(division) if division else None
    if code and (known is None or code in known):
        return code
    if not cell:
        what = "De buurtcode ontbreekt in deze rij."
    elif code:
        what = f"Wij kennen {code} niet in de indeling van {division}."
    else:
        what = f"Hier staat ‘{cell[:30]}’. Dat is geen code van een gebied."
    reading.note(place, row, f"{what} Deze rij telt nog niet mee.", "Vul de code in, zoals BU03630000.", "cell")
    return None


def _count(reading: _Reading, row: int, place: int) -> Count | None:
    cell = reading.cell(row, place)
    if _WHOLE.fullmatch(cell):
        return Count(int(cell))
    if _THOUSANDS.fullmatch(cell) and not reading.upload.exact:
        return Count(int(cell.replace(".", "")))
    if cell in _MARKS:
        return _without(reading, row, place)
    what = f"Hier staat ‘{cell[:30]}’. Wij verwachten een heel getal. Dit vak telt nog niet mee."
    reading.note(place, row, what, "Vul het aantal in.", "cell")
    return None


def _without(reading: _Reading, row: int, place: int) -> Count | None:
    """Return why there is no count: by the table's own reasons, else by what somebody answered."""
    columns = reading.choices.places(Role.REASON)
    told = reading.cell(row, columns[0]) if columns else ""
    if told in {str(each) for each in Absence}:
        return Count(None, Absence(told))
    why = reading.choices.reasons.get(place)
    reading.note(
        place, row, "Dit vak is leeg. Waarom is er geen cijfer?", "Kies een reden.", "answered" if why else "reason"
    )
    return Count(None, why) if why else None


def _totals(reading: _Reading) -> list[TableFinding]:
    """Refuse a total that is smaller than what it is made of: then one of the two is wrong."""
    below: dict[Key, int] = defaultdict(int)
    for key, count in reading.found.counts.items():
        if (above := parent_of(key.area)) and count.value:
            below[key._replace(area=above)] += count.value
    notices = []
    for key, parts in below.items():
        total = reading.found.counts.get(key)
        if total and total.value is not None and total.value < parts:
            what = f"{key.area} heeft {total.value} bij “{key.indicator}”. De delen zijn samen {parts}."
            row = reading.seen[key]
            notices.append(TableFinding(Severity.REFUSE, what, "Eén van de twee klopt niet. Kijk ze na.", None, (row,)))
    return notices


def _small(reading: _Reading) -> list[TableFinding]:
    rows: dict[int, list[int]] = defaultdict(list)
    for place in reading.choices.places(Role.COUNT):
        for row in range(len(reading.upload.rows)):
            cell = reading.cell(row, place)
            if _WHOLE.fullmatch(cell) and reading.rule.is_small(int(cell)):
                rows[place].append(row)
    what = f"Dit zijn er minder dan {reading.rule.minimum_frequency}. Buiten uw organisatie ziet niemand dit getal."
    return [
        TableFinding(Severity.NOTE, what, "U hoeft niets te doen.", place, tuple(all)) for place, all in rows.items()
    ]


def _hidden(upload: Upload, choices: Choices) -> list[TableFinding]:
    return [
        TableFinding(
            Severity.NOTE, f"Hier staan misschien {WORDS[sign]}. Wij lezen deze kolom niet.", "", place, (0,), "hidden"
        )
        for place, sign in enumerate(choices.signs)
        if sign
    ]


def _of_same_figures(counts: Mapping[Key, Count], others: Mapping[Key, Count]) -> dict[Key, Count]:
    """Return the counts about an indicator and period that the others are about too."""
    subjects = {(key.indicator, key.period) for key in others}
    return {key: count for key, count in counts.items() if (key.indicator, key.period) in subjects}


def _valued(counts: Mapping[Key, Count]) -> dict[Key, Count]:
    return {key: count for key, count in counts.items() if count.value is not None}


def compare(now: Mapping[Key, Count], before: Mapping[Key, Count]) -> dict[str, list[tuple[Key, Count, Count]]]:
    """Return what is new, different and gone beside what was delivered before about the same figures and years.

    Examples
    --------
    >>> one, two = Key("hulp", "BU03630000", 2025, 2025), Key("hulp", "BU03630001", 2025, 2025)
    >>> {name: len(found) for name, found in compare({one: Count(41)}, {one: Count(44), two: Count(3)}).items()}
    {'nieuw': 0, 'anders': 1, 'weg': 1}
    """
    nothing = Count(None)
    valued, had = _valued(now), _valued(_of_same_figures(before, now))
    return {
        "nieuw": [(key, nothing, count) for key, count in valued.items() if key not in had],
        "anders": [(key, had[key], count) for key, count in valued.items() if key in had and had[key] != count],
        "weg": [(key, count, now.get(key, nothing)) for key, count in had.items() if key not in valued],
    }


def indicators(counts: Sequence[Key]) -> list[str]:
    """Return the names of the figures, in the order of the table."""
    return list(dict.fromkeys(key.indicator for key in counts))
