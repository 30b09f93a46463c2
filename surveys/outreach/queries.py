from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from surveys.accounts.models import Membership, Organisation
from surveys.outreach.models import Contact, Mailing, Message, Purpose, Reply
from surveys.outreach.overview import InvitedOrganisation, State
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.responses.models import Response

Status = Message.Status
MESSAGE_STATES = {
    Status.QUEUED: State.WAITING,
    Status.SENDING: State.WAITING,
    Status.SENT: State.INVITED,
    Status.UNCLEAR: State.PROBLEM,
    Status.FAILED: State.PROBLEM,
    Status.BOUNCED: State.PROBLEM,
}


def is_asked(wave: Wave, *, organisation_code: str) -> bool:
    """Whether the organisation is in the wave's frame: a municipality, or a region of one."""
    return FrameMunicipality.objects.filter(
        Q(municipality=organisation_code) | Q(youth_region=organisation_code), wave=wave
    ).exists()


def list_asked_codes(wave: Wave) -> set[str]:
    """The codes of every organisation that the wave asks; one query."""
    rows = wave.frame.values_list("municipality", "youth_region")
    return {code for row in rows for code in row if code}


def list_invited_organisations(wave: Wave) -> list[InvitedOrganisation]:
    """Every organisation that the wave asks, by name; six queries, however many there are."""
    contacts = {each.organisation_id: each for each in Contact.objects.filter(wave=wave, is_active=True)}
    invitations = Message.objects.filter(mailing__wave=wave, mailing__purpose=Purpose.INVITATION)
    messages = {
        each.organisation_id: each for each in invitations.exclude(status=Status.SKIPPED).order_by("pk")
    }
    replies = {
        each.message.organisation_id: each
        for each in Reply.objects.select_related("message")
        .filter(message__mailing__wave=wave)
        .order_by("recorded_at", "pk")
    }
    responses = {each.organisation_id: each for each in Response.objects.filter(wave=wave)}
    return [
        _make_row(
            organisation,
            contact=contacts.get(organisation.pk),
            message=messages.get(organisation.pk),
            reply=replies.get(organisation.pk),
            response=responses.get(organisation.pk),
        )
        for organisation in Organisation.objects.filter(pk__in=list_asked_codes(wave)).order_by(
            "name", "code"
        )
    ]


def _make_row(
    organisation: Organisation,
    *,
    contact: Contact | None,
    message: Message | None,
    reply: Reply | None,
    response: Response | None,
) -> InvitedOrganisation:
    """A message to a former contact says nothing about the one of now."""
    if contact and message and not _was_for(contact, message):
        message = None
    if contact is None:
        is_declined = reply is not None and reply.kind == Reply.Kind.NOT_FOR_ME
        state = State.NOT_FOR_ME if is_declined else State.NO_CONTACT
    else:
        state = MESSAGE_STATES[Status(message.status)] if message else State.READY
    return InvitedOrganisation(
        code=organisation.pk,
        name=str(organisation),
        is_region=organisation.kind == Organisation.Kind.YOUTH_REGION,
        state=state,
        contact_name=contact.name if contact else "",
        email=contact.email if contact else "",
        is_functional_mailbox=bool(contact and contact.is_functional_mailbox),
        message_id=message.pk if message else None,
        outcome=message.get_status_display() if message else "",
        invited_at=message.sent_at if message else None,
        reply=reply.get_kind_display() if reply else "",
        suggested_email=reply.suggested_email if reply else "",
        response=response.get_status_display() if response else "",
    )


def _was_for(contact: Contact, message: Message) -> bool:
    """By the address, because somebody may become the contact again; or, once that is erased, by the contact."""
    return message.address == contact.email if contact.email else message.contact_id == contact.pk


def list_mailings(wave: Wave) -> QuerySet[Mailing]:
    """The newest first, each with `number` of messages and how many `sent`."""
    sent = Count("messages", filter=Q(messages__status__in=[Status.SENT, Status.BOUNCED]))
    mailings = Mailing.objects.filter(wave=wave).annotate(number=Count("messages"), sent=sent)
    return mailings.order_by("-created_at", "-pk")


def count_messages(mailing: Mailing) -> dict[str, int]:
    """How many messages there are of each status; the statuses without any stay out."""
    rows = mailing.messages.order_by().values("status").annotate(number=Count("pk"))
    return {row["status"]: row["number"] for row in rows}


def list_messages(mailing: Mailing) -> QuerySet[Message]:
    """The send log: those that need attention first."""
    return mailing.messages.select_related("organisation").order_by("organisation__name", "pk")


def list_wave_messages(wave: Wave) -> QuerySet[Message]:
    """The send log of every mailing of the wave, the newest mailing first."""
    messages = Message.objects.filter(mailing__wave=wave).select_related("organisation", "mailing")
    return messages.order_by("-mailing__created_at", "-mailing", "organisation__name", "pk")


def list_known_coordinators(wave: Wave) -> list[Membership]:
    """Of every organisation that is asked and has no contact, the coordinator who was there first."""
    taken = Contact.objects.filter(wave=wave, is_active=True).values("organisation")
    coordinators = (
        Membership.objects.select_related("person", "organisation")
        .filter(
            organisation__in=list_asked_codes(wave),
            role=Membership.Role.COORDINATOR,
            person__is_active=True,
        )
        .exclude(organisation__in=taken)
        .order_by("organisation__name", "pk")
    )
    first: dict[str, Membership] = {}
    for membership in coordinators:
        first.setdefault(membership.organisation_id, membership)
    return list(first.values())


def find_last_contacts(wave: Wave) -> dict[str, datetime]:
    """When the last mail went to each organisation, whatever for, by its code; those without any stay out."""
    sent = Message.objects.filter(mailing__wave=wave, sent_at__isnull=False).order_by()
    return dict(sent.values("organisation").annotate(last=Max("sent_at")).values_list("organisation", "last"))


def list_waves_to_erase(*, today: date) -> list[Wave]:
    """The waves whose addresses were kept long enough, as far as there are any left.

    By the last day: a wave that nobody closed ended all the same.
    """
    contacts = Contact.objects.filter(wave=OuterRef("pk")).exclude(email="")
    messages = Message.objects.filter(mailing__wave=OuterRef("pk")).exclude(address="")
    return list(
        Wave.objects.filter(
            Exists(contacts) | Exists(messages),
            closes_on__lt=today - timedelta(days=settings.CONTACT_RETENTION_DAYS),
        )
    )
