"""Every mail of the site: what it says comes from templates, and it leaves through the queue (mail_backends.py).

A mail called `responses/mail/receipt` is three templates: `responses/mail/receipt_subject.txt`,
`responses/mail/receipt_message.txt` (extends mail/base.txt) and `responses/mail/receipt_message.html` (extends
mail/base.html). The text templates are not escaped, because they are not HTML.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from email.mime.base import MIMEBase
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template import Context, Engine

from surveys.accounts.models import Person

# Name of the file, its bytes, its media type.
Attachment = tuple[str, bytes, str]


def send_mail_to(
    recipient: Person | str,
    *,
    template: str,
    context: Mapping[str, object] | None = None,
    attachments: Iterable[Attachment] = (),
) -> None:
    """Queue a mail to a person or an address; nothing is sent when the transaction around it fails."""
    compose_mail(recipient, template=template, context=context, attachments=attachments).send()


def compose_mail(
    recipient: Person | str,
    *,
    template: str,
    context: Mapping[str, object] | None = None,
    attachments: Iterable[Attachment] = (),
    message_id: str = "",
) -> EmailMultiAlternatives:
    """The mail as it will go out, for who hands it over by themselves (`delivery.deliver_now`).

    Besides `context` the templates get `recipient_name` (empty for an address) and `site_url` (no slash at the end).
    A mail that may be tried again has the same `message_id` every time, angle brackets included.
    """
    name, address = (
        (recipient.get_full_name(), recipient.email) if isinstance(recipient, Person) else ("", recipient)
    )
    values: dict[str, object] = {"site_url": settings.SITE_URL, "recipient_name": name, **(context or {})}
    message = EmailMultiAlternatives(
        subject=" ".join(_render(f"{template}_subject.txt", values, is_html=False).split()),
        body=_render(f"{template}_message.txt", values, is_html=False),
        to=[address],
        headers={"Message-ID": message_id} if message_id else None,
    )
    message.attach_alternative(_render(f"{template}_message.html", values, is_html=True), "text/html")
    for file_name, content, media_type in attachments:
        message.attach(file_name, content, media_type)
    return message


def _render(name: str, values: dict[str, object], *, is_html: bool) -> str:
    context = Context(values, autoescape=is_html)
    return str(Engine.get_default().get_template(name).render(context)).strip()


def pack_message(message: EmailMessage) -> dict[str, Any]:
    """The message as JSON can carry it; attachments as base64.

    Raises TypeError for an attachment without a name: only (name, content, media type) can be queued.
    """
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "subtype": message.content_subtype,
        "from_email": message.from_email,
        **{name: list(getattr(message, name)) for name in ("to", "cc", "bcc", "reply_to")},
        "headers": dict(message.extra_headers),
        "alternatives": [list(each) for each in getattr(message, "alternatives", ())],
        "attachments": [_pack_attachment(each) for each in message.attachments],
    }


def _pack_attachment(attachment: Any) -> list[str | None]:
    if isinstance(attachment, MIMEBase):
        raise TypeError("Attach a name, its content and its media type.")
    name, content, media_type = attachment
    content = content.encode() if isinstance(content, str) else content
    return [name, b64encode(content).decode("ascii"), media_type]


def unpack_message(packed: Mapping[str, Any]) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        **{name: packed[name] for name in ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")},
        headers=packed["headers"],
    )
    message.content_subtype = packed["subtype"]
    for content, media_type in packed["alternatives"]:
        message.attach_alternative(content, media_type)
    for name, content, media_type in packed["attachments"]:
        message.attach(name, b64decode(content), media_type)
    return message
