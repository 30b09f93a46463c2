from celery import shared_task
from django.utils import timezone

from surveys.outreach.lifecycle.reminding import send_due_reminders
from surveys.outreach.reminding import LAST_HOUR, REMINDER_HOUR


@shared_task
def send_reminders_of_today() -> None:
    """Once a day, by the schedule in config/settings.py; running it again sends nothing again.

    A beat that starts late makes up for the run it missed: in the evening and at night that waits until the morning.
    """
    now = timezone.now()
    if REMINDER_HOUR <= timezone.localtime(now).hour < LAST_HOUR:
        send_due_reminders(at=now)
