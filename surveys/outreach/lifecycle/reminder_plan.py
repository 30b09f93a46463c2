"""The only writers of the reminder plan of a wave, and of whom it leaves alone."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Organisation, Person
from surveys.outreach.default_plan import DEFAULT_PLAN, PlannedStep
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.models import ReminderSkip, ReminderStep
from surveys.questionnaire.models import Wave
from surveys.trail.recording import record


@transaction.atomic
def adopt_default_plan(
    wave: Wave, *, by: Person | None = None, at: datetime | None = None
) -> list[ReminderStep]:
    """Raises OutreachRefused for a wave that has a plan."""
    at = at or timezone.now()
    wave = _lock(wave)
    if ReminderStep.objects.filter(wave=wave).exists():
        raise OutreachRefused("Deze meting heeft al een herinneringsplan.")
    steps = [_write(ReminderStep(wave=wave), planned, by=by, at=at) for planned in DEFAULT_PLAN]
    record(wave, "outreach.adopt_plan", by=by, at=at, number=len(steps))
    return steps


@transaction.atomic
def add_step(
    wave: Wave, planned: PlannedStep, *, by: Person | None = None, at: datetime | None = None
) -> ReminderStep:
    """Raises OutreachRefused when there is one for the same people on the same day."""
    at = at or timezone.now()
    wave = _lock(wave)
    _refuse_double(wave, planned)
    step = _write(ReminderStep(wave=wave), planned, by=by, at=at)
    _record_step(step, "outreach.add_step", by=by, at=at)
    return step


@transaction.atomic
def change_step(
    step: ReminderStep, planned: PlannedStep, *, by: Person | None = None, at: datetime | None = None
) -> ReminderStep:
    """Who got this reminder already does not get it again. Raises OutreachRefused as `add_step` does."""
    at = at or timezone.now()
    wave = _lock(step.wave)
    step = _reload(step)
    _refuse_double(wave, planned, besides=step)
    step = _write(step, planned, by=by, at=at)
    _record_step(step, "outreach.change_step", by=by, at=at)
    return step


@transaction.atomic
def remove_step(step: ReminderStep, *, by: Person | None = None, at: datetime | None = None) -> None:
    """Mails of it that are under way still go."""
    _lock(step.wave)
    step = _reload(step)
    _record_step(step, "outreach.remove_step", by=by, at=at or timezone.now())
    step.delete()


@transaction.atomic
def skip_organisation(
    wave: Wave,
    organisation: Organisation,
    *,
    step: ReminderStep | None = None,
    reason: str = "",
    by: Person | None = None,
    at: datetime | None = None,
) -> ReminderSkip:
    """Leave the organisation alone: with this step, or without a step with every reminder of the wave."""
    at = at or timezone.now()
    _lock(wave)
    skip, _ = ReminderSkip.objects.update_or_create(
        wave=wave,
        organisation=organisation,
        step=step,
        defaults={"reason": reason.strip(), "skipped_at": at, "skipped_by": by},
    )
    number = step.pk if step else None
    record(organisation, "outreach.skip", by=by, at=at, wave=wave.code, step=number, reason=skip.reason)
    return skip


@transaction.atomic
def stop_skipping(
    wave: Wave, organisation: Organisation, *, by: Person | None = None, at: datetime | None = None
) -> int:
    """Take the organisation along again with every reminder; returns how many skips that ends."""
    number, _ = ReminderSkip.objects.filter(wave=wave, organisation=organisation).delete()
    if number:
        record(organisation, "outreach.stop_skipping", by=by, at=at or timezone.now(), wave=wave.code)
    return number


def _lock(wave: Wave) -> Wave:
    return Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)


def _reload(step: ReminderStep) -> ReminderStep:
    found = ReminderStep.objects.select_related("wave").filter(pk=step.pk).first()
    if found is None:
        raise OutreachRefused("Deze herinnering staat niet meer in het plan.")
    return found


def _refuse_double(wave: Wave, planned: PlannedStep, *, besides: ReminderStep | None = None) -> None:
    same = ReminderStep.objects.filter(
        wave=wave, deadline=planned.deadline, days_before=planned.days_before, audience=planned.audience
    )
    if (same.exclude(pk=besides.pk) if besides else same).exists():
        raise OutreachRefused("Er is al een herinnering op die dag voor dezelfde organisaties.")


def _write(step: ReminderStep, planned: PlannedStep, *, by: Person | None, at: datetime) -> ReminderStep:
    step.deadline, step.days_before, step.audience = planned.deadline, planned.days_before, planned.audience
    step.purpose, step.is_active = planned.purpose, planned.is_active
    step.edited_at, step.edited_by = at, by
    step.save()
    return step


def _record_step(step: ReminderStep, action: str, *, by: Person | None, at: datetime) -> None:
    record(
        step.wave,
        action,
        by=by,
        at=at,
        step=step.pk,
        deadline=step.deadline,
        days_before=step.days_before,
        audience=step.audience,
        purpose=step.purpose,
        is_active=step.is_active,
    )
