from typing import Any

from celery import Task, shared_task
from django.conf import settings
from django.core.mail import get_connection

from surveys.accounts.mail import unpack_message


class MailNotDelivered(Exception):
    """The mail server did not take a mail; says why without saying whose mail it was."""


# Waits 1, 2, 4 … minutes, half a day together: long enough for a mail server that is being repaired.
RETRIES = 10
FIRST_WAIT_SECONDS = 60


@shared_task(bind=True, acks_late=True, max_retries=RETRIES)
def deliver_mail(self: Task, packed: dict[str, Any]) -> None:
    """Hand one mail to the mail server, and try again later when that fails.

    A worker that stops half-way makes the mail go out twice rather than never.
    """
    problem = _try_delivery(packed)
    # Outside the handling of the original error: that one names the address, and would end up in the log.
    if problem:
        wait = FIRST_WAIT_SECONDS * 2**self.request.retries
        raise self.retry(exc=MailNotDelivered(problem), countdown=wait)


def _try_delivery(packed: dict[str, Any]) -> str:
    """The kind of problem, or an empty string."""
    try:
        get_connection(settings.DELIVERY_EMAIL_BACKEND).send_messages([unpack_message(packed)])
    except OSError as error:
        return type(error).__name__
    return ""
