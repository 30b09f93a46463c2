"""A team of one municipality and what belongs to it, on top of the small survey of tests/responses."""

import re

from django.core import mail
from django.test import Client

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.models import Wave
from surveys.teamwork.lifecycle.members import assign_sections
from tests.responses.factories import MEMBER, make_person

COORDINATOR, CONTRIBUTOR, READER = Membership.Role
START = f"/invullen/proef/{MEMBER}/"
TEAM = f"{START}samenwerken/"


def open_browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def get_member(person: Person, organisation: str = MEMBER) -> Membership:
    return Membership.objects.select_related("organisation", "person").get(
        person=person, organisation=organisation
    )


def get_organisation(code: str = MEMBER) -> Organisation:
    return Organisation.objects.get(pk=code)


def make_limited(
    name: str, *sections: str, wave: Wave, by: Person, role: str = CONTRIBUTOR, organisation: str = MEMBER
) -> Person:
    """Somebody who sees only these sections."""
    person = make_person(name, organisation=organisation, role=role)
    assign_sections(get_member(person, organisation), wave, sections=sections, is_limited=True, by=by)
    return person


def read_link(position: int = -1) -> str:
    """The path of the invitation in a mail that was sent, by default in the last one."""
    found = re.search(r"/invullen/uitnodiging/[\w-]+/", mail.outbox[position].body)
    assert found is not None
    return found[0]
