"""Sending the messages of a mailing, a few at a time, by any number of workers (docs/outreach.md).

A worker takes a message with one atomic UPDATE that raises `attempts`. It then keeps the row locked while the mail
goes over, and notes the outcome in that same transaction. So a message that says `sending` while nobody has it locked
belongs to a worker that died, and what became of it is judged honestly: gone, not gone, or nobody can tell.
"""

import logging
import traceback
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone

from surveys.accounts.delivery import (
    MailNotDelivered,
    MailRefused,
    MailUncertain,
    deliver_now,
    is_delivered,
)
from surveys.outreach.lifecycle.ending import finish_mailing, stop_mailing_of_closed_wave
from surveys.outreach.models import Contact, Mailing, Message
from surveys.outreach.purposes import RULES
from surveys.outreach.texts import compose_letter
from surveys.questionnaire.models import Wave

logger = logging.getLogger(__name__)

Status = Message.Status

# Between taking a message and locking its row a living worker needs far less than this.
CLAIM_SETTLES = timedelta(seconds=10)
PAUSE_AFTER_PROBLEM = timedelta(minutes=1)
# After so many a person has to say that it may be tried again.
MAXIMUM_ATTEMPTS = 10

REFUSED = "De mailserver weigerde dit adres of deze mail."
GIVEN_UP = "De mailserver nam de mail niet aan, ook niet na meer pogingen."
NOT_COMPOSED = "De mail kon niet worden opgemaakt. Neem contact op met de beheerder."
LATER = "De mailserver nam de mail nog niet aan. Wij proberen het opnieuw."
UNCLEAR = "De verbinding brak af tijdens het versturen. De mail is misschien aangekomen."


def send_some(mailing_id: int) -> timedelta | None:
    """Send one batch of the mailing; the time until the next one, None when there is nothing left to do.

    Harmless to call at any time, by several workers at once, and for a mailing that is stopped, finished or gone.
    """
    settle_abandoned(mailing_id)
    if not is_sending(mailing_id):
        return None
    pause = timedelta(0)
    for message_id, attempts in _list_next(mailing_id):
        if not is_sending(mailing_id):
            return None
        if not send_message(message_id, attempts=attempts):
            pause = PAUSE_AFTER_PROBLEM
            break
    return _look_ahead(mailing_id, pause=pause)


def is_sending(mailing_id: int) -> bool:
    """Whether the mailing goes on; that of a wave that was closed meanwhile is stopped here."""
    mailing = (
        Mailing.objects.select_related("wave").filter(pk=mailing_id, status=Mailing.Status.SENDING).first()
    )
    if mailing is None:
        return False
    if mailing.wave.status == Wave.Status.OPEN and timezone.localdate() <= mailing.wave.closes_on:
        return True
    stop_mailing_of_closed_wave(mailing)
    return False


def send_message(message_id: int, *, attempts: int) -> bool:
    """Take the message and send it. False when the mail server had a problem that is not about this one mail.

    `attempts` is how many times it was taken when it was read: who reads the same number first, has it.
    """
    claimed = _claim(message_id, attempts=attempts)
    if claimed is None:
        return True
    message, mail = claimed
    with transaction.atomic():
        own = Message.objects.select_for_update(of=("self",)).filter(
            pk=message.pk, status=Status.SENDING, attempts=message.attempts
        )
        if own.order_by("pk").first() is None:
            logger.info("Message %s was taken over by another worker", message.pk)
            return True
        problem = deliver_now(mail)
        if isinstance(problem, MailUncertain):
            problem = _resolve(problem, message)
        _note_outcome(message, problem=problem)
    return problem is None or isinstance(problem, MailRefused)


def settle_abandoned(mailing_id: int) -> None:
    """Judge the messages that a worker left behind half-way."""
    moment = timezone.now() - CLAIM_SETTLES
    with transaction.atomic():
        abandoned = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            mailing=mailing_id, status=Status.SENDING, claimed_at__lte=moment
        )
        for message in abandoned.order_by("pk"):
            _note_outcome(message, problem=_resolve(MailUncertain("Abandoned"), message), wait=timedelta(0))
            logger.warning("Message %s was left by a worker that stopped: now %s", message.pk, message.status)


def _list_next(mailing_id: int) -> list[tuple[int, int]]:
    mailing = Mailing.objects.get(pk=mailing_id)
    waiting = mailing.messages.filter(status=Status.QUEUED, due_at__lte=timezone.now())
    return list(waiting.order_by("due_at", "pk").values_list("pk", "attempts")[: mailing.batch_size])


@transaction.atomic
def _claim(message_id: int, *, attempts: int) -> tuple[Message, EmailMessage] | None:
    """The message with its mail, for one worker only. None when it need not go, or is somebody else's."""
    now = timezone.now()
    free = Message.objects.filter(pk=message_id, status=Status.QUEUED, attempts=attempts)
    if not free.update(status=Status.SENDING, attempts=F("attempts") + 1, claimed_at=now, outcome=""):
        return None
    message = Message.objects.select_related("mailing__wave", "mailing__started_by", "organisation").get(
        pk=message_id
    )
    if message.contact_id:
        # Who replaces the contact waits, so that no invitation goes to the former address unseen.
        message.contact = Contact.objects.select_for_update().get(pk=message.contact_id)
    rules = RULES[message.mailing.purpose]
    if obstacle := rules.find_obstacle(message):
        _write(message, status=Status.SKIPPED, outcome=obstacle, key=message.released_key)
        return None
    try:
        with transaction.atomic():
            mail = compose_letter(
                message.address,
                recipient_name=message.recipient_name,
                subject=message.mailing.subject,
                body=message.mailing.body,
                values=rules.prepare(message),
                message_id=message.message_id,
            )
            mail.message()  # what no mail can hold, such as a header of two lines, shows here
    except Exception as error:  # noqa: BLE001 - one mail that cannot be made must not keep the others
        place = "".join(traceback.format_tb(error.__traceback__))
        logger.error("Message %s was not composed: %s\n%s", message.pk, type(error).__name__, place)
        _write(message, status=Status.FAILED, outcome=NOT_COMPOSED)
        return None
    return message, mail


def _resolve(problem: MailUncertain, message: Message) -> MailNotDelivered | None:
    """Ask where the mails go whether this one went. What nobody can tell stays uncertain."""
    match is_delivered(message.message_id):
        case True:
            return None
        case False:
            return MailNotDelivered(str(problem))
        case _:
            return problem


def _note_outcome(
    message: Message, *, problem: MailNotDelivered | None, wait: timedelta = PAUSE_AFTER_PROBLEM
) -> None:
    now = timezone.now()
    if problem is None:
        _write(message, status=Status.SENT, outcome="", sent_at=now)
    elif isinstance(problem, MailRefused):
        _write(message, status=Status.FAILED, outcome=REFUSED)
    elif isinstance(problem, MailUncertain):
        _write(message, status=Status.UNCLEAR, outcome=UNCLEAR)
    elif message.attempts % MAXIMUM_ATTEMPTS == 0:
        _write(message, status=Status.FAILED, outcome=GIVEN_UP)
    else:
        _write(message, status=Status.QUEUED, outcome=LATER, due_at=now + wait)


def _write(message: Message, **values: object) -> None:
    for name, value in values.items():
        setattr(message, name, value)
    message.save(update_fields=list(values))


def _look_ahead(mailing_id: int, *, pause: timedelta) -> timedelta | None:
    """When there will be something to do again; finishes a mailing that has nothing left."""
    unfinished = Message.objects.filter(mailing=mailing_id, status__in=Message.UNFINISHED)
    if not unfinished.exists():
        finish_mailing(mailing_id)
        return None
    now = timezone.now()
    due: datetime | None = unfinished.filter(status=Status.QUEUED).aggregate(first=Min("due_at"))["first"]
    return max(pause, (due - now) if due else CLAIM_SETTLES, timedelta(0))
