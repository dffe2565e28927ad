"""Regions: which area each row of a file speaks of, by its code or, failing that, by a name that is unique."""

from collections import Counter
from typing import Final

import polars as pl

from buurtbalans.figures.findings import Finding, Refused, Severity, refuse
from buurtbalans.figures.observation import LEVELS
from buurtbalans.figures.sources.sheet import Sheet, per_row

_LEVEL_OF: Final = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}
_CODE: Final = r"^(NL00|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})$"
_FETCH: Final = "Haal het bestand opnieuw op bij de bron, met de kolom “Codering”."


def regions(sheet: Sheet) -> tuple[pl.DataFrame, list[Finding]]:
    """Return a frame `line, area, name, level, municipality` with a row per row of the sheet, and findings.

    Raises
    ------
    Refused
        When the file has no codes and its names are not unique; all names that clash are named.
    """
    frame = pl.DataFrame(
        {
            "line": pl.Series(sheet.lines, dtype=pl.Int64),
            "area": _text(sheet, "codering"),
            "name": _text(sheet, "wijken en buurten"),
            "kind": _text(sheet, "soort regio").str.to_lowercase(),
        }
    )
    if frame["area"].null_count() == frame.height:
        return _by_name(sheet, frame)
    return _by_code(sheet, frame)


def _text(sheet: Sheet, name: str) -> pl.Series:
    place = sheet.find_column(name)
    if place is None:
        return pl.repeat(None, len(sheet.lines), dtype=pl.String, eager=True)
    return sheet.frame[place].cast(pl.String).str.strip_chars(" \t\xa0")


def _by_code(sheet: Sheet, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    frame = frame.with_columns(
        pl.col("area").fill_null(""),
        pl.col("area").str.slice(0, 2).replace_strict(_LEVEL_OF, default=None, return_dtype=pl.String).alias("level"),
        pl.when(pl.col("area") != "NL00").then("GM" + pl.col("area").str.slice(2, 4)).alias("municipality"),
    )
    known = pl.col("area").str.contains(_CODE)
    findings = _unknown(sheet, frame.filter(~known))
    frame = frame.filter(known) if findings else frame
    findings += _other_kind(sheet, frame)
    findings += _doubled(sheet, frame)
    findings += _orphans(sheet, frame)
    return _shaped(frame), findings


def _shaped(frame: pl.DataFrame) -> pl.DataFrame:
    name = pl.coalesce("name", "area")
    return frame.select("line", "area", name, pl.col("level").cast(LEVELS), "municipality")


def _column(sheet: Sheet) -> str:
    place = sheet.find_column("codering")
    return sheet.name(place) if place else ""


def _unknown(sheet: Sheet, strange: pl.DataFrame) -> list[Finding]:
    todo = "Een code begint met BU, WK, GM of NL. Kijk de regel na of haal het bestand opnieuw op."
    findings: list[Finding] = []
    for (code,), group in strange.group_by("area", maintain_order=True):
        what = f"“{str(code)[:40]}” is geen code van een gebied." if code else "De code van het gebied ontbreekt."
        findings += per_row(what, todo, file=sheet.file, lines=group["line"], column=_column(sheet))
    return findings


def _other_kind(sheet: Sheet, frame: pl.DataFrame) -> list[Finding]:
    wrong = frame.filter(pl.col("kind").is_in(list(_LEVEL_OF.values())) & (pl.col("kind") != pl.col("level")))
    what = "De code en de soort regio spreken elkaar tegen."
    return per_row(what, "Haal het bestand opnieuw op bij de bron.", file=sheet.file, lines=wrong["line"])


def _doubled(sheet: Sheet, frame: pl.DataFrame) -> list[Finding]:
    groups = frame.group_by("area", maintain_order=True).agg("line").filter(pl.col("line").list.len() > 1)
    findings: list[Finding] = []
    for code, lines in groups.rows():
        told = ", ".join(map(str, lines[:-1]))
        what = f"Gebied {code} staat {len(lines)} keer in het bestand: regel {told} en {lines[-1]}."
        todo = "Laat één regel per gebied staan."
        findings.append(Finding(Severity.REFUSE, what, todo, sheet.file, lines[1], _column(sheet), len(lines)))
    return findings


def _orphans(sheet: Sheet, frame: pl.DataFrame) -> list[Finding]:
    """Warn for areas whose municipality has no row, in a file that has rows of municipalities."""
    municipalities = frame.filter(pl.col("level") == "gemeente")["area"]
    if not len(municipalities):
        return []
    alone = frame.filter(
        pl.col("level").is_in(["wijk", "buurt"]) & ~pl.col("municipality").is_in(municipalities.implode())
    )
    what = "De gemeente van dit gebied staat niet in het bestand."
    todo = "Kijk de code na. Klopt die, dan hoeft u niets te doen."
    return per_row(what, todo, file=sheet.file, lines=alone["line"], column=_column(sheet), weight=Severity.WARN)


def _by_name(sheet: Sheet, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    if frame["name"].null_count() or frame["kind"].null_count():
        raise refuse("Het bestand heeft geen codes van gebieden.", _FETCH, file=sheet.file, row=1)
    clashing = {name: times for name, times in Counter(frame["name"]).items() if times > 1}
    if clashing:
        place = sheet.find_column("wijken en buurten") or "0"
        raise Refused(
            Finding(
                Severity.REFUSE,
                f"Zonder codes moet elke naam uniek zijn. “{name}” staat {times} keer in het bestand.",
                _FETCH,
                sheet.file,
                frame.filter(pl.col("name") == name)["line"][1],
                sheet.name(place),
                times,
            )
            for name, times in clashing.items()
        )
    strange = frame.filter(~pl.col("kind").is_in(list(_LEVEL_OF.values())))
    findings = per_row("Deze soort regio kennen wij niet.", _FETCH, file=sheet.file, lines=strange["line"])
    what = "Het bestand heeft geen codes. Wij gebruiken de namen; die passen niet op een kaart."
    findings.append(Finding(Severity.WARN, what, _FETCH, sheet.file))
    frame = frame.filter(pl.col("kind").is_in(list(_LEVEL_OF.values())))
    named = frame.with_columns(pl.col("name").alias("area"), pl.col("kind").alias("level"))
    return _shaped(named.with_columns(pl.lit(None, pl.String).alias("municipality"))), findings
