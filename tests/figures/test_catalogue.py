"""The catalogue: complete, in plain Dutch, and strict about what is wrong with it."""

import re
from pathlib import Path

import pytest

from buurtbalans.figures.catalogue.indicator import Dimension, Direction, Kind, SourceKind
from buurtbalans.figures.catalogue.reader import CHOICE, FOLDER, catalogue
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.sources import read_files
from buurtbalans.figures.sources.columns import compact
from tests.figures.catalogue_parts import GOOD, write_catalogue
from tests.shared import shared_data

FORBIDDEN = re.compile(r"probleemwijk|slecht|(?<!huur)achterstand|\bscore\b|\brood\b|allochtoon", re.IGNORECASE)


def test_at_least_seventy_indicators_of_cbs_have_all_their_words() -> None:
    ours = catalogue().of_source("cbs-kwb")
    assert len(ours) >= 130
    assert len([one for one in ours if one.columns]) >= 110
    themes = {one.theme for one in ours}
    assert {
        "mensen",
        "huishoudens",
        "wonen",
        "energie",
        "inkomen",
        "uitkeringen",
        "opleiding",
        "werk",
        "zorg",
    } <= themes
    assert {"voorzieningen", "bedrijven", "veiligheid", "vervoer", "ruimte", "herkomst"} <= themes


def test_of_composition_only_means_to_live_on_have_a_direction_and_the_other_dimensions_are_there() -> None:
    judged = {one.id for one in catalogue().of_dimension("composition") if one.direction is not Direction.NONE}
    assert judged == {"household_income", "share_low_income", "labour_participation", "rent_arrears"}
    assert {one.direction for one in catalogue().of_dimension("facilities")} >= {Direction.UP, Direction.DOWN}
    assert {one.direction for one in catalogue().of_dimension("liveability")} >= {Direction.UP, Direction.DOWN}


def test_origin_is_restricted_and_in_no_dimension() -> None:
    restricted = {one.id for one in catalogue().values() if one.restricted}
    assert len(restricted) == 7
    assert all(name.startswith("origin_") for name in restricted)
    assert not restricted & {one.id for dimension in Dimension for one in catalogue().of_dimension(dimension)}
    words = re.compile("herkomst|marokko|turkije|suriname|antillen|westers|nationaliteit|geloof", re.IGNORECASE)
    assert {one.id for one in catalogue().values() if words.search(" ".join([one.name, *one.columns]))} == restricted


def test_no_column_belongs_to_two_indicators() -> None:
    columns = [compact(column) for one in catalogue().of_source("cbs-kwb") for column in one.columns]
    assert len(columns) == len(set(columns))


def test_texts_are_plain_short_and_kind() -> None:
    for one in catalogue().values():
        texts = [one.definition, one.caveat, one.phrase, CHOICE.sub(r"duidelijk \1", one.relative) + " dan in de stad."]
        sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.?!])\s+", text)]
        long = [sentence for sentence in sentences if len(sentence.split()) > 15]
        assert not long, one.id
        assert not FORBIDDEN.search(" ".join([*texts, one.name, one.question])), one.id
        assert one.question[0].isupper(), one.id
        assert not one.question.endswith(("?", ".")), one.id
        assert all(text.endswith(".") for text in (one.definition, one.caveat, one.phrase)), one.id


def test_every_share_and_survey_figure_can_be_guarded() -> None:
    for one in catalogue().values():
        if catalogue().kind_of(one.source) is not SourceKind.PUBLISHED and one.kind is not Kind.COUNT:
            assert one.denominator, one.id
            assert one.minimum >= 10, one.id
    survey = catalogue().of_source("waterdam-bewonersonderzoek")
    assert len([one for one in survey if one.sampled]) == 12


def test_a_source_that_follows_another_uses_its_columns() -> None:
    assert catalogue().columns("waterdam-kerncijfers") == catalogue().columns("cbs-kwb")
    assert catalogue().kind_of("nobody-knows") is SourceKind.PARTNER


def test_files_stay_under_five_hundred_lines() -> None:
    assert all(len(path.read_text(encoding="utf-8").splitlines()) < 500 for path in FOLDER.glob("*.toml"))


def _refusal(folder: Path, *tables: dict[str, object], **how: str) -> str:
    with pytest.raises(Refused) as refusal:
        write_catalogue(folder, *tables, **how)
    return str(refusal.value)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    assert list(write_catalogue(tmp_path, GOOD)) == ["one"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"nmae": "x"}, "onbekend veld ‘nmae’"),
        ({"definition": " "}, "mist ‘definition’"),
        ({"kind": "number"}, "‘kind’ een waarde die daar niet kan"),
        ({"direction": "better"}, "‘direction’ een waarde die daar niet kan"),
        ({"minimum": "10"}, "‘minimum’ een waarde die daar niet kan"),
        ({"minimum": -1}, "‘minimum’ een waarde die daar niet kan"),
        ({"restricted": 1}, "‘restricted’ een waarde die daar niet kan"),
        ({"columns": "inwoners"}, "‘columns’ een waarde die daar niet kan"),
        ({"phrase": "Er zijn mensen."}, "precies één keer {value}"),
        ({"relative": "Er zijn meer"}, "precies één keuze"),
        ({"denominator": "nothing"}, "‘nothing’, en dat bestaat niet"),
        ({"part": "one"}, "‘part’ zonder ‘denominator’"),
        ({"sampled": True}, "mist de ‘denominator’"),
        ({"source": "t"}, "onbekende bron ‘t’"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, change: dict[str, object], says: str) -> None:
    assert says in _refusal(tmp_path, {**GOOD, **change})


def test_doubles_are_refused_and_all_problems_come_at_once(tmp_path: Path) -> None:
    text = _refusal(tmp_path, {**GOOD, "columns": ["aantal a"]}, {**GOOD, "id": "two", "columns": ["aan tala"]}, GOOD)
    assert "‘one’ komt twee keer voor" in text
    assert "hoort in bron ‘s’ bij twee indicatoren" in text


def test_guards_travel_along_with_what_is_made(tmp_path: Path) -> None:
    share = {**GOOD, "id": "share", "kind": "share", "part": "one", "denominator": "one"}
    assert "zelf niet afgeschermd" in _refusal(tmp_path, {**GOOD, "restricted": True}, share)
    both = 'id = "s"\nkind = "partner"\n[[source]]\nid = "t"\nkind = "published"'
    assert "van een andere bron" in _refusal(tmp_path, GOOD, {**share, "source": "t"}, source=both)


def test_broken_toml_and_a_wrong_source_are_named(tmp_path: Path) -> None:
    assert "klopt niet" in _refusal(tmp_path, source='id = "s"\nkind = "secret"')
    (tmp_path / "other.toml").write_text("[[indicator]\n", encoding="utf-8")
    assert "geen geldig TOML" in _refusal(tmp_path, GOOD)
    (tmp_path / "other.toml").write_text("[defaults]\n[extra]\n", encoding="utf-8")
    assert "onbekende tabel" in _refusal(tmp_path, GOOD)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "kwb-2016-rotterdam-old-statline-layout.csv",
        "kwb-2018-rotterdam-old-statline-layout.csv",
        "kwb-2019-amsterdam-rewritten-by-r.csv",
    ],
)
def test_every_figure_of_the_real_files_has_its_words(name: str) -> None:
    read = read_files([shared_data() / "cbs" / name]).observations
    unknown = {one.casefold() for one in read["indicator"].unique() if one not in catalogue()}
    codes = re.compile("postcode|dekkingspercentage|indelingswijziging")
    assert not [one for one in unknown if not codes.search(one)]
    assert read["indicator"].n_unique() >= 100


def test_every_source_and_figure_says_what_one_can_not_do_with_it() -> None:
    assert all(source.name and source.tells and source.cannot for source in catalogue().sources.values())
    assert all(one.cannot for one in catalogue().values())


def test_an_example_is_a_question_from_practice_and_not_the_definition() -> None:
    examples = [one for one in catalogue().values() if one.example]
    assert len(examples) > 60
    for one in examples:
        assert "?" in one.example
        assert one.example not in (one.question, f"{one.question}?", one.definition)


def test_the_words_of_a_source_are_text(tmp_path: Path) -> None:
    assert "geen tekst" in _refusal(tmp_path, source='id = "s"\nkind = "published"\ntells = 3')
