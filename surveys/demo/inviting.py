"""Invites and reminds the organisations of the demo's open wave, through the same functions that the site uses."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.text import slugify

from surveys.accounts.models import Organisation, Person
from surveys.outreach.default_plan import PlannedStep
from surveys.outreach.lifecycle.contacts import ContactDetails, adopt_coordinators, import_contacts
from surveys.outreach.lifecycle.ending import finish_mailing
from surveys.outreach.lifecycle.mailings import address_contact, draw_up_mailing, start_mailing
from surveys.outreach.lifecycle.messages import note_bounce
from surveys.outreach.lifecycle.reminder_plan import add_step, adopt_default_plan, skip_organisation
from surveys.outreach.lifecycle.reminding import send_due_reminders
from surveys.outreach.lifecycle.replies import decline_invitation, note_reply
from surveys.outreach.models import Contact, Mailing, Message, Purpose, Reply
from surveys.outreach.queries import list_asked_codes
from surveys.questionnaire.models import Wave
from surveys.responses.models import ResponseMunicipality

# Of the organisations that nobody is known of, one in so many has a mailbox; the others wait for a contact.
HAVE_MAILBOX = 3
BOUNCED = 4
MAILS_PER_MINUTE = 25


def invite_organisations(wave: Wave, *, by: Person, at: datetime) -> None:
    """Contacts, one big mailing and what came back of it in the days after."""
    adopt_coordinators(wave, by=by, at=at)
    import_contacts(wave, _invent_mailboxes(wave), by=by, at=at)
    contacts = Contact.objects.filter(wave=wave).order_by("organisation__name", "pk")
    mailing = draw_up_mailing(
        wave,
        purpose=Purpose.INVITATION,
        recipients=[address_contact(each) for each in contacts],
        by=by,
        at=at,
    )
    _pretend_to_send(start_mailing(mailing, by=by, at=at), at=at)
    _note_outcomes(wave, _list_quiet_messages(mailing), by=by, at=at + timedelta(hours=3))
    for handed_on in Mailing.objects.filter(wave=wave, status=Mailing.Status.SENDING):
        _pretend_to_send(handed_on, at=handed_on.created_at)


def remind_organisations(wave: Wave, *, planned: PlannedStep, by: Person, at: datetime) -> None:
    """The plan of every wave and one reminder besides, which is due on the day of `at` and goes at that moment."""
    adopt_default_plan(wave, by=by, at=at - timedelta(days=7))
    add_step(wave, planned, by=by, at=at - timedelta(days=7))
    for mailing in send_due_reminders(at=at):
        _pretend_to_send(mailing, at=at)


def _invent_mailboxes(wave: Wave) -> list[ContactDetails]:
    """Of a domain that cannot exist; some regions have the name of a municipality."""
    unknown = Organisation.objects.filter(pk__in=list_asked_codes(wave)).exclude(contacts__wave=wave)
    boxes = {Organisation.Kind.MUNICIPALITY: "jeugd", Organisation.Kind.YOUTH_REGION: "jeugdregio"}
    return [
        ContactDetails(
            each.pk,
            f"{boxes[Organisation.Kind(each.kind)]}@{slugify(each.name)}.example",
            is_functional_mailbox=True,
        )
        for each in unknown.order_by("pk")[::HAVE_MAILBOX]
    ]


def _pretend_to_send(mailing: Mailing, *, at: datetime) -> None:
    """What workers write when every mail arrives. None leaves: there is nobody at the invented addresses.

    When the worker of the site takes up the mailing, it is done.
    """
    messages = list(mailing.messages.filter(status=Message.Status.QUEUED).order_by("pk"))
    for place, message in enumerate(messages):
        sent_at = at + timedelta(minutes=1 + place // MAILS_PER_MINUTE)
        message.status, message.attempts = Message.Status.SENT, 1
        message.claimed_at = message.sent_at = sent_at
    Message.objects.bulk_update(messages, ["status", "attempts", "claimed_at", "sent_at"])
    finish_mailing(mailing.pk, at=max((each.sent_at for each in messages if each.sent_at), default=at))


def _list_quiet_messages(mailing: Mailing) -> list[Message]:
    """Those to a mailbox of an organisation that did not begin and for which no region speaks, by its code."""
    begun = mailing.wave.responses.values("organisation")
    covered = ResponseMunicipality.objects.filter(response__wave=mailing.wave).values("municipality")
    messages = mailing.messages.filter(contact__is_functional_mailbox=True)
    quiet = messages.exclude(organisation__in=begun).exclude(organisation__in=covered)
    return list(quiet.select_related("mailing__wave", "organisation").order_by("organisation"))


def _note_outcomes(wave: Wave, messages: Sequence[Message], *, by: Person, at: datetime) -> None:
    """Some came back, some were for somebody else, some were answered."""
    for message in messages[:BOUNCED]:
        note_bounce(message, reason="Dit adres bestaat niet.", by=by, at=at)
    handed_on, elsewhere, nobody, will_answer, declines, skipped = messages[BOUNCED : BOUNCED + 6]
    later = at + timedelta(days=1)
    decline_invitation(handed_on, suggested_email=handed_on.address.replace("jeugd@", "beleid@"), at=later)
    decline_invitation(elsewhere, suggested_email="jeugd@samenwerking.example", at=later)
    decline_invitation(nobody, at=later)
    note_reply(
        will_answer,
        kind=Reply.Kind.WILL_ANSWER,
        text="Vult de vragenlijst in samen met de regio.",
        by=by,
        at=later,
    )
    note_reply(declines, kind=Reply.Kind.DECLINES, text="Heeft dit jaar geen tijd.", by=by, at=later)
    skip_organisation(wave, skipped.organisation, reason="Belde: begint volgende week.", by=by, at=later)
