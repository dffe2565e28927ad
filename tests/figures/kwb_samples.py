"""Small invented Kerncijfers in every layout, built from one table so that the layouts can be compared."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

AREAS = (
    ("GM9901", "Waterdam", "Gemeente"),
    ("WK990100", "Wijk 00 Centrum", "Wijk"),
    ("BU99010000", "Kade", "Buurt"),
    ("BU99010001", "Markt; oost", "Buurt"),
)


@dataclass(frozen=True)
class Topic:
    """One column: its group, name, unit, OData key and the cells as StatLine writes them."""

    group: str
    name: str
    unit: str
    key: str
    cells: Sequence[str]


TOPICS = (
    Topic("Bevolking", "Aantal inwoners", "aantal", "AantalInwoners_5", ("160", "160", "95", "65")),
    Topic("Bevolking/Geslacht", "Mannen", "aantal", "Mannen_6", ("75", "75", "45", "30")),
    Topic("Bevolking/Geslacht", "Vrouwen", "aantal", "Vrouwen_7", ("85", "85", "50", "35")),
    Topic("Wonen", "Gemiddelde woningwaarde", "x 1 000 euro", "GemiddeldeWoningwaarde_35", ("250", "250", ".", "")),
    Topic(
        "Nabijheid voorzieningen",
        "Afstand tot grote supermarkt",
        "km",
        "AfstandTotGroteSupermarkt_106",
        ("0,9", "0,9", "0,5", "1,4"),
    ),
    Topic(
        "Energie/Gemiddeld elektriciteitsverbruik/Naar woningtype",
        "Appartement",
        "kWh",
        "Appartement_48",
        ("2000", "2000", "1900", "2100"),
    ),
    Topic(
        "Energie/Gemiddeld aardgasverbruik/Naar woningtype",
        "Appartement",
        "m³",
        "Appartement_56",
        ("800", "800", "750", "."),
    ),
    Topic("Zorg", "Wmo-cliënten", "aantal", "WmoClienten_89", (".", ".", ".", ".")),
)
IDENTITY = ("Gemeentenaam (naam)", "Soort regio (omschrijving)", "Codering (code)")


@dataclass(frozen=True)
class Sample:
    """An invented delivery."""

    areas: Sequence[tuple[str, str, str]] = AREAS
    topics: Sequence[Topic] = field(default=TOPICS)

    def rows(self) -> list[tuple[tuple[str, str, str], list[str]]]:
        return [(area, [topic.cells[at] for topic in self.topics]) for at, area in enumerate(self.areas)]


def new(sample: Sample) -> str:
    """Write the new StatLine export."""
    names = ["Wijken en buurten", *(f"Regioaanduiding/{name}" for name in IDENTITY)]
    names += [f"{topic.group}/{topic.name} ({topic.unit})" for topic in sample.topics]
    lines = [";".join(f'"{name}"' for name in names)]
    for (code, name, kind), cells in sample.rows():
        told = [name, "Waterdam".ljust(40), kind.ljust(10), code.ljust(10)]
        lines.append(";".join([f'"{cell}"' for cell in told] + cells))
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def old(sample: Sample) -> str:
    """Write the old StatLine layout, with the column that others added."""
    names = ["", "||Gemeentenaam", "Soort regio", "Codering", "Jaar", *(f"|||{topic.name}" for topic in sample.topics)]
    units = ["Wijken en buurten", "naam", "omschrijving", "code", "", *(topic.unit for topic in sample.topics)]
    more = ";" * (len(names) - 1)
    lines = [
        f"Kerncijfers wijken en buurten 2018{more}",
        more,
        f";Onderwerp{more[1:]}",
        ";".join(names),
        ";".join(units),
    ]
    for (code, name, kind), cells in sample.rows():
        lines.append(";".join([f'"{name}"', "Waterdam", kind, code, "2018", *cells]))
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def r(sample: Sample) -> str:
    """Write what R makes of it: row numbers, dotted names, decimals in quotes, NA."""
    dotted = str.maketrans(" /()-²³%;,'", "." * 11)
    identity = ["Wijken en buurten", *(f"Regioaanduiding/{name}" for name in IDENTITY)]
    names = ["", *identity, *(f"{topic.group}/{topic.name} ({topic.unit})" for topic in sample.topics)]
    lines = [",".join(f'"{name.translate(dotted)}"' for name in names)]
    for number, ((code, name, kind), cells) in enumerate(sample.rows(), start=1):
        told = [str(number), name, "Waterdam".ljust(40), kind.ljust(10), code.ljust(10)]
        written = [_of_r(cell) for cell in cells]
        lines.append(",".join([f'"{cell}"' for cell in told] + written))
    return "\n".join(lines) + "\n"


def _of_r(cell: str) -> str:
    if cell == ".":
        return "NA"
    return f'"{cell}"' if "," in cell or not cell else cell


def odata(sample: Sample, folder: Path) -> Path:
    """Write an OData v3 typed data set and its descriptions, and return the typed data set."""
    folder.mkdir(exist_ok=True)
    codes = [code.ljust(10) for code, _, _ in sample.areas]
    typed = {
        "ID": pl.Series(range(len(codes)), dtype=pl.Int32),
        "WijkenEnBuurten": codes,
        "Gemeentenaam_1": ["Waterdam".ljust(40)] * len(codes),
        "SoortRegio_2": [kind.ljust(10) for _, _, kind in sample.areas],
        "Codering_3": codes,
        **{topic.key: pl.Series(map(_number, topic.cells), dtype=pl.Float64) for topic in sample.topics},
    }
    properties = [{"Key": t.key, "Title": t.name, "Unit": t.unit, "ParentID": 1} for t in sample.topics]
    properties += [
        {"Key": key, "Title": key[:-2], "Unit": "", "ParentID": 1} for key in ("Gemeentenaam_1", "Codering_3")
    ]
    properties.append({"Key": "SoortRegio_2", "Title": "Soort regio", "Unit": "", "ParentID": 1})
    regions = {"Key": codes, "Title": [name for _, name, _ in sample.areas], "Municipality": ["GM9901"] * len(codes)}
    facts = {"Identifier": "99999NED", "Title": "Kerncijfers wijken en buurten 2018", "RecordCount": len(codes)}
    pl.DataFrame(properties).write_parquet(folder / "99999NED_DataProperties.parquet")
    pl.DataFrame(regions).write_parquet(folder / "99999NED_WijkenEnBuurten.parquet")
    (folder / "99999NED_Metadata.json").write_text(json.dumps(facts))
    path = folder / "99999NED_TypedDataSet.parquet"
    pl.DataFrame(typed).write_parquet(path)
    return path


def _number(cell: str) -> float | None:
    return None if cell in {"", "."} else float(cell.replace(",", "."))


TEXTS: dict[str, Callable[[Sample], str]] = {"new": new, "old": old, "r": r}


def written(layout: str, sample: Sample, folder: Path) -> Path:
    """Write a sample in a layout and return what to give to `read_files`."""
    if layout == "odata":
        return odata(sample, folder / "99999NED")
    path = folder / f"{layout}.csv"
    path.write_bytes(TEXTS[layout](sample).encode())
    return path
