from datetime import timedelta
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone

from surveys.outreach.lifecycle.retention import erase_contacts
from surveys.outreach.models import Mailing, Message
from surveys.outreach.queries import list_waves_to_erase
from surveys.outreach.sending import send_some

# A database that is busy or restarts.
SECONDS_TO_RECOVER = 10


@shared_task(
    acks_late=True,
    autoretry_for=(OperationalError,),
    max_retries=None,
    default_retry_delay=SECONDS_TO_RECOVER,
)
def send_batch(mailing_id: int) -> None:
    """Send a few messages and queue the rest of the mailing. Running it again, or twice at once, is harmless."""
    wait = send_some(mailing_id)
    if wait is not None:
        send_batch.apply_async(args=[mailing_id], countdown=wait.total_seconds())


@shared_task
def resume_sending(*, quiet_minutes: int = 0) -> None:
    """Go on with every mailing that should be going on: its message may have been lost with a worker or the broker.

    One of which a mail was taken in the last `quiet_minutes` goes on by itself and is left alone.
    """
    unfinished = Mailing.objects.filter(
        Q(status=Mailing.Status.SENDING) | Q(messages__status=Message.Status.SENDING)
    )
    lately = timezone.now() - timedelta(minutes=quiet_minutes)
    active = Message.objects.filter(claimed_at__gt=lately).values("mailing")
    for mailing_id in unfinished.exclude(pk__in=active).order_by().values_list("pk", flat=True).distinct():
        send_batch.delay(mailing_id)


@worker_ready.connect
def resume_sending_at_start(**_signal: Any) -> None:
    resume_sending()


@shared_task
def erase_old_contacts() -> None:
    """Once a day, by the schedule in config/settings.py; running it again erases nothing again."""
    for wave in list_waves_to_erase(today=timezone.localdate()):
        erase_contacts(wave)
