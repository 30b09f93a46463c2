"""Contacts and mailings on top of the small survey of tests/responses."""

import re
from datetime import datetime

from django.core import mail
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.outreach.lifecycle.contacts import ContactDetails, set_contact
from surveys.outreach.lifecycle.mailings import address_contact, draw_up_mailing, start_mailing
from surveys.outreach.models import Contact, Mailing, Message, Purpose
from surveys.outreach.sending import send_some
from surveys.questionnaire.models import Wave
from tests.responses.factories import MEMBER

ADDRESS = "jeugd@gemeente.example"
BATCHES = 50


def make_contact(
    wave: Wave, organisation: str = MEMBER, *, email: str = ADDRESS, name: str = "", functional: bool = True
) -> Contact:
    return set_contact(wave, ContactDetails(organisation, email, name, functional))


def draw_up(wave: Wave, *contacts: Contact, by: Person | None = None, **rest: object) -> Mailing:
    return draw_up_mailing(
        wave, purpose=Purpose.INVITATION, recipients=map(address_contact, contacts), by=by, **rest
    )


def start(wave: Wave, *contacts: Contact, **rest: object) -> Mailing:
    """Started, with nothing sent yet: the tests are the worker."""
    return start_mailing(draw_up(wave, *contacts, **rest))


def invite(wave: Wave, *contacts: Contact) -> Mailing:
    """Drawn up, started and sent."""
    mailing = start(wave, *contacts)
    send_all(mailing)
    return mailing


def send_all(mailing: Mailing) -> None:
    """What workers do until the mailing is done; not for ever, when something is broken."""
    for _ in range(BATCHES):
        if send_some(mailing.pk) is None:
            break
    mailing.refresh_from_db()
    assert mailing.status == Mailing.Status.DONE


def make_contacts(wave: Wave, number: int) -> list[Contact]:
    """Of real municipalities in the frame."""
    codes = wave.frame.order_by("municipality").values_list("municipality", flat=True)[:number]
    return [make_contact(wave, code, email=f"{code.lower()}@gemeente.example") for code in codes]


def count(mailing: Mailing) -> dict[str, int]:
    """How many messages there are of each status."""
    statuses = list(mailing.messages.values_list("status", flat=True))
    return {status: statuses.count(status) for status in sorted(set(statuses))}


def read_path(pattern: str, position: int = -1) -> str:
    """The path of a link in a mail that was sent, by default in the last one."""
    found = re.search(rf"http://localhost:8000({pattern})\s", f"{mail.outbox[position].body}\n")
    assert found is not None
    return found[1]


def read_invitation(position: int = -1) -> str:
    return read_path(r"/invullen/uitnodiging/[\w-]+/", position)


def leave_half_way(message: Message, *, at: datetime | None = None) -> None:
    """What a worker leaves that died while it was sending the message."""
    Message.objects.filter(pk=message.pk).update(
        status=Message.Status.SENDING, attempts=message.attempts + 1, claimed_at=at or timezone.now()
    )
