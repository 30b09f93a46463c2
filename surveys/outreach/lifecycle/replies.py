"""What came back: "niet voor mij" by the link in a mail, and answers that a researcher notes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.outreach.lifecycle.contacts import ContactDetails, lock_contact, retire_contact, set_contact
from surveys.outreach.lifecycle.mailings import address_contact, draw_up_mailing, start_mailing
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.models import Contact, Message, Purpose, Reply
from surveys.teamwork.mail_domains import find_domain, find_shared_domains
from surveys.trail.recording import record


@transaction.atomic
def note_reply(
    message: Message, *, kind: str, text: str = "", by: Person | None = None, at: datetime | None = None
) -> Reply:
    at = at or timezone.now()
    reply = Reply.objects.create(
        message=message, kind=kind, text=text.strip(), recorded_at=at, recorded_by=by
    )
    record(message.organisation, "outreach.note_reply", by=by, at=at, kind=kind)
    return reply


@transaction.atomic
def decline_invitation(message: Message, *, suggested_email: str = "", at: datetime | None = None) -> bool:
    """ "Niet voor mij", by who can read the mail: the link stops working and the organisation needs another contact.

    A suggested address of the same organisation gets the invitation at once, and True is returned; any other waits
    for a researcher, because it could be anybody's. Raises OutreachRefused when the link stopped working meanwhile.
    """
    at = at or timezone.now()
    wave, organisation = message.mailing.wave, message.organisation
    contact, _ = lock_contact(wave, organisation)
    if contact is None or contact.email != message.address:
        raise OutreachRefused("Wij hebben intussen een ander adres voor deze organisatie.")
    suggested = suggested_email.strip().lower()
    Reply.objects.create(
        message=message,
        kind=Reply.Kind.NOT_FOR_ME,
        suggested_email=suggested,
        recorded_at=at,
        recorded_by=None,
    )
    record(organisation, "outreach.note_reply", by=None, at=at, kind=Reply.Kind.NOT_FOR_ME)
    if suggested != contact.email and find_domain(suggested) in find_shared_domains([contact.email]):
        successor = set_contact(wave, ContactDetails(organisation.pk, suggested), at=at)
        invite_at_once(successor, at=at)
        record(organisation, "outreach.hand_on", by=None, at=at, wave=wave.code)
        return True
    retire_contact(contact, by=None, at=at)
    return False


@transaction.atomic
def invite_at_once(contact: Contact, *, by: Person | None = None, at: datetime | None = None) -> None:
    """A mailing of one mail, started. Raises OutreachRefused for who was invited already."""
    mailing = draw_up_mailing(
        contact.wave, purpose=Purpose.INVITATION, recipients=[address_contact(contact)], by=by, at=at
    )
    start_mailing(mailing, by=by, at=at)
