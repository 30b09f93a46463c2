"""What Celery beat sets a worker to, and the hour of the reminders, also when the clock changes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from celery.schedules import crontab

from config.celery import app
from practices.ageing.tasks import tell_of_ageing_cases
from practices.contributing.tasks import ask_reviews_of_today
from practices.links.tasks import start_checking
from practices.tasks import mail_waiting_reactions, publish_pages_of_now
from surveys.outreach.reminder_tasks import send_reminders_of_today
from surveys.outreach.reminding import REMINDER_HOUR
from surveys.outreach.tasks import erase_old_contacts, resume_sending
from surveys.results.release.schedule import publish_releases_of_now

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def find_entry():
    return app.conf.beat_schedule["send-reminders-of-today"]


def test_everything_in_the_schedule_is_a_task_that_a_worker_knows():
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert scheduled == {
        send_reminders_of_today.name,
        resume_sending.name,
        erase_old_contacts.name,
        publish_releases_of_now.name,
        ask_reviews_of_today.name,
        publish_pages_of_now.name,
        mail_waiting_reactions.name,
        start_checking.name,
        tell_of_ageing_cases.name,
    }
    assert scheduled <= app.tasks.keys()
    assert str(app.timezone) == "Europe/Amsterdam"


def test_every_day_the_old_contacts_and_every_ten_minutes_what_fell_silent():
    erasing, resuming = (app.conf.beat_schedule[name] for name in ("erase-old-contacts", "resume-sending"))
    assert (erasing["schedule"].hour, erasing["schedule"].minute) == ({3}, {0})
    assert resuming["schedule"].minute == set(range(0, 60, 10))
    assert len(resuming["schedule"].hour) == 24
    assert resuming["kwargs"] == {"quiet_minutes": 10}


@pytest.mark.parametrize(("name", "hour"), [("check-links", 4), ("tell-of-ageing-cases", 7)])
def test_every_monday_what_no_longer_holds(name, hour):
    schedule = app.conf.beat_schedule[name]["schedule"]
    assert (schedule.day_of_week, schedule.hour, schedule.minute) == ({1}, {hour}, {0})


@pytest.mark.parametrize("day", [(2027, 3, 28), (2027, 6, 1), (2027, 10, 31)])
def test_it_is_due_once_a_day_at_the_hour_of_amsterdam(day):
    schedule = find_entry()["schedule"]
    hour = datetime(*day, REMINDER_HOUR, tzinfo=AMSTERDAM)
    yesterday = datetime.combine(hour.date() - timedelta(days=1), hour.time(), tzinfo=AMSTERDAM)

    def is_due(now, *, last_run):
        clock = crontab(hour=schedule._orig_hour, minute=schedule._orig_minute, app=app, nowfun=lambda: now)
        return clock.is_due(last_run).is_due

    assert not is_due(hour - timedelta(minutes=1), last_run=yesterday)
    assert is_due(hour, last_run=yesterday)
    assert not is_due(hour + timedelta(hours=8), last_run=hour)
    # A beat that was down makes up for it when it starts again.
    assert is_due(hour + timedelta(hours=2), last_run=yesterday)
