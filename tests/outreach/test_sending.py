"""Sending as a worker does it, without one. With real workers: test_workers.py."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.utils import timezone

from surveys.outreach import sending
from surveys.outreach.lifecycle.contacts import ContactDetails, set_contact
from surveys.outreach.lifecycle.mailings import resume_mailing, stop_mailing
from surveys.outreach.models import Mailing, Message
from surveys.outreach.sending import CLAIM_SETTLES, MAXIMUM_ATTEMPTS, send_message, send_some
from surveys.outreach.tasks import resume_sending, send_batch
from surveys.questionnaire.lifecycle import close_wave
from tests.outreach.factories import (
    ADDRESS,
    count,
    draw_up,
    invite,
    leave_half_way,
    make_contact,
    make_contacts,
    send_all,
    start,
)
from tests.responses.factories import MEMBER, make_person, make_wave

pytestmark = pytest.mark.django_db
Status = Message.Status


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def wave():
    return make_wave()


class Server(locmem.EmailBackend):
    """Does what `problem` says, after taking the mail or instead of it; `taken` is what it would tell."""

    problem: Exception | None = None
    takes_first = False

    def send_messages(self, messages):
        if type(self).problem is None or self.takes_first:
            super().send_messages(messages)
        if type(self).problem:
            raise type(self).problem
        return len(messages)


class TellingServer(Server):
    """As the folder of the demo: can say which mails it took."""

    def has_taken(self, message_id):
        return any(message_id == message.extra_headers["Message-ID"] for message in mail.outbox)


@pytest.fixture
def server(settings, monkeypatch):
    settings.DELIVERY_EMAIL_BACKEND = f"{__name__}.Server"

    def behave(problem=None, *, takes_first=False, tells=False):
        settings.DELIVERY_EMAIL_BACKEND = f"{__name__}.{'TellingServer' if tells else 'Server'}"
        monkeypatch.setattr(Server, "problem", problem)
        monkeypatch.setattr(Server, "takes_first", takes_first)

    return behave


def make_due(mailing):
    mailing.messages.update(due_at=timezone.now() - timedelta(minutes=1))


def pass_time(mailing):
    mailing.messages.filter(status=Status.SENDING).update(
        claimed_at=timezone.now() - CLAIM_SETTLES - timedelta(seconds=1)
    )


def test_everybody_gets_one_mail_and_the_mailing_is_done(wave):
    mailing = invite(wave, *make_contacts(wave, 3))

    assert mailing.status == Mailing.Status.DONE
    assert count(mailing) == {"sent": 3}
    assert sorted(each.to[0] for each in mail.outbox) == sorted(
        mailing.messages.values_list("address", flat=True)
    )
    assert all(each.sent_at and each.attempts == 1 for each in mailing.messages.all())


def test_a_batch_is_as_large_as_it_may_be(wave):
    mailing = start(wave, *make_contacts(wave, 5), batch_size=2)

    assert send_some(mailing.pk) == timedelta(0)
    assert len(mail.outbox) == 2
    assert send_some(mailing.pk) == timedelta(0)
    assert send_some(mailing.pk) is None
    assert len(mail.outbox) == 5


def test_a_draft_sends_nothing(wave):
    mailing = draw_up(wave, make_contact(wave))

    assert send_some(mailing.pk) is None
    assert mail.outbox == []


def test_a_mailing_that_is_gone_is_no_problem():
    assert send_some(404) is None


def test_stopping_in_the_middle_of_a_batch_keeps_the_rest(wave, monkeypatch):
    mailing = start(wave, *make_contacts(wave, 4))
    person = make_person("Rita")
    deliver = sending.deliver_now

    def deliver_and_stop(message):
        problem = deliver(message)
        if len(mail.outbox) == 2:
            stop_mailing(mailing, by=person)
        return problem

    monkeypatch.setattr(sending, "deliver_now", deliver_and_stop)
    assert send_some(mailing.pk) is None
    assert count(mailing) == {"queued": 2, "sent": 2}

    resume_mailing(mailing, by=person)
    assert send_some(mailing.pk) is None
    assert count(mailing) == {"sent": 4}
    assert len({each.to[0] for each in mail.outbox}) == len(mail.outbox) == 4


def test_a_wave_that_closes_stops_its_mailings(wave):
    mailing = start(wave, *make_contacts(wave, 2))
    close_wave(wave)

    assert send_some(mailing.pk) is None

    mailing.refresh_from_db()
    assert (mailing.status, mailing.stop_reason) == (Mailing.Status.STOPPED, "De meting is gesloten.")
    assert mail.outbox == []


def test_two_workers_that_read_the_same_message_send_it_once(wave):
    mailing = start(wave, make_contact(wave))
    message = mailing.messages.get()

    assert send_message(message.pk, attempts=0)
    assert send_message(message.pk, attempts=0)

    assert len(mail.outbox) == 1


def test_a_worker_that_lost_its_message_before_sending_sends_nothing(wave, monkeypatch):
    mailing = start(wave, make_contact(wave))
    claim = sending._claim

    def claim_and_lose(message_id, *, attempts):
        claimed = claim(message_id, attempts=attempts)
        Message.objects.update(attempts=7)
        return claimed

    monkeypatch.setattr(sending, "_claim", claim_and_lose)
    send_message(mailing.messages.get().pk, attempts=0)

    assert mail.outbox == []
    assert mailing.messages.get().status == Status.SENDING


@pytest.mark.parametrize(("went", "expected", "mails"), [(True, "sent", 1), (False, "sent", 1)])
def test_what_a_dead_worker_left_is_asked_where_the_mails_go(wave, server, went, expected, mails):
    server(tells=True)
    mailing = start(wave, make_contact(wave))
    message = mailing.messages.get()
    if went:
        send_message(message.pk, attempts=0)
        message.refresh_from_db()
    leave_half_way(message)
    pass_time(mailing)

    send_all(mailing)

    assert (mailing.messages.get().status, len(mail.outbox)) == (expected, mails)


def test_what_nobody_can_tell_is_left_to_a_person(wave, server):
    server()
    mailing = start(wave, make_contact(wave))
    leave_half_way(mailing.messages.get())
    pass_time(mailing)

    assert send_some(mailing.pk) is None

    message = mailing.messages.get()
    assert (message.status, mail.outbox) == (Status.UNCLEAR, [])
    assert "misschien aangekomen" in message.outcome


def test_a_worker_that_took_a_message_just_now_is_left_alone(wave):
    mailing = start(wave, make_contact(wave))
    leave_half_way(mailing.messages.get())

    assert send_some(mailing.pk) == CLAIM_SETTLES
    assert mailing.messages.get().status == Status.SENDING


REFUSED = SMTPRecipientsRefused({"jeugd@gemeente.example": (550, b"jeugd@gemeente.example unknown")})
BUSY = SMTPRecipientsRefused({"jeugd@gemeente.example": (451, b"greylisted")})


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (REFUSED, Status.FAILED),
        (SMTPDataError(554, b"spam"), Status.FAILED),
        (BUSY, Status.QUEUED),
        (SMTPDataError(451, b"later"), Status.QUEUED),
        (SMTPServerDisconnected("gone"), Status.UNCLEAR),
        (TimeoutError(), Status.UNCLEAR),
    ],
)
def test_what_the_server_says_decides(wave, server, caplog, problem, status):
    server(problem)
    mailing = start(wave, make_contact(wave))

    send_some(mailing.pk)

    message = mailing.messages.get()
    assert message.status == status
    assert message.outcome
    assert ADDRESS not in caplog.text


def test_a_server_that_is_down_is_tried_again_a_minute_later(wave, server):
    server(BUSY)
    mailing = start(wave, *make_contacts(wave, 3))

    assert send_some(mailing.pk) == sending.PAUSE_AFTER_PROBLEM
    # One problem is enough: the other mails do not spend their attempts on it.
    assert sorted(mailing.messages.values_list("attempts", flat=True)) == [0, 0, 1]

    server()
    make_due(mailing)
    assert send_some(mailing.pk) is None
    assert count(mailing) == {"sent": 3}


def test_trying_again_comes_to_an_end(wave, server):
    server(BUSY)
    mailing = start(wave, make_contact(wave))
    for _ in range(MAXIMUM_ATTEMPTS):
        make_due(mailing)
        send_some(mailing.pk)

    assert mailing.messages.get().status == Status.FAILED
    mailing.refresh_from_db()
    assert mailing.status == Mailing.Status.DONE


def test_a_connection_that_broke_after_the_mail_was_taken_is_no_second_mail(wave, server):
    server(SMTPServerDisconnected("gone"), takes_first=True, tells=True)
    mailing = start(wave, make_contact(wave))

    assert send_some(mailing.pk) is None
    assert (count(mailing), len(mail.outbox)) == ({"sent": 1}, 1)


def test_the_same_mail_has_the_same_message_id_every_time(wave, server):
    server(BUSY, takes_first=True)
    mailing = start(wave, make_contact(wave))
    for _ in range(2):
        make_due(mailing)
        send_some(mailing.pk)

    ids = {each.extra_headers["Message-ID"] for each in mail.outbox}
    assert ids == {mailing.messages.get().message_id}


def test_an_address_that_changed_meanwhile_gets_the_mail_and_the_former_does_not(wave):
    mailing = start(wave, make_contact(wave))
    set_contact(wave, ContactDetails(MEMBER, "ander@gemeente.example", "Ans de Vries"))

    send_some(mailing.pk)

    (message,) = mail.outbox
    assert message.to == ["ander@gemeente.example"]
    assert message.body.startswith("Beste Ans de Vries,")
    assert mailing.messages.get().address == "ander@gemeente.example"


def test_a_mail_that_cannot_be_made_does_not_keep_the_others(wave):
    first, second = make_contacts(wave, 2)
    mailing = start(wave, first, second)
    # Past every check, straight into the database.
    Message.objects.filter(contact=first).update(address="een@gemeente.example\nBcc: twee@gemeente.example")
    type(first).objects.filter(pk=first.pk).update(email="een@gemeente.example\nBcc: twee@gemeente.example")

    assert send_some(mailing.pk) is None

    assert [each.to for each in mail.outbox] == [[second.email]]
    assert mailing.messages.get(contact=first).status == Status.FAILED
    # Nor is there an invitation that nobody has.
    assert mailing.wave.invitations.count() == 1


def test_the_task_queues_what_is_left(wave, monkeypatch):
    mailing = start(wave, *make_contacts(wave, 3), batch_size=2)
    queued = []
    monkeypatch.setattr(send_batch, "apply_async", lambda args, countdown: queued.append((args, countdown)))

    send_batch(mailing.pk)
    send_batch(mailing.pk)

    assert queued == [([mailing.pk], 0)]
    assert count(mailing) == {"sent": 3}


def test_a_starting_worker_finds_what_was_going_on(wave, monkeypatch):
    contacts = make_contacts(wave, 3)
    going_on = start(wave, contacts[0])
    abandoned = start(wave, contacts[1])
    leave_half_way(abandoned.messages.get())
    stop_mailing(abandoned, by=make_person("Rita"))
    draw_up(wave, contacts[2])
    queued = []
    monkeypatch.setattr(send_batch, "delay", queued.append)

    resume_sending()

    assert sorted(queued) == [going_on.pk, abandoned.pk]


def test_by_itself_only_what_fell_silent_goes_on(wave, monkeypatch):
    now = timezone.now()
    contacts = make_contacts(wave, 2)
    silent, going_on = start(wave, contacts[0]), start(wave, contacts[1])
    leave_half_way(silent.messages.get(), at=now - timedelta(minutes=11))
    leave_half_way(going_on.messages.get(), at=now - timedelta(minutes=9))
    queued = []
    monkeypatch.setattr(send_batch, "delay", queued.append)

    resume_sending(quiet_minutes=10)

    assert queued == [silent.pk]
