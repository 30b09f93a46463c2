"""How a mailing ends by itself, called by the worker that sees it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.outreach.models import Mailing, Message
from surveys.trail.recording import record

WAVE_CLOSED = "De meting is gesloten."


@transaction.atomic
def finish_mailing(mailing_id: int, *, at: datetime | None = None) -> None:
    """Nothing happens to a mailing that was stopped or finished meanwhile."""
    mailing = Mailing.objects.select_for_update().get(pk=mailing_id)
    if mailing.status != Mailing.Status.SENDING:
        return
    mailing.status, mailing.finished_at = Mailing.Status.DONE, at or timezone.now()
    mailing.save(update_fields=["status", "finished_at"])
    sent = mailing.messages.filter(status=Message.Status.SENT).count()
    record(mailing, "outreach.finish", by=None, at=mailing.finished_at, sent=sent)


@transaction.atomic
def stop_mailing_of_closed_wave(mailing: Mailing) -> None:
    mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if mailing.status != Mailing.Status.SENDING:
        return
    mailing.status, mailing.stop_reason = Mailing.Status.STOPPED, WAVE_CLOSED
    mailing.stopped_at, mailing.stopped_by = timezone.now(), None
    mailing.save(update_fields=["status", "stop_reason", "stopped_at", "stopped_by"])
    record(mailing, "outreach.stop", by=None, at=mailing.stopped_at)
