"""The link in the mail, opened by whom it is for, by somebody else, and when it no longer works."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from surveys.accounts.models import Membership, Person
from surveys.questionnaire.models import Wave
from surveys.teamwork.lifecycle.invitations import VALID_FOR, invite_colleague, revoke_invitation
from surveys.teamwork.models import Invitation
from tests.responses.factories import MEMBER, make_person, make_wave, read
from tests.teamwork.factories import CONTRIBUTOR, START, get_member, get_organisation, open_browser, read_link

NEW = "nieuw@voorbeeld.example"
NAME = {"first_name": "Nico", "last_name": "Nieuw"}
UNKNOWN = "/invullen/uitnodiging/niet-van-ons/"


@pytest.fixture
def gerda(db):
    make_wave()
    return make_person("Gerda", organisation=MEMBER)


@pytest.fixture
def invitation(gerda):
    return send(gerda)


@pytest.fixture
def link(invitation):
    return read_link()


def send(gerda, **rest):
    return invite_colleague(
        get_organisation(), Wave.objects.get(), email=NEW, role=CONTRIBUTOR, by=gerda, **rest
    )


def test_somebody_new_gives_a_name_and_is_in(link, client):
    assert "Gerda nodigt u uit. U wordt invuller." in read(client, link)
    assert not Person.objects.filter(email=NEW).exists()
    sent = client.post(link, NAME)
    assert sent.url == START
    person = Person.objects.get(email=NEW)
    assert (str(person), person.has_usable_password()) == ("Nico Nieuw", False)
    assert get_member(person).role == CONTRIBUTOR
    assert client.get(START).status_code == 200


def test_only_pressing_the_button_accepts(link, client, invitation):
    client.get(link)
    client.head(link)
    invitation.refresh_from_db()
    assert invitation.is_pending


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Vul uw voornaam in."),
        ({"first_name": "Nico"}, "Vul uw achternaam in."),
        ({"first_name": "N" * 151, "last_name": "Nieuw"}, "150"),
        ({"first_name": "N\x00", "last_name": "Nieuw"}, "Null"),
    ],
)
def test_without_a_name_nobody_is_made(link, client, sent, message):
    answer = client.post(link, sent)
    assert answer.status_code == 422
    assert message.lower() in answer.content.decode().lower()
    assert not Person.objects.filter(email=NEW).exists()


def test_the_form_is_protected_against_forgery(link):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, NAME).status_code == 403
    assert not Person.objects.filter(email=NEW).exists()


def test_who_has_an_account_signs_in_first_and_comes_back(link, client):
    person = Person.objects.create_user(NEW)
    page = client.get(link).content.decode()
    assert f"/account/login/?next={link}" in page
    assert client.post(link, NAME).status_code == 200
    assert not person.memberships.exists()
    client.force_login(person)
    assert "Uitnodiging aannemen" in read(client, link)
    assert client.post(link).url == START
    assert get_member(person).role == CONTRIBUTOR


def test_accepting_again_leads_to_the_survey(link, client):
    client.post(link, NAME)
    assert client.post(link).url == START
    assert client.get(link).url == START
    assert Membership.objects.filter(person__email=NEW).count() == 1


def test_somebody_with_another_address_is_told_to_sign_in_with_that_one(link, gerda, invitation):
    client = open_browser(make_person("Iemand"))
    for answer in (client.get(link), client.post(link)):
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "Deze uitnodiging is voor een ander adres" in page
        assert NEW not in page
        assert "Leiden" not in page
    invitation.refresh_from_db()
    assert invitation.is_pending


def expire(invitation, gerda):
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())


def revoke(invitation, gerda):
    revoke_invitation(invitation, by=gerda)


def use(invitation, gerda):
    Client().post(read_link(), NAME)


@pytest.mark.parametrize(
    ("close", "message"), [(expire, "verlopen"), (revoke, "ingetrokken"), (use, "al gebruikt")]
)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_closed_invitation_says_why_and_nothing_else(invitation, gerda, close, message, is_signed_in):
    link = read_link()
    close(invitation, gerda)
    people = Person.objects.count()
    visitor = open_browser(make_person("Iemand")) if is_signed_in else Client()
    for answer in (visitor.get(link), visitor.post(link, NAME)):
        page = answer.content.decode()
        assert answer.status_code == 410
        assert f"Deze uitnodiging is {message}" in page
        for secret in (NEW, "Leiden", "Gerda", "Nico"):
            assert secret not in page
    assert Person.objects.count() == people + is_signed_in


def test_a_link_that_never_was(gerda, client):
    for answer in (client.get(UNKNOWN), client.post(UNKNOWN, NAME), open_browser(gerda).get(UNKNOWN)):
        assert answer.status_code == 404
        assert "Deze uitnodiging bestaat niet" in answer.content.decode()


def test_an_invitation_that_was_just_valid(gerda):
    send(gerda, at=timezone.now() - VALID_FOR)
    assert Client().get(read_link()).status_code == 410


def test_taking_over_by_invitation(gerda, client):
    send(gerda, hands_over=True, inviter_leaves=True)
    link = read_link()
    assert "Neemt u deze vragenlijst over?" in read(client, link)
    assert client.post(link, NAME).url == START
    assert not gerda.memberships.exists()
    assert mail.outbox[-1].to == [gerda.email]


def test_the_page_is_not_kept_anywhere(link, client):
    assert "no-store" in client.get(link)["Cache-Control"]
