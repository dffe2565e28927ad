"""The colours: every contrast and every colour distance that the look promises, computed again from the stylesheet."""

import re
from pathlib import Path

import numpy as np
import pytest

import buurtbalans.site
from buurtbalans.site.look import absence, icons
from buurtbalans.site.pages import blocks
from tests.site.colours import ciede2000, contrast, nearest

SOURCES = Path(buurtbalans.site.__file__).parent / "static" / "src"
SHEETS = sorted(SOURCES.glob("*.css"))
TOKENS = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", (SOURCES / "tokens.css").read_text().split("@media")[0]))


def colour(name: str) -> str:
    value = TOKENS[f"--{name}"]
    return colour(value[6:-1]) if value.startswith("var(--") else value


CONTRASTS = {  # on white, on --vlak, on --accent-zacht
    "inkt": (16.4, 15.1, 14.1),
    "inkt-2": (8.1, 7.5, 7.0),
    "inkt-3": (5.4, 5.0, 4.6),
    "lijn-2": (3.6, 3.4, 3.1),
    "accent": (8.3, 7.7, 7.2),
    "accent-donker": (11.4, 10.5, 9.8),
    "belasting": (5.2, 4.8, 4.5),
    "kracht": (7.4, 6.8, 6.3),
    "fout": (7.3, 6.8, 6.3),
}


@pytest.mark.parametrize(("token", "promised"), CONTRASTS.items())
def test_contrast_of_each_ink(token, promised):
    for ground, number in zip(("wit", "vlak", "accent-zacht"), promised, strict=True):
        assert contrast(colour(token), colour(ground)) == pytest.approx(number, abs=0.1)


def test_contrast_on_warning_and_water():
    assert contrast(colour("inkt"), colour("let-op")) == pytest.approx(14.9, abs=0.05)
    assert contrast(colour("water-naam"), colour("water")) == pytest.approx(5.7, abs=0.05)


PALETTES = {
    "oordeel": (
        ["#8E500A", "#E3B35A", "#E7E4DA", "#7ABFB9", "#0C5F68"],
        {"normal": 23.1, "protan": 11.7, "deutan": 16.9, "tritan": 21.8},
        (6.4, 8.5, 12.9, 7.8, 7.4),
    ),
    "reeks": (
        ["#F7F2DC", "#B2CCA6", "#61A8A2", "#1F6E84", "#0F2F4C"],
        {"normal": 16.0, "protan": 10.6, "deutan": 11.0, "tritan": 17.6},
        (14.6, 9.4, 6.0, 5.8, 13.7),
    ),
}


@pytest.mark.parametrize("name", PALETTES)
def test_classes_of_the_map(name):
    hexes, distances, texts = PALETTES[name]
    colours = [colour(f"{name}-{number}") for number in range(1, 6)]
    assert colours == hexes
    for sight, promised in distances.items():
        assert nearest(colours, sight) == pytest.approx(promised, abs=0.06), sight
    for number, promised in enumerate(texts, start=1):
        assert contrast(colour(f"op-{name}-{number}"), colours[number - 1]) == pytest.approx(promised, abs=0.05)


def test_kinds_of_stories():
    kinds = ("kracht", "kans", "zorg", "gebeurtenis", "werk", "vraag")
    colours = [colour(f"soort-{kind}") for kind in kinds]
    promised = {"normal": 23.4, "protan": 19.4, "deutan": 19.7, "tritan": 20.4}
    for sight, number in promised.items():
        assert nearest(colours, sight) == pytest.approx(number, abs=0.06), sight


def test_icons_can_be_read_on_their_kind():
    for shape, _, kind, ink in icons.KINDS.values():
        if shape != "open":
            ground = colour("wit") if shape == "tegel" else colour(f"soort-{kind}")
            assert contrast(colour(ink), ground) >= 4.5


def test_colour_distance_of_published_pairs():
    # Sharma, Wu, Dalal (2005), table 1, pairs 1, 4, 17 and 25.
    pairs = [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ]
    for one, other, promised in pairs:
        assert ciede2000(np.array(one), np.array(other)) == pytest.approx(promised, abs=1e-4)


def test_the_page_of_blocks_names_the_true_colours():
    assert all(colour(name) == hex_ for name, hex_, _ in blocks.INK)
    assert all(colour(f"oordeel-{number}") == hex_ for number, _, hex_ in blocks.JUDGED)
    assert all(colour(f"reeks-{number}") == hex_ for number, _, hex_ in blocks.NEUTRAL)


def test_patterns_are_drawn_in_their_token():
    assert (colour("wit"), colour("lijn-2")) == (absence.GROUND, absence.LINE)
    assert contrast(absence.LINE, absence.GROUND) >= 3


# What a page sets for itself, such as how wide its panels are; the first line of the test finds any colour in it.
# What has a value of its own behind a comma is set by a script.
SIZES = {f"--{name}" for sheet in SHEETS for name in re.findall(r"--([\w-]+)\s*:", sheet.read_text())}


@pytest.mark.parametrize("sheet", [s for s in SHEETS if s.name != "tokens.css"], ids=lambda sheet: sheet.name)
def test_colours_only_through_tokens(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|(?:rgb|hsl|oklch)a?\([^)]*\)", text)
    unknown = {f"--{name}" for name in re.findall(r"var\(--([\w-]+)\)", text)} - TOKENS.keys() - SIZES
    assert not unknown


def pixels(size: str) -> float:
    """A size in CSS in pixels, for a reader who changed nothing; sizes relative to their parent count as fine."""
    found = re.fullmatch(r"([\d.]+)(rem|px)", size)
    return float(found[1]) * (16 if found[2] == "rem" else 1) if found else 1000.0


def sizes(sheet: Path) -> list[str]:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S).split("@media print")[0]
    written = re.findall(r"font-size:\s*([^;]+);", text)
    written += [match.split("/")[0].split()[-1] for match in re.findall(r"font:\s*([^;]*/[^;]*);", text)]
    return [TOKENS.get(size[4:-1], size) if size.startswith("var(") else size for size in written if size != "0"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_too_small_to_read(sheet):
    least = 12 if sheet.name in {"map.css", "drawing.css", "trend.css", "large-map-drawing.css"} else 15
    assert all(pixels(size) >= least for size in sizes(sheet))


def test_type_scale():
    promised = {"zaal": 46, "h1": 38, "h2": 25, "h3": 19, "intro": 20, "tekst": 17, "klein": 15, "verhaal": 18}
    lines = {"zaal": 54, "h1": 44, "h2": 32, "h3": 26, "intro": 30, "tekst": 26, "klein": 22, "verhaal": 27}
    assert {name: pixels(TOKENS[f"--{name}"]) for name in promised} == promised
    assert {name: pixels(TOKENS[f"--{name}-regel"]) for name in lines} == lines
    assert pixels(TOKENS["--raak"]) >= 44
    assert pixels(TOKENS["--kaart-letter"]) >= 12


def test_projector_makes_the_smallest_word_twenty_pixels():
    larger = float(re.search(r"font-size:\s*([\d.]+)%", (SOURCES / "projector.css").read_text())[1]) / 100
    assert pixels(TOKENS["--klein"]) * larger >= 20
    letter = re.search(r"--kaart-letter:\s*([^;]+);", (SOURCES / "projector.css").read_text())[1]
    assert pixels(letter) * larger >= 20


def test_paper_has_nothing_under_nine_points():
    points = re.findall(r"([\d.]+)pt", (SOURCES / "print.css").read_text().replace("0.5pt", ""))
    assert min(float(number) for number in points) >= 9


BREAKPOINTS = {TOKENS[f"--breakpoint-{name}"] for name in ("phone", "narrow", "wide")}
PROJECTOR = "1800px"


def test_every_media_query_uses_one_of_three_breakpoints():
    widths = [
        (path.name, width)
        for path in SHEETS
        for query in re.findall(r"@media([^{]*)\{", path.read_text())
        for width in re.findall(r"width[^)]*?(\d+px)", query)
    ]
    assert len(widths) > 40
    assert {pair for pair in widths if pair[1] not in BREAKPOINTS} == {("projector.css", PROJECTOR)}


def test_every_stylesheet_is_in_one_layer():
    main = (SOURCES / "main.css").read_text()
    layers = re.search(r"@layer ([^;]+);", main)[1].split(", ")
    imported = re.findall(r'@import "\./([\w-]+\.css)" layer\((\w+)\);', main)
    assert sorted(name for name, _layer in imported) == [path.name for path in SHEETS if path.name != "main.css"]
    assert [layer for layer in dict.fromkeys(layer for _name, layer in imported)] == layers
