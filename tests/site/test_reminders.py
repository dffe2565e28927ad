"""Reminders by mail: for who asked, at most one a day, and never a word of what it is about."""

import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people.actions import set_reminders
from buurtbalans.method.people.models import Reminder
from buurtbalans.method.placements.actions.batches import close
from buurtbalans.method.placements.actions.deciding import review
from buurtbalans.method.rounds.models import Claim
from buurtbalans.site import reminders
from buurtbalans.site.checks import check_mail
from buurtbalans.site.mail import Mail, mail, readable
from tests.method.placings import decided, now, seated
from tests.method.table import agreed_effort, agreed_result, judged_claim, lay_table
from tests.site.people_fixtures import World

ADDRESS = "https://buurtbalans.waterdam.example"
TODAY = timezone.localdate


@pytest.fixture
def table(db, settings):
    settings.MAIL, settings.SITE_ADDRESS = "smtp://post.example", ADDRESS
    settings.DEFAULT_FROM_EMAIL = "bode@waterdam.example"
    laid = lay_table()
    laid.claim = judged_claim(laid)
    laid.result = agreed_result(laid, laid.claim)
    set_reminders(by=laid.joris, on=True, email="joris@waterdam.example")
    return laid


def asked(table, what="Belt iedereen."):
    return agreed_effort(table, table.result, by=table.samira, organisation=table.team, what=what)


def test_nobody_is_mailed_when_nothing_waits_or_nobody_asked(table):
    assert reminders.send_reminders() == 0
    asked(table)
    set_reminders(by=table.joris, on=False, email="joris@waterdam.example")
    assert reminders.send_reminders() == 0
    assert outbox.outbox == []


def test_a_reminder_points_and_says_nothing(table):
    effort = asked(table)

    assert reminders.send_reminders() == 1
    (message,) = outbox.outbox

    assert (message.subject, message.to) == (reminders.SUBJECT, ["joris@waterdam.example"])
    assert message.from_email == "Buurtbalans <bode@waterdam.example>"
    everything = f"{message.subject}\n{message.body}\n{message.message()}".lower()
    place = table.round.neighbourhood
    secrets = [
        effort.what,
        table.result.title,
        table.claim.text,
        table.round.question,
        table.round.slug,
        place.name,
        "samira",
        "joris ",
        "gemeente",
        "buurtteam",
        str(effort.pk) + "/",
        "voorstel",
        "stelling",
    ]
    assert [secret for secret in secrets if secret.lower() in everything.replace("joris@waterdam.example", "")] == []
    links = [f"{ADDRESS}/mijn-buurten/", f"{ADDRESS}/account/#meldingen"]
    assert re.findall(r"https?://\S+", message.body) == [*links, *links], "the same in Dutch and in English"
    assert message.attachments == []
    assert "door Buurtbalans op buurtbalans.waterdam.example, en" in message.body
    assert "nooit per mail om een wachtwoord" in message.body
    assert "never ask for a password" in message.body
    row = AuditRow.objects.filter(verb="people.note_reminder").last()
    assert (row.detail, row.actor) == ({"on": True}, None)


def test_at_most_one_a_day_the_same_again_after_a_week_something_new_tomorrow(table):
    asked(table)
    today = TODAY()

    sent = [reminders.send_reminders(today + timedelta(day)) for day in (0, 0, 1, 2, 6, 7)]
    assert sent == [1, 0, 0, 0, 0, 1]
    asked(table, "Nog iets.")
    assert [reminders.send_reminders(today + timedelta(day)) for day in (7, 8)] == [0, 1]


def test_a_date_that_comes_near_is_reminded_of_and_one_far_away_not(table):
    for days, expected in ((30, 0), (6, 1)):
        Claim.objects.update(opinions_before=TODAY() + timedelta(days))
        assert reminders.send_reminders() == expected


@pytest.mark.slow
def test_a_second_person_hears_that_something_waits_and_not_about_whom(world: World, settings):
    settings.MAIL, settings.SITE_ADDRESS = "smtp://post.example", ADDRESS
    desk = seated(world)
    for person in (desk.by, desk.second):
        set_reminders(by=person, on=True, email=f"{person.username}@waterdam.example")
    assert reminders.send_reminders() == 0
    free = next(home for home in ("W-1", "W-2", "W-3") if home not in now(desk).values())
    first = decided(desk, "H-2", "anders", free, "Dicht bij school.")

    assert reminders.send_reminders() == 1
    (message,) = outbox.outbox
    assert message.to == [f"{desk.second.username}@waterdam.example"], "not who chose it"
    everything = f"{message.subject}\n{message.body}\n{message.message()}"
    secrets = ["H-2", free, desk.batch.title, first.reason, "plaatsen", "huishouden", "woning", "besluit"]
    assert [secret for secret in secrets if secret.lower() in everything.lower()] == []
    assert reminders.send_reminders(TODAY() + timedelta(1)) == 0
    decided(desk, "H-1", "anders", "W-3", "Ruimer.")
    assert reminders.send_reminders(TODAY() + timedelta(1)) == 1, "another one is something new"
    review(by=desk.second, decision=first, agreed=False, review="Liever niet.")
    close(by=desk.by, batch=desk.batch)
    assert reminders.send_reminders(TODAY() + timedelta(30)) == 0


def test_without_a_mail_server_or_an_open_account_nothing_goes(table, settings):
    asked(table)
    settings.MAIL = ""
    assert reminders.send_reminders() == 0
    settings.MAIL = "smtp://post.example"
    type(table.joris).objects.filter(pk=table.joris.pk).update(is_active=False)
    assert reminders.send_reminders() == 0


def test_a_server_that_fails_stops_nothing(table, monkeypatch, caplog):
    def broken(self):
        raise SMTPException("weg")

    asked(table)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    assert reminders.send_reminders() == 0
    assert "could not be sent" in caplog.text


def test_one_chooses_on_the_account_page(table, client: Client):
    client.force_login(table.samira)
    url = reverse("reminders")
    assert "Mail ontvangen als er taken voor mij klaarstaan" in client.get(reverse("account")).content.decode()

    client.post(url, {"on": "on", "email": "geen adres"})
    client.post(url, {"on": "on", "email": ""})
    assert not Reminder.objects.filter(person=table.samira).exists()
    client.post(url, {"on": "on", "email": "samira@waterdam.example"})
    assert Reminder.objects.get(person=table.samira).on
    client.post(url, {"email": "samira@waterdam.example"})
    assert not Reminder.objects.get(person=table.samira).on
    assert AuditRow.objects.filter(verb="people.set_reminders", actor=table.samira).count() == 2


def test_without_an_address_there_is_no_mail(table):
    with pytest.raises(ValidationError):
        set_reminders(by=table.samira, on=True, email="")


def test_a_site_without_mail_says_so(table, client: Client, settings):
    settings.MAIL = ""
    client.force_login(table.samira)
    assert "Deze site verstuurt geen mail, dus" in client.get(reverse("account")).content.decode()


def test_the_address_of_a_server_is_read():
    assert mail("") is None
    assert mail("smtp://bode:ge%3Aheim@post.example") == Mail("post.example", 587, "bode", "ge:heim", True, False)
    assert mail("smtps://post.example:4650") == Mail("post.example", 4650, "", "", False, True)
    assert readable("post.example") is None


@pytest.mark.parametrize(
    ("address", "sender", "site", "wrong"),
    [
        ("", "", "", []),
        ("smtps://post.example", "b@w.example", ADDRESS, []),
        ("smtp://localhost?tls=no", "b@w.example", "http://127.0.0.1:8000", []),
        ("post.example", "b@w.example", ADDRESS, ["E007"]),
        ("smtp://post.example?tls=no", "b@w.example", ADDRESS, ["E008"]),
        ("smtp://post.example", "", ADDRESS, ["E009"]),
        ("smtp://post.example", "b@w.example", "http://buurtbalans.example", ["E010"]),
        ("smtp://post.example", "b@w.example", "", ["E010"]),
    ],
)
def test_unsafe_or_missing_settings_of_mail_are_said(settings, address, sender, site, wrong):
    settings.MAIL, settings.DEFAULT_FROM_EMAIL, settings.SITE_ADDRESS = address, sender, site
    assert [error.id for error in check_mail()] == [f"buurtbalans.{one}" for one in wrong]
