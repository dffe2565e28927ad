"""Mail that says that something waits, and never what: a pointer, at most one a day, for who asked for it."""

import logging
from datetime import date, timedelta
from smtplib import SMTPException
from typing import Final

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
SUBJECT: Final = "Er wacht iets op u in Buurtbalans"
TEXT: Final = """Er wacht iets op u in Buurtbalans.

Kijk hier wat het is: {home}

In deze mail staat niets over de inhoud. U krijgt er hooguit één per dag.
Wilt u geen mail meer? Zet dat uit bij uw account: {account}
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
    message = EmailMessage(SUBJECT, TEXT.format(home=home, account=f"{account}#meldingen"), to=[address])
    try:
        return message.send()
    except (SMTPException, OSError):
        log.exception("a reminder could not be sent; the next one goes when there is something new, or in a week")
        return 0
