"""The invented rounds, one in each step: made through actions, whole, the same the second time, walked whole."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.base.audit import verify_audit
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.evaluation.models import EvaluationLine
from buurtbalans.method.evaluation.queries import method_chain
from buurtbalans.method.plans.models import Effort
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import evidence, onward
from buurtbalans.method.rounds.queries import meetings as meetings_queries
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.site.demo.rounds import make_rounds
from buurtbalans.site.pages import progress
from buurtbalans.site.pages.home import greeting, in_words, waiting

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.once,
    pytest.mark.usefixtures("bare"),
    pytest.mark.xdist_group("town"),
]


@pytest.fixture
def town(peopled, waterdam):
    """The people of Waterdam and their rounds, on its release."""
    return *peopled, waterdam


def step_of(round, person):
    return round_queries.current_step(round_queries.steps_of(round, person)).number


def test_a_round_stands_in_each_of_the_six_steps_and_a_second_time_changes_nothing(town):
    people, rounds, release = town
    rows = AuditRow.objects.count()

    again = make_rounds(people, release)

    assert again == rounds
    assert AuditRow.objects.count() == rows
    assert {slug: step_of(round, people["noor"]) for slug, round in rounds.items()} == {
        "weverskwartier": 3,
        "rietoever": 1,
        "oude-werf": 6,
        "bloemhof": 6,
        "bloemhof-2": 2,
        "marktbuurt": 4,
        "componisten": 5,
    }
    assert verify_audit() is None


def test_the_claim_of_the_square_has_figures_and_stories_that_disagree(town):
    people, rounds, _release = town
    claim = claims_queries.claims_of(rounds["weverskwartier"], people["samira"]).get(text__startswith="Na negen uur")

    figures, stories = claims_queries.split(claim)

    assert [e.says for e in figures] == ["ja", "nee", "niets"]
    assert [e.figure["absence"] for e in figures] == [None, None, "not_measured"]
    assert [e.says for e in stories] == ["ja", "nee", "ja en nee"]
    assert claim.verdict == "genuanceerd"
    answers = {
        v.organisation.slug: v.opinion and v.opinion.answer for v in claims_queries.voices(claim, people["samira"])
    }
    assert answers["haven-wonen"] == "tegengesproken"
    assert answers["werk-en-inkomen"] is None


def test_the_chain_of_each_round_has_no_missing_link(town):
    _people, rounds, _release = town

    for round in rounds.values():
        found = method_chain(round, round.started_by)
        known = {item["id"] for part in found.values() if isinstance(part, list) for item in part}
        assert {
            i for part in found.values() if isinstance(part, list) for item in part for i in item.get("rests_on", [])
        } <= known

    assert Effort.objects.filter(claims__isnull=True).count() == 0
    assert set(EvaluationLine.objects.values_list("outcome", flat=True)) == {"bereikt", "deels", "onbekend"}


def test_a_figure_is_frozen_with_all_that_its_reader_saw(town):
    _people, rounds, release = town
    round = rounds["weverskwartier"]

    frozen = evidence.freeze(round, f"safe_in_evening|{round.neighbourhood.codes[0]}|2025")

    assert frozen["release"] == release.id
    assert f"{frozen['low']:.0f} tot {frozen['high']:.0f} van de 100 mensen" in frozen["sentence"]
    assert frozen["city"]["value"] > frozen["high"]
    assert "2025" in frozen["source_line"]
    with pytest.raises(ValidationError):
        evidence.freeze(round, "safe_in_evening|BU00000000|2025")


def test_figures_to_choose_from_are_of_one_year_and_never_restricted(town):
    _people, rounds, _release = town
    years, year = evidence.years_of(rounds["weverskwartier"], "2023")

    groups = evidence.figure_choices(rounds["weverskwartier"], year)

    assert year == 2023 in years
    assert evidence.years_of(rounds["weverskwartier"], "x")[1] == max(years)
    assert {f["period"] for _name, figures in groups for f in figures} == {2023}
    assert any(f["absence"] for _name, figures in groups for f in figures)


def test_home_greets_shows_at_most_three_tasks_and_a_map(town, client):
    people, _rounds, _release = town
    client.force_login(people["samira"])

    page = client.get(reverse("home")).content.decode()

    number = len(waiting(people["samira"]))
    assert f"U doet mee aan de rondes in drie buurten. Er staan {in_words(number)} taken voor u klaar." in page
    assert page.count('class="vlak taak"') == min(number, 3) == 3
    assert 'class="kaart kaart--mijn"' in page
    mine = round_queries.rounds_of(people["samira"])
    assert [round.slug for round in mine.order_by("slug")] == ["oude-werf", "rietoever", "weverskwartier"]
    assert all(round.question in page for round in mine)
    assert [task.button for task in waiting(people["ruben"])]


def test_home_of_somebody_without_rounds_says_what_to_do(town, client):
    people, _rounds, _release = town
    client.force_login(people["leo"])

    page = client.get(reverse("home")).content.decode()

    assert "U doet nog niet mee aan een ronde" in page
    assert "taak" not in page.split("<main")[1]


@pytest.mark.parametrize(("hour", "hello"), [(9, "Goedemorgen"), (14, "Goedemiddag"), (20, "Goedenavond")])
def test_the_greeting_knows_the_time_of_day(town, hour, hello):
    people, _rounds, _release = town

    said = greeting(timezone.localtime().replace(hour=hour), people["samira"], rounds=1, tasks=0)

    assert (
        said
        == f"{hello}, Samira. U doet mee aan de ronde in één buurt. Er staan op dit moment geen taken voor u klaar."
    )
    assert in_words(40) == "40"


def test_a_new_round_can_start_in_any_buurt_of_the_newest_boundaries(town, client):
    people, _rounds, release = town
    client.force_login(people["samira"])
    places = dict(round_queries.places_to_start()[1][1])
    key = next(key for key, name in places.items() if name == "Zeildoek")

    client.post(
        reverse("rounds:new"), {"place": key, "occasion": "Nieuwe flats.", "question": "Wie kent wie?", "scope": "smal"}
    )

    round = Round.objects.get(question="Wie kent wie?")
    assert (round.release, round.neighbourhood.wider, len(round.neighbourhood.codes)) == (release.id, "Binnenstad", 1)
    assert not Claim.objects.filter(round=round).exists()


def test_every_page_of_the_demo_rounds_opens(town, client):
    _people, rounds, _release = town

    for round in rounds.values():
        client.force_login(round.started_by)
        slug = round.slug
        steps = [reverse(f"rounds:{name}", args=[slug, at]) for at in range(1, 7) for name in ("step", "points")]
        claims = [claims_queries.claim_url(claim) for claim in round.claims.all()]
        meetings = [meetings_queries.meeting_url(meeting) for meeting in round.meetings.all()]
        for name in (
            "rounds:round",
            "rounds:welcome",
            "rounds:team",
            "rounds:meetings",
            "rounds:parking",
            "rounds:close",
            "rounds:start_follow_up",
            "rounds:picture",
            "stories:list",
            "plans:plan",
            "evaluation:lines",
        ):
            assert client.get(reverse(name, args=[slug])).status_code == 200
        assert all(client.get(url).status_code == 200 for url in steps + claims + meetings)


def test_a_closed_round_shows_what_was_reached_and_links_to_the_one_after_it(town, client):
    people, rounds, _release = town
    before, after = rounds["bloemhof"], rounds["bloemhof-2"]
    client.force_login(people["noor"])

    old, new = (client.get(round_queries.round_url(round)).content.decode() for round in (before, after))

    assert before.reached in old
    assert after.question in old
    assert before.question in new
    assert "Wat doen jongeren van twaalf tot zestien na school?" in new
    assert (after.follows, before.closed_on < timezone.localdate()) == (before, True)


def test_the_advice_fits_the_step_of_each_demo_round(town):
    people, rounds, _release = town

    found = {
        slug: [each.advice.slug for each in onward.recommendations(round, people["noor"], [progress.numbers])]
        for slug, round in rounds.items()
        if round.started_by == people["noor"]
    }

    assert found["bloemhof"] == []
    assert found["bloemhof-2"][0] == "claims"  # its agreement stands and it has stories
    assert found["marktbuurt"][0] in ("differ", "missing")
    assert found["componisten"] == ["onward"]
    assert found["oude-werf"][0] in ("stuck", "close")
