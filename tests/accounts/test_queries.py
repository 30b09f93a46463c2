import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.accounts.models import Membership
from surveys.accounts.queries import list_memberships
from tests.accounts.people import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def test_memberships_are_listed_by_name_of_the_organisation_in_one_query() -> None:
    person = make_member(organisation="GM0479")
    make_member("ander@groningen.example", organisation="GM0014")
    Membership.objects.create(person=person, organisation_id="GM0014", role="reader")

    with CaptureQueriesContext(connection) as queries:
        found = [(str(membership.organisation), membership.role) for membership in list_memberships(person)]

    assert found == [("Gemeente Groningen", "reader"), ("Gemeente Zaanstad", "coordinator")]
    assert len(queries) == 1
