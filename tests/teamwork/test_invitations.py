"""Inviting and accepting: who gets in, by which link, and how often."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Membership, Person
from surveys.teamwork.access import access_invitation
from surveys.teamwork.lifecycle.invitations import (
    LIMIT,
    LIMIT_PERIOD,
    VALID_FOR,
    accept_as_new_person,
    accept_invitation,
    invite_colleague,
    revoke_invitation,
)
from surveys.teamwork.lifecycle.locking import InvitationClosed, TeamActionRefused
from surveys.teamwork.lifecycle.members import remove_member
from surveys.teamwork.models import Invitation
from surveys.teamwork.queries import list_pending_invitations, load_shared_domains
from surveys.teamwork.tokens import hash_token
from tests.responses.factories import MEMBER, NOW, OTHER_MEMBER, REGION, STRANGER, make_person, make_wave
from tests.teamwork.factories import (
    CONTRIBUTOR,
    COORDINATOR,
    READER,
    get_member,
    get_organisation,
    make_limited,
    read_link,
)

NEW = "nieuw@voorbeeld.example"


@pytest.fixture
def wave(db):
    return make_wave()


@pytest.fixture
def gerda(wave):
    return make_person("Gerda", organisation=MEMBER)


@pytest.fixture
def invite(wave, gerda):
    def send(email=NEW, *, organisation=MEMBER, role=CONTRIBUTOR, by=gerda, at=NOW, **rest):
        return invite_colleague(
            get_organisation(organisation), wave, email=email, role=role, by=by, at=at, **rest
        )

    return send


# --- Who may be invited ---


def test_the_mail_holds_the_only_copy_of_the_link(invite, gerda):
    invitation = invite()
    message = mail.outbox[-1]
    assert message.to == [NEW]
    token = read_link().split("/")[-2]
    assert len(token) >= 40
    assert invitation.token_hash == hash_token(token) != token
    assert token not in str(list(Invitation.objects.values()))
    assert access_invitation(token) == invitation
    html = message.alternatives[0][0]
    assert read_link() in html
    assert "Gerda" in message.body
    assert "Gemeente Leiden" in html


def test_the_mail_names_the_sections_and_nobody_else(invite, gerda):
    make_person("Lea", organisation=MEMBER, role=READER)
    invite(sections=["huisarts"])
    for text in (mail.outbox[-1].body, mail.outbox[-1].alternatives[0][0]):
        assert "Onderdeel huisarts" in text
        assert "Onderdeel toegang" not in text
        assert "Lea" not in text


@pytest.mark.parametrize("email", ["Nieuw@Voorbeeld.EXAMPLE", " nieuw@voorbeeld.example "])
def test_capitals_do_not_make_another_address(invite, email):
    assert invite(email).email == NEW


@pytest.mark.parametrize("email", ["nieuw@elders.example", "nieuw@sub.voorbeeld.example", "nieuw@gmail.com"])
def test_an_address_of_elsewhere_is_refused(invite, gerda, email):
    with pytest.raises(TeamActionRefused, match="Vraag de onderzoekers"):
        invite(email)
    assert not mail.outbox


def test_a_public_mailbox_of_a_member_opens_the_door_to_nobody(invite):
    Membership.objects.create(
        person=Person.objects.create_user("cor@gmail.com"),
        organisation=get_organisation(),
        role=CONTRIBUTOR,
    )
    with pytest.raises(TeamActionRefused):
        invite("vreemd@gmail.com")


def test_a_region_may_invite_people_of_its_municipalities(wave, gerda):
    member = Person.objects.create_user("m@lid.example")
    stranger = Person.objects.create_user("v@vreemd.example")
    gone = Person.objects.create_user("w@weg.example", is_active=False)
    for person, code in [(member, OTHER_MEMBER), (stranger, STRANGER), (gone, MEMBER)]:
        Membership.objects.create(person=person, organisation_id=code, role=READER)
    make_person("Rens", organisation=REGION)
    assert load_shared_domains(get_organisation(REGION), wave=wave) == {"voorbeeld.example", "lid.example"}
    assert load_shared_domains(get_organisation(MEMBER), wave=wave) == {"voorbeeld.example"}


def test_who_is_in_the_team_is_not_invited_again(invite, gerda):
    with pytest.raises(TeamActionRefused, match="hoort al bij uw team"):
        invite(gerda.email.upper())


@pytest.mark.parametrize("role", [CONTRIBUTOR, READER])
def test_only_a_coordinator_invites(invite, role):
    with pytest.raises(TeamActionRefused, match="Alleen een coördinator"):
        invite(by=make_person("Cor", organisation=MEMBER, role=role))


def test_a_coordinator_of_elsewhere_invites_nobody(invite):
    with pytest.raises(TeamActionRefused):
        invite(by=make_person("Vera", organisation=STRANGER))


@pytest.mark.parametrize("sections", [[], ["bestaat-niet"], ["huisarts", "bestaat-niet"]])
def test_sections_that_cannot_be(invite, sections):
    with pytest.raises(TeamActionRefused, match="ten minste één onderdeel"):
        invite(sections=sections)


def test_a_coordinator_sees_everything(invite):
    with pytest.raises(TeamActionRefused, match="hele vragenlijst"):
        invite(role=COORDINATOR, sections=["huisarts"])


def test_no_more_invitations_than_the_limit(invite):
    for number in range(LIMIT):
        invite(f"nieuw{number}@voorbeeld.example")
    with pytest.raises(TeamActionRefused, match="laatste uur"):
        invite("tenminste@voorbeeld.example", at=NOW + LIMIT_PERIOD - timedelta(seconds=1))
    invite("later@voorbeeld.example", at=NOW + LIMIT_PERIOD)


def test_inviting_again_makes_the_earlier_link_useless(invite, wave):
    first = invite()
    second = invite(role=READER)
    assert list_pending_invitations(wave, organisation=get_organisation()) == [second]
    person = Person.objects.create_user(NEW)
    with pytest.raises(InvitationClosed):
        accept_invitation(first, by=person, at=NOW)
    assert accept_invitation(second, by=person, at=NOW).role == READER


# --- Accepting ---


def test_somebody_new_gets_an_account_without_password_and_the_place(invite):
    person = accept_as_new_person(invite(sections=["huisarts"]), first_name="Nico", last_name="Nieuw", at=NOW)
    assert (person.email, str(person)) == (NEW, "Nico Nieuw")
    assert not person.has_usable_password()
    member = get_member(person)
    assert (member.role, member.is_limited, member.may_submit) == (CONTRIBUTOR, True, False)
    assert list(member.assignments.values_list("section", flat=True)) == ["huisarts"]


def test_somebody_with_an_account_is_not_made_twice(invite):
    invitation = invite()
    Person.objects.create_user(NEW)
    with pytest.raises(InvitationClosed):
        accept_as_new_person(invitation, first_name="Nico", last_name="Nieuw", at=NOW)
    assert not Membership.objects.filter(person__email=NEW).exists()


def test_accepting_twice_is_harmless(invite):
    invitation, person = invite(), Person.objects.create_user(NEW)
    first = accept_invitation(invitation, by=person, at=NOW)
    assert accept_invitation(invitation, by=person, at=NOW) == first
    assert person.memberships.count() == 1
    assert ModelLogEntry.objects.filter(action="team.accept").count() == 1


def test_a_used_link_does_not_let_somebody_back_in(invite, gerda):
    invitation, person = invite(), Person.objects.create_user(NEW)
    member = accept_invitation(invitation, by=person, at=NOW)
    remove_member(member, by=gerda)
    with pytest.raises(InvitationClosed):
        accept_invitation(invitation, by=person, at=NOW)
    assert not person.memberships.exists()


def test_the_place_is_for_who_was_invited(invite):
    with pytest.raises(TeamActionRefused, match="ander e-mailadres"):
        accept_invitation(invite(), by=make_person("Iemand"), at=NOW)


def test_an_invitation_expires(invite):
    person = Person.objects.create_user(NEW)
    with pytest.raises(InvitationClosed):
        accept_invitation(invite(), by=person, at=NOW + VALID_FOR)
    assert accept_invitation(invite(), by=person, at=NOW + VALID_FOR - timedelta(seconds=1))


def test_a_revoked_invitation_lets_nobody_in(invite, gerda):
    invitation = invite()
    revoke_invitation(invitation, by=gerda)
    revoke_invitation(invitation, by=gerda)
    with pytest.raises(InvitationClosed):
        accept_as_new_person(invitation, first_name="Nico", last_name="Nieuw", at=NOW)
    assert not Person.objects.filter(email=NEW).exists()
    assert ModelLogEntry.objects.filter(action="team.revoke_invitation").count() == 1


def test_an_accepted_invitation_cannot_be_revoked(invite, gerda):
    invitation = invite()
    accept_as_new_person(invitation, first_name="Nico", last_name="Nieuw", at=NOW)
    with pytest.raises(TeamActionRefused, match="al aangenomen"):
        revoke_invitation(invitation, by=gerda)


def test_the_invitations_of_who_is_removed_stop_working(invite, gerda):
    greta = make_person("Greta", organisation=MEMBER)
    theirs, mine = invite("een@voorbeeld.example", by=greta), invite("twee@voorbeeld.example")
    remove_member(get_member(greta), by=gerda)
    theirs.refresh_from_db()
    mine.refresh_from_db()
    assert theirs.revoked_at
    assert mine.is_pending


# --- Who is a member by the time they accept ---


def join(role, *, is_limited=False):
    person = Person.objects.create_user(NEW)
    Membership.objects.create(
        person=person, organisation=get_organisation(), role=role, is_limited=is_limited
    )
    return person


@pytest.mark.parametrize(
    ("had", "invited", "has"),
    [
        (READER, CONTRIBUTOR, CONTRIBUTOR),
        (CONTRIBUTOR, READER, CONTRIBUTOR),
        (COORDINATOR, READER, COORDINATOR),
        (READER, COORDINATOR, COORDINATOR),
    ],
)
def test_a_role_only_goes_up(invite, had, invited, has):
    invitation = invite(role=invited)
    assert accept_invitation(invitation, by=join(had), at=NOW).role == has


@pytest.mark.parametrize(
    ("was_limited", "sections", "is_limited"),
    [(True, ["huisarts"], True), (True, None, False), (False, ["huisarts"], False)],
)
def test_what_somebody_sees_only_grows(invite, was_limited, sections, is_limited):
    invitation = invite(sections=sections)
    member = accept_invitation(invitation, by=join(CONTRIBUTOR, is_limited=was_limited), at=NOW)
    assert member.is_limited == is_limited
    assert list(member.assignments.values_list("section", flat=True)) == (sections or [])


def test_a_section_somebody_had_already_stays_one(invite, wave, gerda):
    invitation = invite("cor@voorbeeld.example", sections=["huisarts", "toegang"])
    cor = make_limited("Cor", "huisarts", wave=wave, by=gerda)
    member = accept_invitation(invitation, by=cor, at=NOW)
    assert sorted(member.assignments.values_list("section", flat=True)) == ["huisarts", "toegang"]


# --- Handing over by invitation ---


def test_who_accepts_takes_the_place_of_the_coordinator(invite, gerda):
    invitation = invite(hands_over=True)
    assert get_member(gerda).role == COORDINATOR
    person = accept_as_new_person(invitation, first_name="Nico", last_name="Nieuw", at=NOW)
    assert get_member(person).role == COORDINATOR
    assert get_member(gerda).role == CONTRIBUTOR
    assert mail.outbox[-1].to == [gerda.email]
    assert "Nico Nieuw heeft de vragenlijst van u overgenomen" in mail.outbox[-1].body


def test_the_coordinator_who_leaves_is_gone_when_somebody_accepts(invite, gerda):
    invitation = invite(hands_over=True, inviter_leaves=True)
    accept_as_new_person(invitation, first_name="Nico", last_name="Nieuw", at=NOW)
    assert not gerda.memberships.exists()
    assert "U hoort niet meer bij het team" in mail.outbox[-1].body


def test_handing_over_always_makes_a_coordinator(invite):
    assert invite(role=READER, hands_over=True).role == COORDINATOR


def test_who_lost_the_role_meanwhile_loses_nothing_more(invite, gerda):
    invitation = invite(hands_over=True, inviter_leaves=True)
    Membership.objects.filter(person=gerda).update(role=READER)
    accept_as_new_person(invitation, first_name="Nico", last_name="Nieuw", at=NOW)
    assert get_member(gerda).role == READER


# --- What is kept of it ---


def test_the_audit_lines_hold_no_address(invite, gerda):
    revoke_invitation(invite(), by=gerda)
    accept_as_new_person(invite(), first_name="Nico", last_name="Nieuw", at=NOW)
    lines = ModelLogEntry.objects.filter(action__startswith="team.")
    assert sorted(lines.values_list("action", flat=True)) == [
        "team.accept",
        "team.invite",
        "team.invite",
        "team.revoke_invitation",
    ]
    kept = str(list(lines.values("data", "label")))
    assert not re.search(r"@|Nico", kept)
