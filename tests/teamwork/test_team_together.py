"""Two people at the very same moment, each with a connection of their own."""

import pytest

from surveys.accounts.models import Membership, Person
from surveys.teamwork.lifecycle.invitations import (
    accept_as_new_person,
    accept_invitation,
    invite_colleague,
)
from surveys.teamwork.lifecycle.locking import TeamActionRefused
from surveys.teamwork.lifecycle.members import remove_member
from surveys.teamwork.models import Invitation
from tests.harness.together import run_together
from tests.responses.factories import MEMBER, make_person, make_wave
from tests.teamwork.factories import CONTRIBUTOR, get_member, get_organisation

pytestmark = pytest.mark.django_db(transaction=True)

NEW = "nieuw@voorbeeld.example"


@pytest.fixture
def wave(transactional_db):
    return make_wave()


@pytest.fixture
def gerda(wave):
    return make_person("Gerda", organisation=MEMBER)


@pytest.fixture
def invitation(wave, gerda):
    return invite_colleague(get_organisation(), wave, email=NEW, role=CONTRIBUTOR, by=gerda)


def list_refused(*jobs):
    """Whether each job was refused, those that were last."""
    outcomes = run_together(*jobs, refusals=TeamActionRefused)
    return sorted(isinstance(each, TeamActionRefused) for each in outcomes)


def test_accepting_twice_at_once_makes_one_person_and_one_membership(invitation):
    def accept():
        accept_as_new_person(invitation, first_name="Nico", last_name="Nieuw")

    assert list_refused(accept, accept, accept) == [False, True, True]
    assert Person.objects.filter(email=NEW).count() == 1
    assert Membership.objects.filter(person__email=NEW).count() == 1


def test_a_known_person_who_accepts_twice_at_once_gets_one_membership(invitation):
    person = Person.objects.create_user(NEW)

    def accept():
        accept_invitation(invitation, by=person)

    assert list_refused(accept, accept, accept) == [False, False, False]
    assert person.memberships.count() == 1


def test_two_coordinators_who_remove_each_other_leave_one(wave, gerda):
    greta = make_person("Greta", organisation=MEMBER)
    first, second = get_member(gerda), get_member(greta)
    refused = list_refused(
        lambda: remove_member(first, by=greta),
        lambda: remove_member(second, by=gerda),
    )
    assert refused == [False, True]
    assert Membership.objects.filter(organisation=MEMBER).count() == 1


def test_the_same_address_invited_twice_at_once_has_one_open_link(wave, gerda):
    def invite():
        invite_colleague(get_organisation(), wave, email=NEW, role=CONTRIBUTOR, by=gerda)

    assert list_refused(invite, invite) == [False, False]
    assert Invitation.objects.filter(revoked_at=None).count() == 1
