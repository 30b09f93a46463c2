from collections.abc import Sequence
from functools import partial
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import console
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from surveys.accounts.mail import pack_message
from surveys.accounts.tasks import deliver_mail


class QueueBackend(BaseEmailBackend):
    """Hands every mail to the worker, once the transaction is committed; DELIVERY_EMAIL_BACKEND sends it.

    So no page waits for a mail server, and none answers sooner when there is nobody to write to.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            transaction.on_commit(partial(deliver_mail.delay, pack_message(message)))
        return len(email_messages)


class FolderBackend(console.EmailBackend):
    """Prints every mail and keeps it as a file in MAIL_DIR, for an installation without a mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        settings.MAIL_DIR.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            path = settings.MAIL_DIR / f"{timezone.localtime():%Y-%m-%d-%H%M%S-%f}-{uuid4().hex[:8]}.eml"
            draft = path.with_suffix(".draft")
            draft.write_bytes(message.message().as_bytes())
            draft.rename(path)
        return super().send_messages(email_messages) or 0
