"""Several people and workers at the same moment, each with a connection of their own."""

import threading

import pytest
from django.core import mail
from django.db import connection

from surveys.outreach import sending
from surveys.outreach.lifecycle.contacts import ContactDetails, set_contact
from surveys.outreach.lifecycle.mailings import address_contact, draw_up_mailing, stop_mailing
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.models import Contact, Message, Purpose
from surveys.outreach.sending import send_message, send_some
from surveys.outreach.tasks import send_batch
from tests.harness.together import run_together
from tests.outreach.factories import ADDRESS, BATCHES, count, make_contact, make_contacts, start
from tests.responses.factories import MEMBER, make_person, make_wave

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 60


@pytest.fixture(autouse=True)
def _no_other_worker(settings, monkeypatch):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(send_batch, "delay", lambda mailing_id: None)


@pytest.fixture
def wave():
    return make_wave()


def test_workers_at_the_same_mailing_send_every_mail_once(wave):
    mailing = start(wave, *make_contacts(wave, 12))

    def work():
        for _ in range(BATCHES):
            if send_some(mailing.pk) is None:
                break

    run_together(work, work, refusals=OutreachRefused)

    assert count(mailing) == {"sent": 12}
    assert len({each.to[0] for each in mail.outbox}) == len(mail.outbox) == 12


def test_the_same_mailing_drawn_up_twice_reaches_everybody_once(wave):
    contacts = make_contacts(wave, 10)

    def draw_up():
        return draw_up_mailing(wave, purpose=Purpose.INVITATION, recipients=map(address_contact, contacts))

    results = run_together(draw_up, draw_up, refusals=OutreachRefused)

    assert Message.objects.count() == 10
    assert sum(isinstance(each, OutreachRefused) for each in results) == 1


def test_two_people_cannot_both_add_the_contact(wave):
    results = run_together(
        *(lambda n=n: set_contact(wave, ContactDetails(MEMBER, f"{n}@a.example")) for n in "xy"),
        refusals=OutreachRefused,
    )

    assert Contact.objects.filter(is_active=True).count() == 1
    assert sum(isinstance(each, OutreachRefused) for each in results) <= 1


def test_an_address_that_changes_while_workers_send_gets_the_mail_or_its_link_is_dead(wave):
    mailing = start(wave, make_contact(wave))
    message = mailing.messages.get()

    run_together(
        lambda: send_message(message.pk, attempts=0),
        lambda: set_contact(wave, ContactDetails(MEMBER, "ander@gemeente.example")),
        refusals=OutreachRefused,
    )

    (sent,) = mail.outbox
    open_to = set(wave.invitations.filter(revoked_at=None).values_list("email", flat=True))
    assert open_to == (set() if sent.to == [ADDRESS] else {"ander@gemeente.example"})


def test_stopping_does_not_wait_for_a_mail_that_is_going_over(wave, monkeypatch):
    """On SQLite there is one writer at a time: there it waits, see docs/outreach.md."""
    mailing = start(wave, *make_contacts(wave, 3))
    rita = make_person("Rita")
    is_going, is_stopped = threading.Event(), threading.Event()
    deliver = sending.deliver_now

    def deliver_slowly(message):
        is_going.set()
        if connection.features.has_select_for_update:
            assert is_stopped.wait(SECONDS)
        return deliver(message)

    def stop():
        assert is_going.wait(SECONDS)
        stop_mailing(mailing, by=rita)
        is_stopped.set()

    monkeypatch.setattr(sending, "deliver_now", deliver_slowly)
    run_together(lambda: send_some(mailing.pk), stop, refusals=OutreachRefused)

    mailing.refresh_from_db()
    assert len(mail.outbox) == count(mailing)["sent"]
    if connection.features.has_select_for_update:
        assert (mailing.status, count(mailing)) == ("stopped", {"queued": 2, "sent": 1})


def test_a_mail_that_is_going_over_is_not_taken_for_abandoned(wave, monkeypatch):
    """However long the mail server takes: its row is locked."""
    mailing = start(wave, make_contact(wave))
    monkeypatch.setattr(sending, "CLAIM_SETTLES", sending.CLAIM_SETTLES * 0)
    is_going, is_judged = threading.Event(), threading.Event()
    deliver = sending.deliver_now

    def deliver_slowly(message):
        is_going.set()
        if connection.features.has_select_for_update:
            assert is_judged.wait(SECONDS)
        return deliver(message)

    def judge():
        assert is_going.wait(SECONDS)
        sending.settle_abandoned(mailing.pk)
        is_judged.set()

    monkeypatch.setattr(sending, "deliver_now", deliver_slowly)
    run_together(lambda: send_some(mailing.pk), judge, refusals=OutreachRefused)

    assert (count(mailing), len(mail.outbox)) == ({"sent": 1}, 1)
