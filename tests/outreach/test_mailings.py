"""Putting a mailing together and starting it."""

import pytest
from django.core import mail
from wagtail.log_actions import registry

from surveys.outreach.lifecycle.mailings import (
    discard_mailing,
    resume_mailing,
    start_mailing,
    stop_mailing,
)
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.lifecycle.texts import edit_text
from surveys.outreach.models import Mailing, MailTemplate, Message, Purpose
from surveys.outreach.sending import send_some
from surveys.questionnaire.lifecycle import close_wave, plan_wave
from surveys.questionnaire.models import Wave
from tests.outreach.factories import draw_up, invite, make_contact, start
from tests.responses.factories import make_person, make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def rita():
    return make_person("Rita")


def test_the_log_says_who_did_what_without_an_address(wave, rita):
    mailing = draw_up(wave, make_contact(wave), by=rita)
    start_mailing(mailing, by=rita)
    stop_mailing(mailing, by=rita)
    resume_mailing(mailing, by=rita)
    send_some(mailing.pk)
    lines = registry.get_logs_for_instance(mailing).order_by("pk")
    assert [line.action.removeprefix("outreach.") for line in lines] == [
        "draw_up",
        "start",
        "stop",
        "resume",
        "finish",
    ]
    assert not any("@" in str(line.data) for line in lines)


def test_a_mailing_starts_once(wave, rita):
    mailing = start(wave, make_contact(wave))
    with pytest.raises(OutreachRefused, match="wordt verstuurd"):
        start_mailing(mailing, by=rita)


def test_a_wave_that_is_not_open_sends_nothing(wave, rita):
    contact = make_contact(wave)
    mailing = draw_up(wave, contact)
    close_wave(wave)
    with pytest.raises(OutreachRefused, match="gesloten"):
        start_mailing(mailing, by=rita)
    with pytest.raises(OutreachRefused, match="gesloten"):
        draw_up(Wave.objects.get(), contact)
    planned = plan_wave(
        code="straks",
        title="Straks",
        version=wave.version,
        reference_date=wave.reference_date,
        opens_on=wave.opens_on,
        closes_on=wave.closes_on,
        previous=None,
    )
    with pytest.raises(OutreachRefused, match="nog niet open"):
        draw_up(planned, make_contact(planned))


def test_what_is_thrown_away_can_be_put_ready_again(wave, rita):
    contact = make_contact(wave)
    discard_mailing(draw_up(wave, contact), by=rita)
    assert not Mailing.objects.exists()
    assert not Message.objects.exists()
    draw_up(wave, contact)


def test_what_was_started_cannot_be_thrown_away(wave, rita):
    mailing = start(wave, make_contact(wave))
    with pytest.raises(OutreachRefused):
        discard_mailing(mailing, by=rita)


def test_the_text_is_that_of_the_moment_of_starting(wave, rita):
    mailing = draw_up(wave, make_contact(wave))
    edit_text(wave, purpose=Purpose.INVITATION, subject="Voor {organisatie}", body="Kom: {link}", by=rita)
    start_mailing(mailing, by=rita)
    edit_text(wave, purpose=Purpose.INVITATION, subject="Te laat", body="Kom: {link}", by=rita)
    send_some(mailing.pk)
    assert mail.outbox[0].subject == "Voor Gemeente Leiden"


def test_every_wave_has_its_own_text(wave, rita):
    other = make_wave(code="ander")
    edit_text(wave, purpose=Purpose.INVITATION, subject="Alleen hier", body="{link}", by=rita)
    invite(other, make_contact(other))
    assert mail.outbox[0].subject.startswith("Vult u de vragenlijst in")


def test_a_text_that_cannot_be_sent_is_not_kept(wave, rita):
    with pytest.raises(OutreachRefused) as refusal:
        edit_text(wave, purpose=Purpose.INVITATION, subject="A\nBcc: b@c.example", body="{wie}", by=rita)
    assert len(refusal.value.args) == 3
    assert not MailTemplate.objects.exists()


def test_a_text_that_went_bad_in_the_database_is_not_sent(wave):
    contact = make_contact(wave)
    MailTemplate.objects.create(
        wave=wave, purpose=Purpose.INVITATION, subject="A", body="geen adres", edited_at=wave_time(wave)
    )
    with pytest.raises(OutreachRefused, match="De tekst van de mail klopt niet"):
        draw_up(wave, contact)


def wave_time(wave):
    return wave.contacts.get().added_at


@pytest.mark.parametrize("name", ["An\r\nBcc: b@c.example", "{link}", "<b>An</b>"])
def test_a_name_cannot_change_the_mail(wave, name):
    contact = make_contact(wave, functional=False)
    type(contact).objects.filter(pk=contact.pk).update(name=name)
    contact.refresh_from_db()
    invite(wave, contact)
    (message,) = mail.outbox
    assert message.recipients() == [contact.email]
    assert not message.cc
    assert not message.bcc
    first_line = message.body.partition("\n")[0]
    assert first_line == f"Beste {' '.join(name.split())},"
    assert "<b>" not in message.alternatives[0][0]
