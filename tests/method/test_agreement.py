"""The sharing agreement: its text, promises, signatures, versions and end; who may, what is refused, what is noted."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from buurtbalans.method.base.models import EditConflict
from buurtbalans.method.rounds import panels
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.models import Agreement
from buurtbalans.method.rounds.queries import agreement as agreement_queries
from buurtbalans.method.rounds.queries.agreement import Standing
from tests.method.agreements import TEXTS, last, later, promised, proposed, signed, today, written
from tests.method.table import lay_table, person, ring_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> SimpleNamespace:
    return lay_table()


def over(agreement: Agreement, days: int = 1) -> None:
    """Let the last day of an agreement lie behind us."""
    Agreement.objects.filter(pk=agreement.pk).update(until=today() - timedelta(days=days))


def test_the_guide_writes_a_draft_that_counts_for_nothing_yet(table: SimpleNamespace) -> None:
    draft = written(table.round)

    assert (draft.number, draft.proposed_at) == (1, None)
    assert agreement_queries.standing_of(table.round) is Standing.DRAFT
    assert last() == ("rounds.create_agreement", "rounds.agreement", {"round": table.round.pk, "number": 1})


def test_only_the_guide_writes_changes_proposes_and_ends(table: SimpleNamespace) -> None:
    draft = written(table.round)
    outside = (table.joris, table.noor, ring_member(table))

    for who in outside:
        with pytest.raises(PermissionDenied):
            written(table.round, by=who)
        with pytest.raises(PermissionDenied):
            agreement_actions.edit_agreement(by=who, agreement=draft, version=draft.version, until=later(), **TEXTS)
        with pytest.raises(PermissionDenied):
            agreement_actions.propose_agreement(by=who, agreement=draft, version=draft.version)
    agreement = agreement_actions.propose_agreement(by=table.samira, agreement=draft, version=draft.version)
    for who in outside:
        with pytest.raises(PermissionDenied):
            agreement_actions.end_agreement(by=who, agreement=agreement, version=agreement.version, reason="x")


def test_a_draft_changes_and_keeps_what_it_was(table: SimpleNamespace) -> None:
    draft = written(table.round)

    agreement_actions.edit_agreement(
        by=table.samira, agreement=draft, version=1, until=later(), **TEXTS | {"purpose": "Om samen te leren."}
    )

    assert (draft.purpose, draft.version) == ("Om samen te leren.", 2)
    assert draft.past.get().fields["purpose"] == TEXTS["purpose"]
    assert last() == ("rounds.edit_agreement", "rounds.agreement", {"version": 2})
    with pytest.raises(EditConflict):
        agreement_actions.edit_agreement(by=table.samira, agreement=draft, version=1, until=later(), **TEXTS)


def test_there_is_one_draft_at_a_time_without_numbers_of_people_and_with_a_day_to_come(table: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="voorbij"):
        written(table.round, until=today() - timedelta(days=1))
    with pytest.raises(ValidationError):
        written(table.round, rights="Bel 06-12345678")
    written(table.round)
    with pytest.raises(ValidationError, match="al een concept"):
        written(table.round)

    assert table.round.agreements.count() == 1


def test_proposing_closes_the_text(table: SimpleNamespace) -> None:
    agreement = proposed(table.round)

    assert last() == ("rounds.propose_agreement", "rounds.agreement", {"number": 1})
    assert agreement_queries.standing_of(table.round) is Standing.WAITING
    with pytest.raises(ValidationError, match="al voorgelegd"):
        agreement_actions.edit_agreement(by=table.samira, agreement=agreement, version=2, until=later(), **TEXTS)
    with pytest.raises(ValidationError, match="al voorgelegd"):
        agreement_actions.propose_agreement(by=table.samira, agreement=agreement, version=2)


def test_a_draft_whose_day_passed_or_that_somebody_changed_is_not_proposed(table: SimpleNamespace) -> None:
    draft = written(table.round)
    with pytest.raises(EditConflict):
        agreement_actions.propose_agreement(by=table.samira, agreement=draft, version=7)
    over(draft)
    with pytest.raises(ValidationError, match="voorbij"):
        agreement_actions.propose_agreement(by=table.samira, agreement=draft, version=1)

    assert agreement_queries.current(table.round) is None


def test_each_organisation_signs_for_itself_with_a_position(table: SimpleNamespace) -> None:
    agreement = proposed(table.round)
    signature = agreement_actions.sign_agreement(by=table.joris, agreement=agreement, role=" manager ")

    assert (signature.organisation, signature.by, signature.role) == (table.team, table.joris, "manager")
    assert last() == ("rounds.sign_agreement", "rounds.signature", {"agreement": agreement.pk})
    assert agreement_queries.standing_of(table.round) is Standing.WAITING
    agreement_actions.sign_agreement(by=table.samira, agreement=agreement, role="gebiedsmakelaar")
    assert agreement_queries.standing_of(table.round) is Standing.HOLDS
    assert agreement_queries.agreed(table.round, table.joris).signed == 2


def test_what_is_refused_at_signing(table: SimpleNamespace) -> None:
    draft = written(table.round)
    with pytest.raises(ValidationError, match="andere versie"):
        agreement_actions.sign_agreement(by=table.joris, agreement=draft, role="manager")
    agreement = agreement_actions.propose_agreement(by=table.samira, agreement=draft, version=1)
    for who in (table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            agreement_actions.sign_agreement(by=who, agreement=agreement, role="manager")
    with pytest.raises(ValidationError, match="functie"):
        agreement_actions.sign_agreement(by=table.joris, agreement=agreement, role="  ")
    agreement_actions.sign_agreement(by=table.joris, agreement=agreement, role="manager")
    with pytest.raises(ValidationError, match="heeft deze versie al ondertekend"):
        agreement_actions.sign_agreement(by=table.joris, agreement=agreement, role="manager")
    over(agreement)
    with pytest.raises(ValidationError, match="geldt niet meer"):
        agreement_actions.sign_agreement(by=table.samira, agreement=agreement, role="manager")

    assert agreement.signatures.count() == 1


def test_a_signature_is_taken_back_with_a_reason_and_can_be_given_again(table: SimpleNamespace) -> None:
    agreement = signed(table.round, table.samira, table.joris)
    with pytest.raises(ValidationError, match="waarom"):
        agreement_actions.withdraw_signature(by=table.joris, agreement=agreement, reason=" ")
    with pytest.raises(PermissionDenied):
        agreement_actions.withdraw_signature(by=table.noor, agreement=agreement, reason="x")

    taken = agreement_actions.withdraw_signature(
        by=table.joris, agreement=agreement, reason="Onze jurist wil eerst lezen."
    )

    assert (taken.taken_back_by, taken.reason) == (table.joris, "Onze jurist wil eerst lezen.")
    assert last() == ("rounds.withdraw_signature", "rounds.signature", {"agreement": agreement.pk})
    assert agreement_queries.standing_of(table.round) is Standing.WAITING
    word = agreement_queries.agreed(table.round, table.joris).own
    assert word is not None
    assert (word.signature, word.taken_back) == (None, taken)
    with pytest.raises(ValidationError, match="heeft deze versie niet ondertekend"):
        agreement_actions.withdraw_signature(by=table.joris, agreement=agreement, reason="nog eens")
    agreement_actions.sign_agreement(by=table.joris, agreement=agreement, role="manager")
    assert agreement_queries.standing_of(table.round) is Standing.HOLDS
    assert agreement.signatures.count() == 3


def test_an_agreement_ends_with_a_reason_and_only_once(table: SimpleNamespace) -> None:
    agreement = signed(table.round, table.samira, table.joris)
    with pytest.raises(ValidationError, match="waarom"):
        agreement_actions.end_agreement(by=table.samira, agreement=agreement, version=agreement.version, reason="")
    with pytest.raises(EditConflict):
        agreement_actions.end_agreement(
            by=table.samira, agreement=agreement, version=1, reason="De vraag is beantwoord."
        )

    agreement_actions.end_agreement(by=table.samira, agreement=agreement, version=2, reason="De vraag is beantwoord.")

    assert agreement_queries.standing_of(table.round) is Standing.ENDED
    assert last() == ("rounds.end_agreement", "rounds.agreement", {"version": 3})
    with pytest.raises(ValidationError, match="geldt niet meer"):
        agreement_actions.end_agreement(by=table.samira, agreement=agreement, version=3, reason="nog eens")


@pytest.mark.parametrize(
    ("days", "standing"), [(31, Standing.HOLDS), (30, Standing.ENDING), (0, Standing.ENDING), (-1, Standing.EXPIRED)]
)
def test_the_date_alone_ends_it(table: SimpleNamespace, days: int, standing: Standing) -> None:
    agreement = signed(table.round, table.samira, table.joris)
    Agreement.objects.filter(pk=agreement.pk).update(until=today() + timedelta(days=days))

    assert agreement_queries.standing_of(table.round) is standing


def test_a_new_version_takes_the_promises_along_and_is_signed_again(table: SimpleNamespace) -> None:
    first = signed(table.round, table.samira, table.joris)
    promised(table.joris, table.round)
    gone = promised(table.joris, table.round, what="Niet meer")
    agreement_actions.withdraw_pledge(by=table.joris, pledge=gone)

    draft = written(table.round, purpose="Samen begrijpen wat er echt speelt.", until=later(50))
    assert agreement_queries.current(table.round) == first
    assert agreement_queries.standing_of(table.round) is Standing.HOLDS
    agreement_actions.propose_agreement(by=table.samira, agreement=draft, version=1)

    assert agreement_queries.current(table.round) == draft
    assert agreement_queries.standing_of(table.round) is Standing.WAITING
    assert [(one.what, one.organisation, one.until) for one in draft.pledges.all()] == [
        ("Meldingen per maand", table.team, later(50))
    ]
    titles = [str(title) for title, _before, _now in agreement_queries.changed_since(draft)]
    assert titles == ["Doel van het delen", "Geldig tot en met"]
    (_title, before, now), _until = agreement_queries.changed_since(draft)
    assert [piece for piece, differs in now if differs] == ["echt "]
    assert not [piece for piece, differs in before if differs]
    with pytest.raises(ValidationError, match="andere versie"):
        agreement_actions.sign_agreement(by=table.joris, agreement=first, role="manager")


def test_nobody_promises_for_another(table: SimpleNamespace) -> None:
    signed(table.round, table.samira, table.joris)
    line = promised(table.joris, table.round)

    assert line.organisation == table.team
    assert last() == ("rounds.pledge", "rounds.pledge", {"agreement": line.agreement_id, "delivery": None})
    about = {"what": "x", "audience": "core", "until": later(10)}
    gp = ring_member(table)
    for who in (table.noor, gp):
        with pytest.raises(PermissionDenied):
            promised(who, table.round)
    for who in (table.samira, table.noor, gp):  # not even the guide
        with pytest.raises(PermissionDenied):
            agreement_actions.edit_pledge(by=who, pledge=line, version=line.version, **about)
        with pytest.raises(PermissionDenied):
            agreement_actions.withdraw_pledge(by=who, pledge=line)
        with pytest.raises(PermissionDenied):
            agreement_actions.restore_pledge(by=who, pledge=line)


def test_a_promise_changes_goes_and_comes_back(table: SimpleNamespace) -> None:
    signed(table.round, table.samira, table.joris)
    line = promised(table.joris, table.round)

    agreement_actions.edit_pledge(
        by=table.joris, pledge=line, version=1, what="Per kwartaal", audience="ring", until=later(20)
    )
    assert (line.what, line.audience, last()[0]) == ("Per kwartaal", "ring", "rounds.edit_pledge")
    with pytest.raises(EditConflict):
        agreement_actions.edit_pledge(
            by=table.joris, pledge=line, version=1, what="x", audience="core", until=later(20)
        )
    agreement_actions.withdraw_pledge(by=table.joris, pledge=line)
    assert (last()[0], agreement_queries.agreed(table.round, table.joris).lines) == ("rounds.withdraw_pledge", [])
    agreement_actions.restore_pledge(by=table.joris, pledge=line)
    assert last()[0] == "rounds.restore_pledge"
    (shown,) = agreement_queries.agreed(table.round, table.joris).lines
    assert (shown.pledge, shown.own, shown.holds) == (line, True, True)


def test_what_is_refused_in_a_promise(table: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="geen afspraak"):
        promised(table.joris, table.round)
    agreement = signed(table.round, table.samira, table.joris)
    for wrong, words in (
        ({"what": " "}, "welke gegevens uw organisatie deelt"),
        ({"audience": "public"}, "kerngroep en de betrokkenen"),
        ({"until": today() - timedelta(days=1)}, "voorbij"),
        ({"until": later(201)}, "loopt tot en met"),
        ({"what": "Bel 06-12345678"}, "telefoon"),
    ):
        with pytest.raises(ValidationError, match=words):
            promised(table.joris, table.round, **wrong)
    line = promised(table.joris, table.round)
    agreement_actions.end_agreement(by=table.samira, agreement=agreement, version=2, reason="Klaar.")
    with pytest.raises(ValidationError, match="niet meer geldt"):
        agreement_actions.withdraw_pledge(by=table.joris, pledge=line)
    with pytest.raises(ValidationError, match="geen afspraak"):
        promised(table.joris, table.round)


def test_after_the_end_promises_go_to_the_next_text_and_are_not_doubled(table: SimpleNamespace) -> None:
    first = signed(table.round, table.samira, table.joris)
    promised(table.joris, table.round)
    agreement_actions.end_agreement(by=table.samira, agreement=first, version=2, reason="Andere tekst.")
    draft = written(table.round)
    promised(table.joris, table.round)
    promised(table.joris, table.round, what="Iets nieuws")

    agreement_actions.propose_agreement(by=table.samira, agreement=draft, version=1)

    assert sorted(one.what for one in draft.pledges.all()) == ["Iets nieuws", "Meldingen per maand"]


def test_only_the_core_group_reads_it(table: SimpleNamespace) -> None:
    signed(table.round, table.samira)

    assert agreement_queries.agreed(table.round, table.joris).agreement is not None
    for who in (ring_member(table), table.noor):
        found = agreement_queries.agreed(table.round, who)
        assert (found.agreement, found.lines, found.words) == (None, (), ())
        assert agreement_queries.versions_of(table.round, who) == []


def titles(who: object) -> list[str]:
    return [str(task.title) for task in panels.tasks(who)]  # type: ignore[arg-type]


def test_signing_is_a_task_until_it_is_done(table: SimpleNamespace) -> None:
    assert titles(table.joris) == []
    agreement = signed(table.round, table.samira)

    assert titles(table.joris) == ["Afspraak over delen ondertekenen"]
    assert titles(table.samira) == []
    assert titles(ring_member(table)) == []
    agreement_actions.sign_agreement(by=table.joris, agreement=agreement, role="manager")
    assert titles(table.joris) == []


def test_a_month_before_the_end_it_is_a_task_of_the_guide(table: SimpleNamespace) -> None:
    agreement = signed(table.round, table.samira, table.joris)
    for days, said in ((31, []), (30, ["Afspraak over delen loopt af"]), (-5, ["Afspraak over delen loopt af"])):
        Agreement.objects.filter(pk=agreement.pk).update(until=today() + timedelta(days=days))
        assert titles(table.samira) == said
        assert titles(table.joris) == []
    written(table.round)  # somebody is at it
    assert titles(table.samira) == []


def test_an_organisation_that_left_stays_with_its_word(table: SimpleNamespace) -> None:
    signed(table.round, table.samira, table.joris)
    table.joris.memberships.filter(circle=table.round.core).delete()
    colleague = person("Bea", table.town)

    words = agreement_queries.agreed(table.round, table.samira).words
    assert [(word.organisation, word.signature is not None) for word in words] == [
        (table.town, True),
        (table.team, True),
    ]
    assert agreement_queries.agreed(table.round, colleague).agreement is None
