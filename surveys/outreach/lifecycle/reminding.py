"""Sending the reminders of a day, or one of the plan at once. Doing it again sends nothing again."""

import logging
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.outreach.lifecycle.mailings import (
    Recipient,
    draw_up_mailing,
    refuse_closed_wave,
    start_mailing,
)
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.models import Contact, Mailing, ReminderStep
from surveys.outreach.reminder_queries import (
    describe_step,
    find_busy_addresses,
    list_active_steps,
    load_candidates,
)
from surveys.outreach.reminding import Decision, bring_forward, select_day
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import is_wave_open

logger = logging.getLogger(__name__)

NOBODY = "Niemand krijgt deze herinnering nu. In de vooruitblik staat per organisatie waarom."


@transaction.atomic
def send_due_reminders(*, at: datetime | None = None) -> list[Mailing]:
    """Prepare and start every reminder that is due today, of every open wave; by nobody in particular.

    A reminder whose text cannot be sent keeps none of the others: it is logged, and tried again the next day.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    mailings = []
    for wave in _lock_open_waves():
        steps = list_active_steps(wave) if is_wave_open(wave, today=today) else []
        if not any(step.is_due(today) for step in steps):
            continue
        decisions = select_day(
            today, steps=steps, candidates=load_candidates(wave), busy=find_busy_addresses(today)
        )
        for step in ReminderStep.objects.filter(wave=wave).select_related("wave").order_by("pk"):
            try:
                mailings += _send(step, decisions, by=None, at=at)
            except OutreachRefused as refusal:
                logger.error("Reminder %s of wave %s was not sent: %s", step.pk, wave.code, refusal)
    return mailings


@transaction.atomic
def send_step_now(step: ReminderStep, *, by: Person | None = None, at: datetime | None = None) -> Mailing:
    """Send one reminder of the plan today, by the same rules: who gets it now does not get it on its day.

    Raises OutreachRefused when the wave is not open and when nobody is left to send it to.
    """
    at = at or timezone.now()
    _lock_open_waves()
    step = ReminderStep.objects.select_related("wave").get(pk=step.pk)
    refuse_closed_wave(step.wave)
    sent = _send(step, select_step(step, at=at), by=by, at=at)
    if not sent:
        raise OutreachRefused(NOBODY)
    return sent[0]


def select_step(step: ReminderStep, *, at: datetime) -> list[Decision]:
    """Who would get this reminder if it were sent now, and who would not and why."""
    today = timezone.localdate(at)
    return select_day(
        today,
        steps=[bring_forward(describe_step(step), today=today)],
        candidates=load_candidates(step.wave),
        busy=find_busy_addresses(today),
    )


def _lock_open_waves() -> list[Wave]:
    """One at a time: two workers that remind at once would each think an address free."""
    waves = Wave.objects.select_for_update(no_key=True).filter(status=Wave.Status.OPEN)
    return list(waves.order_by("pk"))


def _send(
    step: ReminderStep, decisions: Collection[Decision], *, by: Person | None, at: datetime
) -> list[Mailing]:
    """The started mailing, or none when nobody gets this step."""
    going = [each for each in decisions if each.goes and each.step and each.step.id == step.pk]
    if not going:
        return []
    contacts = Contact.objects.in_bulk(
        [person.contact_id for each in going for person in each.addressees if person.contact_id]
    )
    with transaction.atomic():
        mailing = draw_up_mailing(
            step.wave,
            purpose=step.purpose,
            occasion=step.occasion,
            recipients=[
                Recipient(
                    each.candidate.code,
                    person.address,
                    person.name,
                    contacts[person.contact_id] if person.contact_id else None,
                )
                for each in going
                for person in each.addressees
            ],
            by=by,
            at=at,
        )
        return [start_mailing(mailing, by=by, at=at)]
