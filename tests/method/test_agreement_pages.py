"""The pages of the sharing agreement and of partners: from the first text to a signed sheet, and what each reads."""

import html
import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.people.actions import confirm_profile, write_profile
from buurtbalans.method.people.models import Profile
from buurtbalans.method.rounds import panels
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.models import Agreement, Pledge
from buurtbalans.method.rounds.queries import agreement as agreement_queries
from buurtbalans.method.rounds.queries import partner
from tests.method.agreements import TEXTS, later, promised, proposed, signed, today, written
from tests.method.table import lay_table, person, ring_member

pytestmark = pytest.mark.django_db
TOLD = {"can": "Wij helpen met geld.", "for_whom": "alle buren", "mandate": "", "hours": "", "reach": "020-5550123"}


@pytest.fixture
def table() -> SimpleNamespace:
    return lay_table()


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def url(name: str, table: SimpleNamespace, *more: object) -> str:
    return reverse(f"rounds:{name}", args=[table.round.slug, *more])


def test_from_a_first_text_to_a_signed_sheet(table: SimpleNamespace, client: Client) -> None:
    client.force_login(table.samira)
    assert "Er is nog geen afspraak over delen" in words(client.get(url("agreement", table)))
    form = words(client.get(url("create_agreement", table)))
    assert form.count("Waarom dit ertoe doet") == 6
    assert "Weverskwartier nodig heeft" in form  # a text to start from
    saved = client.post(url("create_agreement", table), {**TEXTS, "until": later(), "version": 0}, follow=True)
    assert 'id="verder"' in words(saved)  # where the address leads: to the button that the message speaks of
    assert saved.redirect_chain[-1][0] == f"{url('agreement', table)}#verder"
    assert "Tekst voorleggen" in words(saved)
    draft = Agreement.objects.get()
    assert "Dit is een concept" in words(client.get(url("agreement_version", table, 1)))
    client.post(url("create_agreement", table), {**TEXTS, "ground": "Anders.", "until": later(), "version": 1})
    draft.refresh_from_db()
    assert (draft.ground, draft.version) == ("Anders.", 2)
    stale = client.post(url("propose_agreement", table), {"version": 1}, follow=True)
    assert "lees deze eerst opnieuw" in words(stale)
    done = client.post(url("propose_agreement", table), {"version": 2}, follow=True)
    assert "0 van de 2 organisaties hebben de afspraak ondertekend" in words(done)
    assert "Ondertekenen namens Gemeente" in words(client.get(url("sign_agreement", table)))
    client.post(url("sign_agreement", table), {"number": 1, "role": "gebiedsmakelaar"})
    client.force_login(table.joris)
    client.post(url("sign_agreement", table), {"number": 1, "role": "manager"})
    page = words(client.get(url("agreement", table)))
    assert "Alle 2 organisaties hebben de afspraak ondertekend" in page
    assert "Joris, manager" in page
    assert url("create_agreement", table) not in page
    assert f'<a class="met-teken" href="{url("round", table)}">' in page
    step = words(client.get(url("step", table, 1)))
    assert "Alle 2 organisaties hebben de afspraak ondertekend" in step


def test_who_read_an_older_version_signs_nothing(table: SimpleNamespace, client: Client) -> None:
    signed(table.round, table.samira)
    draft = written(table.round, purpose="Anders.")
    agreement_actions.propose_agreement(by=table.samira, agreement=draft, version=1)
    client.force_login(table.joris)

    answer = client.post(url("sign_agreement", table), {"number": 1, "role": "manager"})

    assert answer.status_code == 422
    assert "Er is inmiddels een andere versie" in words(answer)
    assert not draft.signatures.exists()
    page = words(client.get(url("agreement", table)))
    assert "Wijzigingen ten opzichte van de vorige versie" in page
    assert "<ins>Anders.</ins>" in page
    assert "geldt niet meer" in words(client.get(url("agreement_version", table, 1)))


def test_taking_back_stopping_and_running_out_are_said_everywhere(table: SimpleNamespace, client: Client) -> None:
    agreement = signed(table.round, table.samira, table.joris)
    client.force_login(table.joris)
    client.post(url("withdraw_signature", table), {"reason": "De jurist leest eerst.", "version": 0})
    page = words(client.get(url("agreement", table)))
    assert "‘De jurist leest eerst.’" in page
    assert "1 van de 2 organisaties hebben de afspraak ondertekend" in page
    places = [url("agreement", table), url("round", table), url("step", table, 1)]
    Agreement.objects.filter(pk=agreement.pk).update(until=today() - timedelta(days=1))
    assert all("Deze afspraak is afgelopen op" in words(client.get(place)) for place in places)
    Agreement.objects.filter(pk=agreement.pk).update(until=later())
    client.force_login(table.samira)
    client.post(url("end_agreement", table), {"reason": "De vraag is beantwoord.", "version": 2})
    assert all("De vraag is beantwoord." in words(client.get(place)) for place in places)


def test_a_promise_is_made_changed_taken_back_and_brought_back_on_the_page(
    table: SimpleNamespace, client: Client
) -> None:
    signed(table.round, table.samira, table.joris)
    client.force_login(table.joris)
    given = {"what": "Meldingen per maand", "audience": "ring", "until": later(50), "version": 0}
    assert client.post(url("pledge", table), {**given, "audience": "public"}).status_code == 422
    client.post(url("pledge", table), given)
    line = Pledge.objects.get()
    assert "de kerngroep en de betrokkenen" in words(client.get(url("agreement", table)))
    client.post(url("edit_pledge", table, line.pk), {**given, "what": "Per kwartaal", "version": 1})
    clash = client.post(url("edit_pledge", table, line.pk), {**given, "what": "Per week", "version": 1})
    assert clash.status_code == 409
    assert "Per week" in words(clash)
    gone = client.post(url("withdraw_pledge", table, line.pk), follow=True)
    assert "Per kwartaal" not in words(gone)
    assert url("restore_pledge", table, line.pk) in words(gone)
    assert "Per kwartaal" in words(client.post(url("restore_pledge", table, line.pk), follow=True))
    client.force_login(table.samira)
    assert client.post(url("withdraw_pledge", table, line.pk)).status_code == 403


def test_the_ring_does_not_read_the_agreement(table: SimpleNamespace, client: Client) -> None:
    signed(table.round, table.samira)
    promised(table.samira, table.round, what="Alleen voor de kerngroep")
    client.force_login(ring_member(table))

    assert client.get(url("agreement", table)).status_code == 403
    assert "Alleen voor de kerngroep" not in words(client.get(url("step", table, 1)))
    client.force_login(table.noor)
    assert client.get(url("agreement", table)).status_code == 404
    assert client.get(url("agreement_version", table, 1)).status_code == 404


def test_a_draft_beside_the_version_that_counts_says_what_proposing_does(
    table: SimpleNamespace, client: Client
) -> None:
    signed(table.round, table.samira, table.joris)
    written(table.round, purpose="Een ander doel.")
    client.force_login(table.samira)

    page = words(client.get(url("agreement", table)))

    assert "Alle 2 organisaties hebben de afspraak ondertekend" in page
    assert "geldt alleen die versie" in page
    assert url("agreement_version", table, 2) in page


def test_of_partners_only_those_asked_for_are_read(table: SimpleNamespace, django_assert_num_queries: Any) -> None:
    for who, organisation in ((table.joris, table.team), (table.noor, table.other)):
        write_profile(by=who, organisation=organisation, **TOLD)
    with django_assert_num_queries(2):  # the profiles, and whether the reader speaks of their own organisation
        [one] = partner.partner_rows([table.team], table.joris)
    assert (one.organisation, one.profile.organisation_id, one.own) == (table.team, table.team.pk, True)
    joins = partner.participation_of([table.team, table.other], table.joris)
    assert joins == {table.team.pk: [(table.round, [table.joris])], table.other.pk: []}


def test_an_organisation_writes_changes_and_confirms_what_it_can(table: SimpleNamespace, client: Client) -> None:
    client.force_login(table.joris)
    address = reverse("partners:edit", args=[table.team.slug])
    assert client.post(address, {**TOLD, "version": 0, "can": ""}).status_code == 422
    assert client.post(address, {**TOLD, "version": 0, "can": "Bel mij op 06-12345678."}).status_code == 422
    client.post(address, {**TOLD, "version": 0})
    profile = Profile.objects.get()
    assert (profile.organisation, profile.reach) == (table.team, "020-5550123")  # a number of a desk may stand there
    client.post(address, {**TOLD, "version": 1, "hours": "elke werkdag"})
    assert client.post(address, {**TOLD, "version": 1, "hours": "nooit"}).status_code == 409
    Profile.objects.update(edited_at=timezone.now() - timedelta(days=200))
    assert [str(task.title) for task in panels.tasks(table.joris)] == ["Klopt dit nog?"]
    page = reverse("partners:partner", args=[table.team.slug])
    assert "Klopt dit nog?" in words(client.get(page))
    confirm = reverse("partners:confirm", args=[table.team.slug])
    assert "lees het eerst opnieuw" in words(client.post(confirm, {"version": "x"}, follow=True))
    assert "de datum is nu die van vandaag" in words(client.post(confirm, {"version": 2}, follow=True))
    assert panels.tasks(table.joris) == []
    verbs = list(AuditRow.objects.order_by("-sequence").values_list("verb", flat=True)[:3])
    assert verbs == ["people.confirm_profile", "people.write_profile", "people.write_profile"]


def test_nobody_writes_the_profile_of_another(table: SimpleNamespace) -> None:
    profile = write_profile(by=table.joris, organisation=table.team, **TOLD)
    for who in (table.samira, table.noor):
        with pytest.raises(PermissionDenied):
            write_profile(by=who, organisation=table.team, version=1, **TOLD)
        with pytest.raises(PermissionDenied):
            confirm_profile(by=who, profile=profile, version=1)
    with pytest.raises(EditConflict):
        confirm_profile(by=table.joris, profile=profile, version=9)

    assert Profile.objects.get().version == 1


def test_wherever_a_profile_stands_it_says_since_when_and_its_own_people_confirm_it(
    table: SimpleNamespace, client: Client
) -> None:
    profile = write_profile(by=table.joris, organisation=table.team, **TOLD)
    long_ago = timezone.now() - partner.STILL_TRUE - timedelta(days=1)
    Profile.objects.filter(pk=profile.pk).update(edited_at=long_ago)
    confirm = reverse("partners:confirm", args=[table.team.slug])
    pages = [reverse("partners:partner", args=[table.team.slug]), reverse("partners:list"), reverse("presence")]
    since = (
        f"Klopt dit nog?</strong>Het laatst gecontroleerd op {date_format(timezone.localtime(long_ago), 'j F Y')} door"
    )
    for who, own in ((table.joris, True), (table.samira, False)):
        client.force_login(who)
        for page in pages:
            answer = client.get(page)
            assert since in words(answer), page
            assert (f'action="{confirm}"' in answer.content.decode()) is own, page
    client.force_login(table.joris)
    assert "de datum is nu die van vandaag" in words(client.post(confirm, {"version": profile.version}, follow=True))
    assert all("Klopt dit nog?</strong> Voor" not in words(client.get(page)) for page in pages)
    write = reverse("partners:edit", args=[table.samira.organisation.slug])
    client.force_login(table.samira)
    assert all(f'href="{write}"' in client.get(page).content.decode() for page in pages[1:])


def test_who_works_nowhere_reads_no_profile_among_who_does_what(table: SimpleNamespace, client: Client) -> None:
    write_profile(by=table.joris, organisation=table.team, **TOLD)
    loose = table.samira
    loose.organisation = None
    loose.save()
    client.force_login(loose)
    page = client.get(reverse("presence"))
    assert str(table.team) in words(page)
    assert "Wij helpen met geld." not in words(page)
    assert reverse("partners:list") not in page.content.decode()


def test_partners_are_for_who_works_at_an_organisation_and_show_only_own_rounds(
    table: SimpleNamespace, client: Client
) -> None:
    write_profile(by=table.joris, organisation=table.team, **TOLD)
    page = reverse("partners:partner", args=[table.team.slug])
    listed = reverse("partners:list")
    place = table.round.neighbourhood.name
    for who, sees in ((table.samira, True), (table.noor, False)):
        client.force_login(who)
        assert [place in words(client.get(each)) for each in (page, listed)] == [sees, sees]
        assert "Wij helpen met geld." in words(client.get(page))
    loose = person("Leo", table.other)
    loose.organisation = None
    loose.save()
    client.force_login(loose)
    assert [client.get(each).status_code for each in (page, listed)] == [403, 403]
    client.logout()
    assert [client.get(each).status_code for each in (page, listed)] == [302, 302]
    assert Profile.objects.visible_to(loose).count() == 0
    assert proposed(table.round) == agreement_queries.current(table.round)
