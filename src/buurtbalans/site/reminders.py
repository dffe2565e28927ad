"""Mail in Dutch and English that says that tasks wait, and never which: at most one a day, for people who asked for it."""

import logging
from datetime import date, timedelta
from email.utils import formataddr, parseaddr
from smtplib import SMTPException
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.people.actions import note_reminder
from buurtbalans.method.people.models import Person, Reminder
from buurtbalans.method.placements import panels as placements
from buurtbalans.method.plans import panels as plans
from buurtbalans.method.rounds import panels as rounds

log = logging.getLogger(__name__)
SOON: Final = timedelta(days=7)  # what has a date is reminded of in its last week
AGAIN: Final = timedelta(days=7)  # the same things are told again after a week, new ones the next day
SENDER: Final = "Buurtbalans"
SUBJECT: Final = "Buurtbalans: er staan taken voor u klaar / you have open tasks"
TEXT: Final = """(English below)

Goedendag,

In Buurtbalans staan een of meer taken voor u klaar. Op de pagina Mijn buurten ziet u welke taken dat zijn:
{home}

De inhoud staat niet in deze mail, want een mail kan door anderen worden gelezen.

Waarom krijgt u deze mail?
U hebt bij uw account gekozen voor een mail als er taken klaarstaan. U krijgt er hooguit één per dag.
Wilt u geen mail meer ontvangen? Schakel dat uit onder Meldingen per mail:
{account}

Is deze mail echt?
Deze mail is automatisch verstuurd door Buurtbalans op {host}, en beide links openen dat adres.
Wij vragen nooit per mail om een wachtwoord of een code, en wij sturen nooit een bijlage.
Twijfelt u? Gebruik dan de links niet, maar open Buurtbalans zoals u dat altijd doet.

---

Hello,

You have one or more open tasks in Buurtbalans. They are listed on the page My neighbourhoods:
{home}

This email does not say what they are about, because other people might read it.

Why did you get this email?
In your account you asked for an email when tasks are waiting for you. We send one a day at most.
To stop these emails, change the setting under Reminders by mail:
{account}

Is this email genuine?
Buurtbalans at {host} sent it automatically, and both links open that address.
We never ask for a password or a code by email, and we never send attachments.
If you are not sure, do not use the links: open Buurtbalans the way you usually do.
"""


def waiting_for(person: Person, today: date) -> list[str]:
    """Return the addresses of what waits.

    Those are opinions and questions with a date that comes near, answers to a plan, and what a second person looks at.
    """
    dated = [task.url for task in rounds.tasks(person) if task.before is not None and task.before <= today + SOON]
    return sorted({*dated, *(task.url for task in plans.reminder_tasks(person)), *placements.asking(person)})


def is_due(reminder: Reminder, tasks: list[str], today: date) -> bool:
    """Return whether somebody hears of it today: something new waits, or a week has gone by; never twice a day."""
    if not tasks or reminder.sent_on == today:
        return False
    return reminder.sent_on is None or not set(tasks) <= set(reminder.about) or today - reminder.sent_on >= AGAIN


def send_reminders(today: date | None = None) -> int:
    """Send a pointer to everybody who asked for one and for whom something waits; return how many were sent."""
    if not settings.MAIL:
        return 0
    today, sent = today or timezone.localdate(), 0
    wanted = Reminder.objects.filter(on=True, person__is_active=True).exclude(person__email="")
    for reminder in wanted.select_related("person"):
        tasks = waiting_for(reminder.person, today)
        if is_due(reminder, tasks, today) and note_reminder(by=None, reminder=reminder, about=tasks, today=today):
            sent += _send(reminder.person.email)
    return sent


def _send(address: str) -> int:
    home, account = (settings.SITE_ADDRESS + reverse(name) for name in ("home", "account"))
    text = TEXT.format(home=home, account=f"{account}#meldingen", host=urlsplit(settings.SITE_ADDRESS).hostname)
    _name, mailbox = parseaddr(settings.DEFAULT_FROM_EMAIL)
    message = EmailMessage(SUBJECT, text, from_email=formataddr((SENDER, mailbox)), to=[address])
    try:
        return message.send()
    except (SMTPException, OSError):
        log.exception("a reminder could not be sent; the next one goes when there is something new, or in a week")
        return 0
