"""The balance on the site: bubble and bars that agree, why, weights in the address with undo, the map, the files."""

import json
import re

import pytest
from django.test import Client

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.balance.balance_definition import ChosenWeights
from buurtbalans.figures.balance.picture_words import area_sentences, rank_sentence
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.comparison.standing import Certainty
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.places.models import Neighbourhood, NeighbourhoodPart
from buurtbalans.site.demo.town import town
from buurtbalans.site.pages.area_figures import of_area
from buurtbalans.site.pages.balance import balance_of, bars, city_balance
from buurtbalans.site.pages.balance_explanation import dimension_explanation
from buurtbalans.site.pages.balance_map import area_classes
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.custom_weights import WeightHistory, step_words, weight_history, with_form_choices

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CODE = town().code_of("Weverskwartier")
BARE = town().code_of("Vlasakker")
ADDRESS = f"/buurt/2025/{CODE}/"
CHOICE = "safe_in_evening-2.green_near-0"


@pytest.fixture
def here(waterdam: Release) -> CityRelease:
    division = waterdam.division(2025)
    return CityRelease(waterdam, 2025, division, division["GM9999"])


def test_the_page_shows_a_bubble_with_its_words_in_each_dimension(client: Client, here: CityRelease) -> None:
    page = client.get(ADDRESS).content.decode()
    for each in balance_of(here, of_area(here, CODE), ChosenWeights()):
        row = page.split(f'id="{each.dimension.value}"')[1]
        assert each.bubble
        assert each.bubble.words.capitalize() in row
        assert row.index('class="bel"') < row.index("balans-weet-niet")
    assert "We tellen de drie uitkomsten nooit op tot één cijfer." in page
    assert re.search(r"\d+ indicatoren uit \d+ bronnen · 2025", page)


def test_a_bar_has_no_colour_where_the_words_find_no_difference(here: CityRelease) -> None:
    seen = set()
    for area in here.areas(AreaLevel.BUURT):
        for each in city_balance(here, AreaLevel.BUURT, ChosenWeights()).of(area.code):
            for bar in bars(each):
                plain = (
                    bar.words in ("niet te onderscheiden van de stad", "ongeveer als de stad") or "missch" in bar.words
                )
                assert bar.style == "stil" or not plain, (area.name, bar)
                assert bar.style != "kracht" or bar.high > 0, (area.name, bar)
                assert bar.style != "belasting" or bar.low < 0, (area.name, bar)
                seen.add(bar.style)
    assert seen == {"stil", "kracht", "belasting"}


def test_where_too_little_is_known_there_is_no_bubble_and_the_reasons_stand_beside_it(
    client: Client, waterdam: Release
) -> None:
    row = client.get(f"/buurt/2025/{BARE}/").content.decode().split('id="liveability"')[1]
    row = row.split("</ul>")[0]
    assert "waterpas--leeg" in row
    assert "Er is geen uitkomst" in row
    assert row.count("niet gedeeld") == 3
    assert "En nog 5 andere onderwerpen" in row


def test_a_whole_municipality_has_no_bubble_and_no_why(client: Client, waterdam: Release) -> None:
    page = client.get("/buurt/2025/GM9999/").content.decode()
    assert "waterpas" not in page.split("<main")[1].split("</main>")[0]
    assert client.get("/buurt/2025/GM9999/waarom/").status_code == 404


def test_why_opens_with_the_whole_and_gives_each_rank_as_a_range(client: Client, here: CityRelease) -> None:
    page = re.sub(r"\s+", " ", client.get(ADDRESS + "waarom/").content.decode())
    found = city_balance(here, AreaLevel.BUURT, ChosenWeights()).of(CODE)
    assert f'<p class="intro">{" ".join(area_sentences(found))}</p>' in page
    for each in found:
        assert each.bubble is not None
        assert rank_sentence(each.bubble) in page
    wijk = client.get(f"/buurt/2025/{here.division[CODE].parent}/waarom/").content.decode()
    assert re.search(r"Van de \d+ wijken", wijk)


def test_an_area_that_is_not_on_the_map_of_the_year_has_no_balance_and_its_page_no_error(
    client: Client, here: CityRelease
) -> None:
    made = Neighbourhood.objects.create(slug="oud", name="Oud", municipality="GM9999", division=2025)
    NeighbourhoodPart.objects.create(neighbourhood=made, code="BU99990999")
    page = client.get("/gebied/oud/")
    assert page.status_code == 200
    assert "Van dit gebied is er geen balans" in page.content.decode()
    assert [client.get(f"/gebied/oud/{way}/").status_code for way in ("waarom", "gewichten")] == [404, 404]
    assert client.get("/gebied/oud/balans.csv").status_code == 404


def test_why_goes_from_the_largest_share_down_to_the_figure(client: Client, here: CityRelease) -> None:
    page = client.get(ADDRESS + "waarom/").content.decode()
    for each in balance_of(here, of_area(here, CODE), ChosenWeights()):
        part = page.split(f'aria-labelledby="kop-{each.dimension.value}"')[1].split("</section>")[0]
        shares = [abs(one.points) for one in each.parts]
        assert shares == sorted(shares, reverse=True)
        assert each.bubble
        assert sum(one.points for one in each.parts) == pytest.approx(each.bubble.middle)
        places = [part.index(f'id="deel-{one.indicator.id}"') for one in each.parts]
        assert places == sorted(places)
    assert "36 tot 44 van de 100 mensen voelen zich ’s avonds veilig" in page
    assert "Bewonersonderzoek Waterdam" in page
    assert 'href="/cijfers/catalogus/safe_in_evening/"' in page


def test_without_a_figure_the_bubble_is_where_weight_nothing_puts_it(here: CityRelease, rf) -> None:  # type: ignore[no-untyped-def]
    from buurtbalans.site.pages.area_context import area_place

    place = area_place(rf.get("/"), 2025, CODE)
    each = balance_of(here, place.subject, ChosenWeights())[2]
    carrier = dimension_explanation(place, each, ChosenWeights()).carriers[0]
    without = balance_of(here, place.subject, ChosenWeights({carrier.part.indicator.id: 0.0}))[2]
    assert carrier.without == without.bubble != each.bubble


def test_a_choice_moves_only_the_bubble_of_its_dimension_and_travels_along(client: Client, here: CityRelease) -> None:
    weights = ChosenWeights.from_text("safe_in_evening-2")
    before, now = (balance_of(here, of_area(here, CODE), each) for each in (ChosenWeights(), weights))
    assert [old.bubble == new.bubble for old, new in zip(before, now, strict=True)] == [True, True, False]
    page = client.get(ADDRESS + "gewichten/?gewichten=safe_in_evening-2").content.decode()
    assert page.count("bel--was") == page.count("bel--nu") == 1
    assert f'href="{ADDRESS}?gewichten=safe_in_evening-2"' in page
    assert "Een gewicht is geen percentage, maar" in page
    there = client.get(ADDRESS + "?gewichten=safe_in_evening-2").content.decode()
    assert "omdat een groep dat heeft gekozen" in there
    assert f'href="{ADDRESS}waarom/?gewichten=safe_in_evening-2"' in there


def test_an_odd_weight_has_a_comma() -> None:
    assert (str(step_words(1.0)), step_words(0.25), step_words(3.0)) == ("telt standaard mee", "0,25×", "3×")


def test_a_form_without_javascript_becomes_an_address_and_undo_leads_back(client: Client, waterdam: Release) -> None:
    answer = client.get(ADDRESS + "gewichten/?gewichten=green_near-0&safe_in_evening=2&green_near=0&geweld=x")
    assert answer.status_code == 302
    assert answer["Location"] == f"{ADDRESS}gewichten/?gewichten=green_near-0.safe_in_evening-2"
    page = client.get(answer["Location"]).content.decode()
    undo = re.search(r'id="ongedaan" href="([^"]+)"', page)
    assert undo
    back = client.get(undo[1].replace("&amp;", "&")).content.decode()
    assert "U hebt het gewicht van één onderwerp gewijzigd." in back
    assert 'id="opnieuw"' in back


def test_undo_gives_the_weight_of_before_and_not_the_usual_one() -> None:
    steps = WeightHistory().then("green_near", 2).then("green_near", 0)
    assert steps.weights.of("green_near", 1) == 0
    assert steps.before is not None
    assert steps.before.weights.of("green_near", 1) == 2
    assert steps.before.again == steps
    assert steps.then("green_near", 1).weights == ChosenWeights()
    assert steps.before.then("feels_at_home", 2).again is None


@pytest.mark.parametrize(
    "text", ["", "x-2", "origin_morocco-2", "share_65_plus-2", "green_near-9", "green_near-0_3", "%00"]
)
def test_what_may_not_count_or_says_nothing_is_left_out(text: str) -> None:
    assert weight_history({"gewichten": text}).weights == ChosenWeights()


def test_many_steps_stay_one_address_that_can_be_sent() -> None:
    steps = WeightHistory()
    for number in range(300):
        steps = steps.then(("green_near", "feels_at_home", "gp_has_room")[number % 3], (number % 4) / 2)
    assert len(steps.query) < 1_500
    assert weight_history({"gewichten": ".".join(steps.made)}) == steps
    assert with_form_choices({"green_near": "2"}, steps).weights.of("green_near", 1) == 2


def test_a_city_tells_which_areas_get_other_words(client: Client, waterdam: Release) -> None:
    page = client.get(f"/buurt/2025/GM9999/gewichten/?gewichten={CHOICE}").content.decode()
    assert " buurten verandert." in page
    assert "De uitkomst verandert in geen enkele buurt." in page  # nothing in the composition was chosen


def test_a_working_area_lies_beside_the_city_and_moves_no_buurt(here: CityRelease) -> None:
    both = tuple(sorted((CODE, town().code_of("Bloemhof"))))
    alone, beside = (city_balance(here, AreaLevel.BUURT, ChosenWeights(), each) for each in ((), both))
    for one, other in zip(alone.of(CODE), beside.of(CODE), strict=True):
        assert one.bubble
        assert other.bubble
        assert one.bubble.middle == other.bubble.middle
    assert any(each.bubble for each in beside.of("+".join(both)))


def test_the_pages_of_a_working_area(client: Client, waterdam: Release) -> None:
    made = Neighbourhood.objects.create(slug="samen", name="Samen", municipality="GM9999", division=2025)
    for code in (CODE, town().code_of("Bloemhof")):
        NeighbourhoodPart.objects.create(neighbourhood=made, code=code)
    for page in ("", "waarom/", "gewichten/", "balans.csv"):
        assert client.get(f"/gebied/samen/{page}").status_code == 200
    assert client.get("/gebied/bestaat-niet/waarom/").status_code == 404


def test_the_map_of_a_dimension_is_its_table(client: Client, here: CityRelease) -> None:
    page = client.get("/kaart/?indicator=balans-liveability").content.decode()
    drawing, table = page.split('class="tabel tabel--dicht"')
    found = area_classes(here, Dimension.LIVEABILITY, AreaLevel.BUURT, ChosenWeights())
    for one in found:
        said = one.words or {"not_shared": "niet gedeeld"}.get(one.absence, "")
        assert f">{one.name}</a>" in table
        assert re.search(rf"<title>{one.name}[^<]*{said}", drawing), one.name
    counts = [int(each) for each in re.findall(r'class="aantal">(\d+)<', drawing)]
    assert sum(counts) == len(found)
    assert "Hier is de uitkomst sterker dan in de stad:" in drawing
    wijken = client.get("/kaart/?indicator=balans-facilities&niveau=wijk").content.decode()
    assert wijken.count('class="stil"') == len(here.areas(AreaLevel.WIJK))
    for nowhere in ("balans-geluk", "balans-liveability&niveau=stadsdeel", "balans-liveability&niveau=straat"):
        assert client.get(f"/kaart/?indicator={nowhere}").status_code == 404


def test_a_colour_of_the_map_says_no_more_than_its_words(here: CityRelease) -> None:
    open_words = {"duidelijk of iets zwakker": 2, "iets of duidelijk sterker": 4}
    found = [one for dimension in Dimension for one in area_classes(here, dimension, AreaLevel.BUURT, ChosenWeights())]
    both = [one for one in found if one.words in open_words]
    assert {one.words for one in both} == set(open_words)
    for one in both:
        assert one.place == open_words[one.words], one.name
        assert one.drawn.fill == f"k{one.place}"


def test_what_a_group_leaves_out_is_no_bar_and_named_as_its_choice(client: Client, here: CityRelease) -> None:
    weights = ChosenWeights.from_text("distance_supermarket-0")
    each = balance_of(here, of_area(here, CODE), weights)[1]
    left = next(part for part in each.neutral if part.indicator.id == "distance_supermarket")
    assert left.standing
    assert left.standing.class_number != 3  # it would be the bar beside what counts
    assert left.indicator.name not in [bar.name for bar in bars(each)]
    page = client.get(ADDRESS + "waarom/?gewichten=distance_supermarket-0").content.decode()
    said = page.split("Volgens uw gewichten telt niet mee:")[1].split("</p>")[0]
    assert "/cijfers/catalogus/distance_supermarket/" in said
    assert "Volgens uw gewichten telt niet mee" not in client.get(ADDRESS + "waarom/").content.decode()
    weighing = client.get(ADDRESS + "gewichten/?gewichten=distance_supermarket-0").content.decode()
    assert "<li>Afstand tot de supermarkt:<b>telt niet mee</b></li>" in weighing


def test_no_area_with_hardly_any_people_is_an_extreme(here: CityRelease) -> None:
    codes = [area.code for area in here.areas(AreaLevel.BUURT)]
    sizes = releases.shown(here.release, areas=codes, indicators=["population"], periods=[2025])
    small = {one.area for one in sizes if (one.value or 0) < 250}
    assert small
    for dimension in Dimension:
        found = [
            one
            for one in area_classes(here, dimension, AreaLevel.BUURT, ChosenWeights())
            if one.code in small and one.bubble
        ]
        tested = [one for one in found if one.bubble and one.bubble.certainty is not Certainty.DISTANCE_ONLY]
        assert all(one.place in (2, 3, 4) for one in tested), dimension


def test_the_balance_as_a_file_says_range_class_and_why_there_is_none(client: Client, here: CityRelease) -> None:
    lines = b"".join(client.get("/kaart/balans.csv")).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("code;naam;niveau;grenzen_van;deel_id;deel;in_woorden;trap;zekerheid;midden;van;tot;")
    assert len(lines) == 1 + 3 * len(here.areas(AreaLevel.BUURT))
    bare = next(line for line in lines if line.startswith(BARE) and ";liveability;" in line)
    assert "Er is geen uitkomst, want minder dan de helft van de gegevens is bekend." in bare
    assert "feels_at_home (not_shared)" in bare
    own = client.get(ADDRESS + f"balans.json?gewichten={CHOICE}")
    rows = json.loads(b"".join(own))["balance"]
    assert [row["dimension"] for row in rows] == ["composition", "facilities", "liveability"]
    assert all(row["low"] <= row["middle"] <= row["high"] for row in rows)
    assert rows[0]["weights"] == "green_near-0.safe_in_evening-2"


def test_how_it_is_made_says_why_of_every_part_and_what_it_is_not(client: Client) -> None:
    page = client.get("/balans/").content.decode()
    assert "Bewoners die zich thuis voelen, doen meer voor hun buurt." in page
    assert "De drie onderdelen worden niet opgeteld tot één cijfer, en er is geen ranglijst van buurten." in page


def test_the_page_of_a_neighbourhood_asks_few_queries(
    client: Client, waterdam: Release, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client.get(ADDRESS)
    with django_assert_max_num_queries(15):
        client.get(ADDRESS)
