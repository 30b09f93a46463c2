"""Handing one mail over now, with an honest answer about what became of it.

What a mail server says of a mail names the address; therefore only the kind of problem leaves this module.
"""

from contextlib import suppress
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

# A server that says nothing for this long is not there.
TIMEOUT_SECONDS = 15
FIRST_PERMANENT_CODE = 500


class MailNotDelivered(Exception):
    """The mail server did not take a mail; says why without saying whose mail it was."""


class MailRefused(MailNotDelivered):
    """The server does not take this mail, nor will it later."""


class MailUncertain(MailNotDelivered):
    """The connection broke while the mail went over: the server may have it, or not."""


def deliver_now(message: EmailMessage) -> MailNotDelivered | None:
    """None when the mail server took the mail, else the problem: a MailNotDelivered when the mail certainly did not
    go, and its two kinds, see there.

    The problem is not raised here: the original error names the address, and would end up in the log with it.
    """
    connection = _connect()
    try:
        connection.open()
    except OSError as error:
        return MailNotDelivered(type(error).__name__)
    try:
        connection.send_messages([message])
    except SMTPRecipientsRefused as error:
        is_permanent = all(code >= FIRST_PERMANENT_CODE for code, _ in error.recipients.values())
        return (MailRefused if is_permanent else MailNotDelivered)(type(error).__name__)
    except SMTPResponseException as error:
        is_permanent = isinstance(error, SMTPDataError) and error.smtp_code >= FIRST_PERMANENT_CODE
        return (MailRefused if is_permanent else MailNotDelivered)(type(error).__name__)
    except OSError as error:
        return MailUncertain(type(error).__name__)
    finally:
        # What became of the mail is known by now.
        with suppress(OSError):
            connection.close()
    return None


def is_delivered(message_id: str) -> bool | None:
    """Whether a mail with this Message-ID went out. None when nobody can tell: a mail server does not say."""
    ask = getattr(_connect(), "has_taken", None)
    return ask(message_id) if ask else None


def _connect() -> Any:
    return get_connection(settings.DELIVERY_EMAIL_BACKEND, timeout=TIMEOUT_SECONDS)
