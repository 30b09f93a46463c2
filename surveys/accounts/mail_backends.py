import hashlib
from collections.abc import Sequence
from functools import partial

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
    """Prints every mail and keeps it as a file in MAIL_DIR, for an installation without a mail server.

    The name of the file ends with what stands for the Message-ID, so that it can tell which mails it took.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        settings.MAIL_DIR.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            content = message.message()
            name = f"{timezone.localtime():%Y-%m-%d-%H%M%S-%f}-{_shorten(content['Message-ID'])}.eml"
            path = settings.MAIL_DIR / name
            draft = path.with_suffix(".draft")
            draft.write_bytes(content.as_bytes())
            draft.rename(path)
        return super().send_messages(email_messages) or 0

    def has_taken(self, message_id: str) -> bool:
        return any(settings.MAIL_DIR.glob(f"*-{_shorten(message_id)}.eml"))


def _shorten(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()[:16]
