"""Two workers that remind at the very same moment, and a real one that sends what was prepared."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.utils import timezone

from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.lifecycle.reminder_plan import add_step
from surveys.outreach.lifecycle.reminding import send_due_reminders, send_step_now
from surveys.outreach.models import Mailing, Message
from surveys.outreach.tasks import send_batch
from tests.harness.together import run_together
from tests.harness.worker import run_worker
from tests.outreach.factories import make_contacts
from tests.outreach.reminders import DAY, FINISH, at
from tests.responses.factories import make_person, make_response, make_wave

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = 5


@pytest.fixture
def step(monkeypatch):
    """Five organisations that started, each with a coordinator; no broker is told to send."""
    monkeypatch.setattr(send_batch, "delay", lambda mailing_id: None)
    wave = make_wave()
    for contact in make_contacts(wave, NUMBER):
        make_person(f"Ans-{contact.organisation_id}", organisation=contact.organisation_id)
        make_response(wave, contact.organisation_id)
    return add_step(wave, FINISH)


def test_two_daily_tasks_at_once_prepare_one_mailing(step):
    first, second = run_together(
        lambda: send_due_reminders(at=at(DAY)), lambda: send_due_reminders(at=at(DAY))
    )
    assert len(first) + len(second) == 1
    assert Message.objects.count() == NUMBER


def test_a_researcher_and_the_daily_task_at_once_mail_nobody_twice(step):
    def send_now():
        try:
            return [send_step_now(step, at=at(DAY))]
        except OutreachRefused:
            return []

    first, second = run_together(lambda: send_due_reminders(at=at(DAY)), send_now)
    assert len(first) + len(second) == 1
    assert Message.objects.count() == NUMBER


def test_a_real_worker_sends_every_reminder_once(step, tmp_path):
    wave = step.wave
    wave.closes_on = timezone.localdate() + timedelta(days=step.days_before)
    wave.save(update_fields=["closes_on"])
    assert len(send_due_reminders()) == 1
    assert send_due_reminders() == []
    with run_worker(tmp_path, name="first") as worker:
        worker.wait_until(lambda: Mailing.objects.get().status == Mailing.Status.DONE)
    mails = [
        message_from_bytes(path.read_bytes(), policy=default) for path in (tmp_path / "mail").glob("*.eml")
    ]
    assert sorted(each["To"] for each in mails) == sorted(Message.objects.values_list("address", flat=True))
    assert len(mails) == NUMBER
    assert send_due_reminders() == []
