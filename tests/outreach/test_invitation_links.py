"""From the mail to the survey: who accepts becomes coordinator; "niet voor mij" hands over."""

import pytest
from django.core import mail
from django.test import Client

from surveys.accounts.models import Membership, Person
from surveys.outreach.models import Contact, Message, Reply
from surveys.outreach.sending import send_some
from surveys.questionnaire.lifecycle import close_wave, move_deadline
from surveys.teamwork.lifecycle.inviting_organisations import invite_coordinator
from surveys.teamwork.models import Invitation
from surveys.teamwork.tokens import hash_token
from tests.outreach.factories import ADDRESS, invite, make_contact, read_invitation, read_path
from tests.responses.factories import MEMBER, OTHER_MEMBER, make_person, make_wave, read
from tests.teamwork.factories import get_member, get_organisation

pytestmark = pytest.mark.django_db
NAME = {"first_name": "Nico", "last_name": "Nieuw"}
START = f"/invullen/proef/{MEMBER}/"


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def link(wave):
    invite(wave, make_contact(wave))
    return read_invitation()


@pytest.fixture
def not_for_me(link):
    return read_path(r"/invullen/uitnodiging/[\w-]+/niet-voor-mij/")


def decline(client, url, **sent):
    return client.post(url, {"who": "unknown", "email": "", **sent})


def test_the_mail_says_who_asks_what_by_when(link):
    (message,) = mail.outbox
    assert message.subject == "Vult u de vragenlijst in voor Gemeente Leiden?"
    assert message.body.startswith("Goedendag,")
    assert "Invullen kan tot en met 31 december 2099." in message.body
    html = message.alternatives[0][0]
    assert f'href="http://localhost:8000{link}"' in html


def test_somebody_new_gives_a_name_and_stands_in_front_of_the_survey(client, link):
    assert (
        "De onderzoekers nodigen u uit om namens Gemeente Leiden in te vullen. U wordt coördinator."
        in read(client, link)
    )
    assert client.post(link, NAME).url == START
    person = Person.objects.get(email=ADDRESS)
    assert get_member(person).role == Membership.Role.COORDINATOR
    assert client.get(START).status_code == 200
    assert client.get(link).url == START
    assert Client().get(link).status_code == 410


def test_who_has_an_account_elsewhere_signs_in_first(client, wave):
    gerda = make_person("Gerda", organisation=OTHER_MEMBER)
    invite(wave, make_contact(wave, email=gerda.email))
    link = read_invitation()
    assert f"/account/login/?next={link}" in client.get(link).content.decode()
    client.force_login(gerda)
    assert client.post(link).url == START
    assert get_member(gerda).role == Membership.Role.COORDINATOR
    assert get_member(gerda, OTHER_MEMBER).role == Membership.Role.COORDINATOR


def test_a_reader_who_is_the_contact_becomes_coordinator(client, wave):
    gerda = make_person("Gerda", organisation=MEMBER, role=Membership.Role.READER)
    invite(wave, make_contact(wave, email=gerda.email))
    client.force_login(gerda)
    client.post(read_invitation())
    assert get_member(gerda).role == Membership.Role.COORDINATOR


def test_only_the_hash_of_the_token_is_kept(link):
    invitation, message = Invitation.objects.get(), Message.objects.get()
    token = link.split("/")[-2]
    stored = [str(value) for row in (invitation, message) for value in vars(row).values()]
    assert not any(token in value for value in stored)
    assert invitation.token_hash == hash_token(token)


def test_the_link_lives_as_long_as_the_wave_also_when_the_deadline_moves(client, wave, link):
    day = wave.opens_on
    move_deadline(wave, closes_on=day, preferably_before=None)
    assert client.get(link).status_code == 410
    assert "verlopen" in client.get(link).content.decode()
    move_deadline(wave, closes_on=day.replace(year=2098), preferably_before=None)
    assert client.get(link).status_code == 200
    close_wave(wave)
    assert client.get(link).status_code == 410


def test_of_two_invitations_one_is_enough(client, wave, link):
    """A reminder brings a second link; both mails may be opened."""
    _, token = invite_coordinator(get_organisation(), wave, email=ADDRESS)
    other = f"/invullen/uitnodiging/{token}/"
    client.post(other, NAME)
    assert client.get(link).url == START
    assert Client().get(link).status_code == 410


def test_only_pressing_the_button_declines(client, not_for_me):
    assert "niet voor mij" in read(client, not_for_me)
    client.head(not_for_me)
    assert not Reply.objects.exists()


def test_not_for_me_without_knowing_who(client, link, not_for_me):
    answer = decline(client, not_for_me)
    assert "zoeken uit wie de juiste persoon is" in answer.content.decode()
    reply = Reply.objects.get()
    assert (reply.kind, reply.suggested_email, reply.recorded_by) == ("not_for_me", "", None)
    assert not Contact.objects.filter(is_active=True).exists()
    assert client.get(link).status_code == 410
    assert client.get(not_for_me).status_code == 410
    assert decline(client, not_for_me).status_code == 410


def test_a_colleague_gets_the_invitation_at_once(client, wave, link, not_for_me):
    answer = decline(client, not_for_me, who="known", email="Anders@Gemeente.example")
    assert "krijgt de uitnodiging per e-mail" in answer.content.decode()
    send_some(Message.objects.latest("pk").mailing_id)
    assert [each.to for each in mail.outbox] == [[ADDRESS], ["anders@gemeente.example"]]
    assert Client().get(link).status_code == 410
    assert Client().get(read_invitation()).status_code == 200
    assert Contact.objects.get(is_active=True).email == "anders@gemeente.example"


@pytest.mark.parametrize("email", ["iemand@elders.example", ADDRESS])
def test_any_other_address_waits_for_a_researcher(client, not_for_me, email):
    answer = decline(client, not_for_me, who="known", email=email)
    assert "bekijken het adres" in answer.content.decode()
    assert Reply.objects.get().suggested_email == email
    assert not Contact.objects.filter(is_active=True).exists()
    assert Message.objects.count() == 1


def test_nobody_hands_over_within_a_public_mailbox(client, wave):
    invite(wave, make_contact(wave, email="an@gmail.com"))
    url = read_path(r"/invullen/uitnodiging/[\w-]+/niet-voor-mij/")
    decline(client, url, who="known", email="bo@gmail.com")
    assert not Contact.objects.filter(is_active=True).exists()
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"who": ""}, "Kies of u weet"),
        ({"who": "known"}, "Vul het e-mailadres van de juiste persoon in"),
        ({"who": "known", "email": "geen adres"}, "bijvoorbeeld naam@gemeente.nl"),
        ({"who": "onzin"}, "onzin"),
    ],
)
def test_an_incomplete_answer_is_asked_again(client, not_for_me, sent, words):
    answer = decline(client, not_for_me, **sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Reply.objects.exists()


def test_the_form_is_protected_against_forgery(not_for_me):
    assert decline(Client(enforce_csrf_checks=True), not_for_me).status_code == 403
    assert not Reply.objects.exists()


def test_who_accepted_hands_over_in_the_team_instead(client, link, not_for_me):
    client.post(link, NAME)
    assert "al gebruikt" in client.get(not_for_me).content.decode()


def test_an_invitation_of_a_colleague_cannot_be_declined_here(client, wave):
    invitation, token = invite_coordinator(get_organisation(), wave, email="los@voorbeeld.example")
    assert client.get(f"/invullen/uitnodiging/{token}/niet-voor-mij/").status_code == 404
    assert client.get("/invullen/uitnodiging/onzin/niet-voor-mij/").status_code == 404
    assert invitation.is_pending
