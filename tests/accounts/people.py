"""People for the tests of accounts."""

from typing import Any

from django.contrib.auth.models import Group

from surveys.accounts.lifecycle import ensure_roles
from surveys.accounts.models import Membership, Person

PASSWORD = "een geheim van vier woorden"


def make_person(email: str = "gerda@zaanstad.example", **extra: Any) -> Person:
    return Person.objects.create_user(email, PASSWORD, **{"first_name": "Gerda", "last_name": "Smit"} | extra)


def make_member(
    email: str = "gerda@zaanstad.example",
    *,
    organisation: str = "GM0479",
    role: str = Membership.Role.COORDINATOR,
) -> Person:
    person = make_person(email)
    Membership.objects.create(person=person, organisation_id=organisation, role=role)
    return person


def make_administrator(role: str, *, email: str = "otto@vereniging.example") -> Person:
    ensure_roles()
    person = make_person(email, first_name="Otto", last_name="Berg")
    person.groups.add(Group.objects.get(name=role))
    return person
