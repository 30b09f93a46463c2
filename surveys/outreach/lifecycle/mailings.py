"""Putting a mailing together, starting it, stopping it and going on; sending itself is in `sending.py`."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.models import Contact, Mailing, Message
from surveys.outreach.placeholders import list_template_problems
from surveys.outreach.purposes import RULES
from surveys.outreach.tasks import send_batch
from surveys.outreach.texts import load_text
from surveys.questionnaire.models import Wave
from surveys.trail.recording import record

BATCH_SIZE = 25
Status = Mailing.Status


@dataclass(frozen=True)
class Recipient:
    """`contact` is None for somebody who is not the organisation's contact but, for instance, a colleague."""

    organisation_code: str
    address: str
    name: str = ""
    contact: Contact | None = None


def address_contact(contact: Contact) -> Recipient:
    return Recipient(contact.organisation_id, contact.email, contact.greeted_name, contact)


def make_key(wave: Wave, *, purpose: str, occasion: str, organisation_code: str, address: str) -> str:
    """SHA-256 (hexadecimal) of what makes two mails the same mail. Who answers for two organisations gets two mails."""
    parts = [wave.code, purpose, occasion, organisation_code, address.strip().lower()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def make_message_id(key: str, *, attempts: int = 0) -> str:
    """The same for every attempt; `attempts` makes another one for a mail that goes again after it came back."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    again = f".{attempts}" if attempts else ""
    return f"<{key[:48]}{again}@{domain}>"


@transaction.atomic
def draw_up_mailing(
    wave: Wave,
    *,
    purpose: str,
    recipients: Iterable[Recipient],
    occasion: str = "",
    batch_size: int = BATCH_SIZE,
    by: Person | None = None,
    at: datetime | None = None,
) -> Mailing:
    """A mailing that waits to be started, to everybody who did not get this mail yet.

    Raises OutreachRefused when nobody is left, when the wave is not open, and for a text that cannot be sent.
    """
    at = at or timezone.now()
    refuse_closed_wave(wave)
    subject, body = load_sendable_text(wave, purpose=purpose)
    mailing = Mailing.objects.create(
        wave=wave,
        purpose=purpose,
        occasion=occasion,
        subject=subject,
        body=body,
        batch_size=batch_size,
        created_at=at,
        created_by=by,
    )
    messages = {}
    for recipient in recipients:
        key = make_key(
            wave,
            purpose=purpose,
            occasion=occasion,
            organisation_code=recipient.organisation_code,
            address=recipient.address,
        )
        messages[key] = Message(
            mailing=mailing,
            organisation_id=recipient.organisation_code,
            contact=recipient.contact,
            address=recipient.address,
            recipient_name=recipient.name,
            key=key,
            message_id=make_message_id(key),
            due_at=at,
        )
    # The unique key decides, also when somebody else draws up the same mailing at this moment.
    Message.objects.bulk_create(messages.values(), ignore_conflicts=True)
    number = mailing.messages.count()
    if number == 0:
        raise OutreachRefused("Iedereen die u koos, heeft deze mail al gekregen of staat al klaar.")
    record(mailing, "outreach.draw_up", by=by, at=at, wave=wave.code, purpose=purpose, number=number)
    return mailing


@transaction.atomic
def start_mailing(mailing: Mailing, *, by: Person | None = None, at: datetime | None = None) -> Mailing:
    """Send it, with the text as it is now. Raises OutreachRefused, also when it was started already."""
    at = at or timezone.now()
    mailing = _lock(mailing, expected=Status.DRAFT)
    refuse_closed_wave(mailing.wave)
    mailing.subject, mailing.body = load_sendable_text(mailing.wave, purpose=mailing.purpose)
    mailing.started_at, mailing.started_by = at, by
    mailing.save(update_fields=["subject", "body", "started_at", "started_by"])
    set_sending(mailing)
    record(mailing, "outreach.start", by=by, at=at, wave=mailing.wave.code, number=mailing.messages.count())
    return mailing


@transaction.atomic
def stop_mailing(mailing: Mailing, *, by: Person, at: datetime | None = None) -> Mailing:
    """No worker takes another message; one that is going over at this moment still goes. Raises OutreachRefused."""
    at = at or timezone.now()
    mailing = _lock(mailing, expected=Status.SENDING)
    mailing.status, mailing.stop_reason, mailing.stopped_at, mailing.stopped_by = Status.STOPPED, "", at, by
    mailing.save(update_fields=["status", "stop_reason", "stopped_at", "stopped_by"])
    record(mailing, "outreach.stop", by=by, at=at)
    return mailing


@transaction.atomic
def resume_mailing(mailing: Mailing, *, by: Person, at: datetime | None = None) -> Mailing:
    """Send what is left, with the text that it was started with. Raises OutreachRefused."""
    mailing = _lock(mailing, expected=Status.STOPPED)
    refuse_closed_wave(mailing.wave)
    set_sending(mailing)
    record(mailing, "outreach.resume", by=by, at=at or timezone.now())
    return mailing


@transaction.atomic
def discard_mailing(mailing: Mailing, *, by: Person, at: datetime | None = None) -> None:
    """Throw away a mailing of which nothing was sent, so that its organisations can be chosen again."""
    mailing = _lock(mailing, expected=Status.DRAFT)
    record(mailing.wave, "outreach.discard", by=by, at=at or timezone.now(), purpose=mailing.purpose)
    mailing.messages.all().delete()
    mailing.delete()


def refuse_closed_wave(wave: Wave) -> None:
    """Raises OutreachRefused when nobody could fill in: a link would lead nowhere."""
    if wave.status == Wave.Status.PLANNED:
        raise OutreachRefused(
            "Deze meting is nog niet open. Open de meting eerst: anders werkt de link niet."
        )
    if wave.status == Wave.Status.CLOSED or timezone.localdate() > wave.closes_on:
        raise OutreachRefused("Deze meting is gesloten. Niemand kan nog invullen.")


def load_sendable_text(wave: Wave, *, purpose: str) -> tuple[str, str]:
    subject, body = load_text(wave, purpose=purpose)
    rules = RULES[purpose]
    problems = list_template_problems(
        subject=subject, body=body, allowed=rules.allowed, required=rules.required
    )
    if problems:
        raise OutreachRefused(f"De tekst van de mail klopt niet. {problems[0]}")
    return subject, body


def _lock(mailing: Mailing, *, expected: str) -> Mailing:
    locked = (
        Mailing.objects.select_for_update(of=("self",)).select_related("wave").filter(pk=mailing.pk).first()
    )
    if locked is None:
        raise OutreachRefused("Deze verzending bestaat niet meer.")
    if locked.status != expected:
        raise OutreachRefused(f"Dit kan niet meer: de verzending is {locked.get_status_display()}.")
    return locked


def set_sending(mailing: Mailing) -> None:
    """Set a worker to it as soon as the transaction holds; without a broker the next worker that starts finds it."""
    mailing.status, mailing.stop_reason = Status.SENDING, ""
    mailing.save(update_fields=["status", "stop_reason"])
    transaction.on_commit(lambda: send_batch.delay(mailing.pk), robust=True)
