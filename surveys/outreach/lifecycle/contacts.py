"""Whom the researchers write to; a former contact stays in the log, but its links stop working."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from surveys.accounts.models import Organisation, Person
from surveys.outreach.lifecycle.mailings import address_contact, make_key, make_message_id
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.models import Contact, Message
from surveys.outreach.placeholders import put_on_one_line
from surveys.outreach.queries import is_asked, list_known_coordinators
from surveys.questionnaire.models import Wave
from surveys.teamwork.lifecycle.inviting_organisations import withdraw_invitations
from surveys.trail.recording import record

GOT_IT_ALREADY = "Dit adres kreeg deze mail al."


@dataclass(frozen=True)
class ContactDetails:
    organisation_code: str
    email: str
    name: str = ""
    is_functional_mailbox: bool = False


@transaction.atomic
def set_contact(
    wave: Wave, details: ContactDetails, *, by: Person | None = None, at: datetime | None = None
) -> Contact:
    """Make this the contact of the organisation in the wave, in the place of a former one.

    What still waits to be sent goes to the new address; links that the former address got stop working. The same
    address again only changes the name. Raises OutreachRefused for an organisation that the wave does not ask, an
    address that is none, and when somebody else changes the contact at this moment.
    """
    at = at or timezone.now()
    organisation = Organisation.objects.filter(pk=details.organisation_code).first()
    if organisation is None or not is_asked(wave, organisation_code=organisation.pk):
        raise OutreachRefused("Deze organisatie doet niet mee aan deze meting.")
    email, name = details.email.strip().lower(), put_on_one_line(details.name)
    try:
        validate_email(email)
    except ValidationError:
        raise OutreachRefused("Dit is geen e-mailadres.") from None
    former, waiting = lock_contact(wave, organisation)
    if former and former.email == email:
        contact = former
        contact.name, contact.is_functional_mailbox = name, details.is_functional_mailbox
        contact.save(update_fields=["name", "is_functional_mailbox"])
    else:
        contact = _replace_contact(
            wave,
            organisation,
            former=former,
            email=email,
            name=name,
            is_functional_mailbox=details.is_functional_mailbox,
            by=by,
            at=at,
        )
    _redirect(waiting, contact=contact, wave=wave)
    record(
        organisation,
        "outreach.set_contact",
        by=by,
        at=at,
        wave=wave.code,
        functional=contact.is_functional_mailbox,
    )
    return contact


@transaction.atomic
def import_contacts(
    wave: Wave, rows: Iterable[ContactDetails], *, by: Person | None = None, at: datetime | None = None
) -> int:
    """All of them or none; returns how many. Raises OutreachRefused as `set_contact` does."""
    at = at or timezone.now()
    contacts = [set_contact(wave, details, by=by, at=at) for details in rows]
    record(wave, "outreach.import_contacts", by=by, at=at, number=len(contacts))
    return len(contacts)


@transaction.atomic
def adopt_coordinators(wave: Wave, *, by: Person | None = None, at: datetime | None = None) -> int:
    """Make the coordinator we know the contact of every organisation without one; returns how many."""
    rows = [
        ContactDetails(each.organisation_id, each.person.email, each.person.get_full_name())
        for each in list_known_coordinators(wave)
    ]
    return import_contacts(wave, rows, by=by, at=at)


def lock_contact(wave: Wave, organisation: Organisation) -> tuple[Contact | None, list[Message]]:
    """The contact as it is now, with the messages that wait to be sent to it; workers leave both alone meanwhile."""
    messages = Message.objects.select_for_update(of=("self",)).select_related("mailing")
    waiting = messages.filter(
        organisation=organisation,
        mailing__wave=wave,
        contact__is_active=True,
        status=Message.Status.QUEUED,
    )
    waiting_now = list(waiting.order_by("pk"))
    contacts = Contact.objects.select_for_update(of=("self",)).order_by("pk")
    return contacts.filter(wave=wave, organisation=organisation, is_active=True).first(), waiting_now


def retire_contact(contact: Contact, *, by: Person | None, at: datetime) -> None:
    """Write to this contact no more, and make the links useless that it got; call it inside a transaction."""
    contact.is_active = False
    contact.save(update_fields=["is_active"])
    withdraw_invitations(contact.organisation, contact.wave, email=contact.email, by=by, at=at)


def _replace_contact(
    wave: Wave,
    organisation: Organisation,
    *,
    former: Contact | None,
    email: str,
    name: str,
    is_functional_mailbox: bool,
    by: Person | None,
    at: datetime,
) -> Contact:
    if former:
        retire_contact(former, by=by, at=at)
    try:
        with transaction.atomic():
            return Contact.objects.create(
                wave=wave,
                organisation=organisation,
                email=email,
                name=name,
                is_functional_mailbox=is_functional_mailbox,
                added_at=at,
                added_by=by,
            )
    except IntegrityError:
        raise OutreachRefused(
            f"Iemand anders wijzigde zojuist de contactpersoon van {organisation}. Kijk eerst wie het nu is."
        ) from None


def _redirect(waiting: Iterable[Message], *, contact: Contact, wave: Wave) -> None:
    """Let what waits go to the contact as it is now; an address that had this mail already does not get it again."""
    recipient = address_contact(contact)
    for message in waiting:
        message.contact, message.address, message.recipient_name = contact, recipient.address, recipient.name
        key = make_key(
            wave,
            purpose=message.mailing.purpose,
            occasion=message.mailing.occasion,
            organisation_code=contact.organisation_id,
            address=contact.email,
        )
        if Message.objects.filter(key=key).exclude(pk=message.pk).exists():
            message.status, message.outcome = Message.Status.SKIPPED, GOT_IT_ALREADY
            message.key = message.released_key
        else:
            message.key, message.message_id = key, make_message_id(key)
        message.save()
