"""What a researcher notes and decides about single mails."""

import pytest
from django.core import mail
from django.utils import timezone

from surveys.outreach.lifecycle.messages import confirm_sent, note_bounce, note_bounces, send_again
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.models import Mailing, Message
from surveys.outreach.queries import find_last_contacts, list_invited_organisations
from surveys.outreach.sending import send_some
from surveys.questionnaire.lifecycle import close_wave
from tests.outreach.factories import ADDRESS, draw_up, invite, make_contact, make_contacts, start
from tests.responses.factories import MEMBER, make_person, make_wave

pytestmark = pytest.mark.django_db
Status = Message.Status


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def rita():
    return make_person("Rita")


@pytest.fixture
def message(wave):
    return invite(wave, make_contact(wave)).messages.get()


def set_status(message, status):
    Message.objects.filter(pk=message.pk).update(status=status, claimed_at=timezone.now())
    message.refresh_from_db()


def test_a_bounce_is_noted_and_the_organisation_needs_another_address(wave, message, rita):
    note_bounce(message, reason="Onbekend adres", by=rita)
    message.refresh_from_db()
    assert (message.status, message.outcome) == (Status.BOUNCED, "Onbekend adres")
    row = next(each for each in list_invited_organisations(wave) if each.code == MEMBER)
    assert row.state == "problem"


def test_a_mail_that_did_not_leave_cannot_come_back(wave, rita):
    message = draw_up(wave, make_contact(wave)).messages.get()
    with pytest.raises(OutreachRefused, match="deze mail is wacht"):
        note_bounce(message, by=rita)


def test_many_bounces_at_once(wave, message, rita):
    addresses = [ADDRESS.upper(), " onbekend@gemeente.example "]
    assert note_bounces(wave, addresses, by=rita) == (1, ["onbekend@gemeente.example"])
    # The same file again notes nothing twice.
    assert note_bounces(wave, addresses, by=rita) == (0, [ADDRESS, "onbekend@gemeente.example"])


@pytest.mark.parametrize("status", [Status.BOUNCED, Status.FAILED, Status.UNCLEAR])
def test_what_did_not_arrive_can_go_again(wave, message, rita, status):
    set_status(message, status)
    former = message.message_id
    send_again(message, by=rita)
    assert Mailing.objects.get().status == "sending"
    send_some(message.mailing_id)
    message.refresh_from_db()
    assert (message.status, len(mail.outbox)) == (Status.SENT, 2)
    # Only what may have arrived is sent as the same mail.
    assert (message.message_id == former) == (status == Status.UNCLEAR)
    assert Mailing.objects.get().status == "done"


def test_what_arrived_does_not_go_again(message, rita):
    with pytest.raises(OutreachRefused, match="verstuurd"):
        send_again(message, by=rita)


def test_nothing_goes_again_when_the_wave_is_closed(wave, message, rita):
    note_bounce(message, by=rita)
    close_wave(wave)
    with pytest.raises(OutreachRefused, match="gesloten"):
        send_again(message, by=rita)


def test_an_uncertain_mail_turns_out_to_have_arrived(message, rita):
    set_status(message, Status.UNCLEAR)
    confirm_sent(message, by=rita)
    message.refresh_from_db()
    assert (message.status, message.sent_at) == (Status.SENT, message.claimed_at)
    with pytest.raises(OutreachRefused):
        confirm_sent(message, by=rita)


def test_the_last_contact_is_the_last_mail_that_left(wave):
    first, second = make_contacts(wave, 2)
    sent = invite(wave, first).messages.get()
    start(wave, second)
    assert find_last_contacts(wave) == {first.organisation_id: sent.sent_at}
