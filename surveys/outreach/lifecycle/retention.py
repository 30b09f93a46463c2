"""Forgetting who was written to, long after a wave: what is counted stays."""

import re
from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from surveys.outreach.models import Contact, Message, ReminderSkip, Reply
from surveys.questionnaire.models import Wave
from surveys.teamwork.lifecycle.inviting_organisations import erase_invited_addresses
from surveys.trail.recording import record

# What a mail server or a researcher wrote about a mail that came back, may hold the address.
ADDRESS = re.compile(r"[^\s<>()\"',;:]+@[^\s<>()\"',;:]+")
ERASED = "(adres gewist)"


@transaction.atomic
def erase_contacts(wave: Wave, *, at: datetime | None = None) -> int:
    """Forget addresses, names and what was written about people; returns how many contacts and mails there were.

    Every contact, mail and reply stays, with its organisation, status, outcome and moments. The hash of an address
    goes too: who has the address could find it again. Running it again does nothing and leaves no line.
    """
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    contacts = Contact.objects.filter(wave=wave).exclude(email="").update(email="", name="")
    messages = Message.objects.filter(mailing__wave=wave).exclude(address="")
    for message in messages.filter(outcome__contains="@").only("outcome"):
        message.outcome = ADDRESS.sub(ERASED, message.outcome)
        message.save(update_fields=["outcome"])
    mails = messages.update(
        address="",
        recipient_name="",
        message_id="",
        key=Concat(Value("erased:"), Cast("pk", CharField())),
    )
    Reply.objects.filter(message__mailing__wave=wave).update(text="", suggested_email="")
    ReminderSkip.objects.filter(wave=wave).update(reason="")
    erase_invited_addresses(wave)
    if contacts or mails:
        record(wave, "outreach.erase", by=None, at=at or timezone.now(), contacts=contacts, mails=mails)
    return contacts + mails
