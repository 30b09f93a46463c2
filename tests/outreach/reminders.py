"""What the tests of reminders do: let a day pass, and read what was mailed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core import mail

from surveys.outreach.default_plan import PlannedStep
from surveys.outreach.lifecycle.reminding import send_due_reminders
from surveys.outreach.reminder_queries import forecast_reminders, load_candidates
from surveys.outreach.sending import send_some
from tests.responses.factories import NOW

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CLOSES = date(2099, 12, 31)
DAY = date(2099, 12, 24)
START = PlannedStep("hard", 7, "not_started", "reminder_start")
FINISH = PlannedStep("hard", 7, "started", "reminder_finish")


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=AMSTERDAM)


def remind(day=DAY):
    """What the daily task does, and then what the worker does; the mails of that day."""
    mail.outbox.clear()
    for mailing in send_due_reminders(at=at(day)):
        deliver(mailing, day=day)
    return list(mail.outbox)


def deliver(mailing, *, day=DAY):
    """The worker lives in the present, and the mails were sent on the day that the test pretends."""
    mailing.messages.update(due_at=NOW)
    assert send_some(mailing.pk) is None
    mailing.messages.update(sent_at=at(day), claimed_at=at(day))


def name_readers(mails):
    return sorted(each.to[0] for each in mails)


def find_candidate(wave, code):
    (candidate,) = load_candidates(wave, code=code)
    return candidate


def list_forecast(wave, day=DAY - timedelta(days=30)):
    return list(forecast_reminders(wave, now=at(day)))
