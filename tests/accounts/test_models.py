import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from surveys.accounts.models import Membership, Organisation, Person
from tests.accounts.people import PASSWORD, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def test_an_address_is_kept_and_found_in_lower_case() -> None:
    make_person(" Gerda@Zaanstad.Example ")

    assert Person.objects.get().email == "gerda@zaanstad.example"
    assert Person.objects.filter(email="GERDA@zaanstad.example").exists()
    assert authenticate(None, email="Gerda@zaanstad.example", password=PASSWORD)


def test_the_same_address_in_other_capitals_is_the_same_person() -> None:
    make_person("gerda@zaanstad.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_person("Gerda@Zaanstad.example")


def test_a_person_without_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match="e-mail"):
        Person.objects.create_user("")


def test_a_superuser_can_be_made_on_the_command_line() -> None:
    person = Person.objects.create_superuser("root@vereniging.example", PASSWORD)

    assert person.is_superuser
    assert person.check_password(PASSWORD)


def test_a_person_is_called_by_name_and_else_by_address() -> None:
    assert str(Person(first_name="Gerda", last_name="Smit", email="g@z.example")) == "Gerda Smit"
    assert str(Person(email="g@z.example")) == "g@z.example"


def test_an_organisation_is_either_a_municipality_or_a_region() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(
            code="GM0014", name="Beide", kind="municipality", municipality_id="GM0014", youth_region_id="JZ01"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(code="GM0014", name="Geen", kind="municipality")


def test_a_person_is_in_an_organisation_once() -> None:
    person, organisation = make_person(), Organisation.objects.get(pk="GM0479")
    Membership.objects.create(person=person, organisation=organisation, role="reader")

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=person, organisation=organisation, role="coordinator")
