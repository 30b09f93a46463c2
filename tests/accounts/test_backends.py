from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.db import models

from surveys.accounts.models import Person
from tests.accounts.people import make_person

pytestmark = pytest.mark.django_db


def read_columns(person: models.Model) -> dict[str, object]:
    return {field.attname: getattr(person, field.attname) for field in person._meta.concrete_fields}


def find_person(client, person: Person) -> Callable[[], Any]:
    """Who is behind the session of this browser, as every page asks it."""
    client.force_login(person)
    request = type("Request", (), {"session": client.session})()
    return lambda: get_user(request)


def test_who_is_behind_a_session_is_the_whole_person(client):
    person = make_person("gerda@zaanstad.example", last_login=datetime(2026, 1, 2, 3, 4, tzinfo=UTC))

    found = find_person(client, person)()

    person.refresh_from_db()
    assert read_columns(found) == read_columns(person)
    assert (found._state.adding, found._state.db) == (False, "default")


@pytest.mark.parametrize("end", ["switched off", "deleted"])
def test_nobody_is_behind_the_session_of_who_may_no_longer_sign_in(client, end):
    person = make_person("gerda@zaanstad.example")
    find = find_person(client, person)
    assert find() == person

    if end == "deleted":
        Person.objects.filter(pk=person.pk).delete()
    else:
        Person.objects.filter(pk=person.pk).update(is_active=False)

    assert not find().is_authenticated
