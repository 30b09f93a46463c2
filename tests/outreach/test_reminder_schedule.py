"""The hour at which Celery beat sets a worker to the reminders, also when the clock changes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from celery.schedules import crontab

from config.celery import app
from surveys.outreach.reminder_tasks import send_reminders_of_today
from surveys.outreach.reminding import REMINDER_HOUR

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def find_entry():
    return app.conf.beat_schedule["send-reminders-of-today"]


def test_the_schedule_names_a_task_that_a_worker_knows():
    app.loader.import_default_modules()
    assert find_entry()["task"] == send_reminders_of_today.name
    assert send_reminders_of_today.name in app.tasks
    assert str(app.timezone) == "Europe/Amsterdam"


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
