"""People for the tests of accounts."""

from typing import Any

from django.contrib.auth.models import Group

from surveys.accounts.lifecycle import ensure_roles
from surveys.accounts.models import Membership, Organisation, Person

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
    Membership.objects.create(person=person, organisation=make_organisation(organisation), role=role)
    return person


def make_organisation(code: str) -> Organisation:
    """A municipality of the shipped territory."""
    organisation, _ = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "name": {"GM0479": "Zaanstad", "GM0014": "Groningen"}[code],
            "kind": Organisation.Kind.MUNICIPALITY,
            "municipality_id": code,
        },
    )
    return organisation


def make_administrator(role: str, *, email: str = "otto@vereniging.example") -> Person:
    ensure_roles()
    person = make_person(email, first_name="Otto", last_name="Berg")
    person.groups.add(Group.objects.get(name=role))
    return person
