"""What a researcher notes or decides about a mail that left, or of which nobody knows whether it did."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.outreach.lifecycle.mailings import make_message_id, refuse_closed_wave, set_sending
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.models import Mailing, Message
from surveys.questionnaire.models import Wave
from surveys.trail.recording import record

Status = Message.Status
CAN_BOUNCE = (Status.SENT, Status.UNCLEAR)
CAN_GO_AGAIN = (Status.FAILED, Status.BOUNCED, Status.UNCLEAR)
BOUNCED = "De mail kwam terug."


@transaction.atomic
def note_bounce(
    message: Message, *, reason: str = "", by: Person | None = None, at: datetime | None = None
) -> Message:
    """Raises OutreachRefused for a mail that did not leave."""
    message = _lock(message, allowed=CAN_BOUNCE)
    message.status, message.outcome = Status.BOUNCED, reason.strip() or BOUNCED
    message.save(update_fields=["status", "outcome"])
    record(message.organisation, "outreach.note_bounce", by=by, at=at or timezone.now())
    return message


@transaction.atomic
def note_bounces(
    wave: Wave, addresses: Collection[str], *, by: Person | None = None, at: datetime | None = None
) -> tuple[int, list[str]]:
    """Note that mail to these addresses came back: of each the last one that left in this wave.

    Returns how many were noted, and the addresses to which no mail left or whose mail had come back already.
    """
    wanted = {address.strip().lower() for address in addresses}
    sent = Message.objects.filter(mailing__wave=wave, address__in=wanted, status__in=CAN_BOUNCE)
    last = {message.address: message for message in sent.order_by("sent_at", "pk")}
    for message in last.values():
        note_bounce(message, by=by, at=at)
    return len(last), sorted(wanted - last.keys())


@transaction.atomic
def confirm_sent(message: Message, *, by: Person, at: datetime | None = None) -> Message:
    """The researcher knows that an uncertain mail arrived. Raises OutreachRefused for any other mail."""
    at = at or timezone.now()
    message = _lock(message, allowed=(Status.UNCLEAR,))
    message.status, message.outcome, message.sent_at = Status.SENT, "", message.claimed_at
    message.save(update_fields=["status", "outcome", "sent_at"])
    record(message.organisation, "outreach.settle", by=by, at=at)
    return message


@transaction.atomic
def send_again(message: Message, *, by: Person, at: datetime | None = None) -> Message:
    """Send a mail that did not arrive, or of which nobody knows, once more to the same address.

    An uncertain one keeps its Message-ID, by which many mail servers know a mail that they have. Raises
    OutreachRefused for a mail that arrived or still waits, and when the wave is not open.
    """
    at = at or timezone.now()
    message = _lock(message, allowed=CAN_GO_AGAIN)
    refuse_closed_wave(message.mailing.wave)
    if message.status != Status.UNCLEAR:
        message.message_id = make_message_id(message.key, attempts=message.attempts)
    message.status, message.outcome, message.due_at = Status.QUEUED, "", at
    message.save(update_fields=["status", "outcome", "due_at", "message_id"])
    mailing = Mailing.objects.select_for_update().get(pk=message.mailing_id)
    if mailing.status == Mailing.Status.DONE:
        set_sending(mailing)
    record(message.organisation, "outreach.send_again", by=by, at=at)
    return message


def _lock(message: Message, *, allowed: Collection[str]) -> Message:
    messages = Message.objects.select_for_update(of=("self",)).select_related("mailing__wave", "organisation")
    locked = messages.get(pk=message.pk)
    if locked.status not in allowed:
        raise OutreachRefused(f"Dit kan niet: deze mail is {locked.get_status_display()}.")
    return locked
