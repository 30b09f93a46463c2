from typing import Any

from celery import Task, shared_task

from surveys.accounts.delivery import deliver_now
from surveys.accounts.mail import unpack_message

# Waits 1, 2, 4 … minutes, half a day together: long enough for a mail server that is being repaired.
RETRIES = 10
FIRST_WAIT_SECONDS = 60


@shared_task(bind=True, acks_late=True, max_retries=RETRIES)
def deliver_mail(self: Task, packed: dict[str, Any]) -> None:
    """Hand one mail to the mail server, and try again later when that fails.

    A worker that stops half-way makes the mail go out twice rather than never.
    """
    if problem := deliver_now(unpack_message(packed)):
        raise self.retry(exc=problem, countdown=FIRST_WAIT_SECONDS * 2**self.request.retries)
