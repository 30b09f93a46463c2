"""Whoever reads answers in the administration leaves a line in the trail, at every address that shows them."""

import pytest
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Person
from surveys.downloads.models import ExportJob
from tests.contracts.examples import PEOPLE, make_examples
from tests.contracts.permission_matrix import MATRIX
from tests.contracts.raw_answers import (
    NOT_RECORDED,
    OTHER_EXAMPLES,
    PARTS_WITHOUT_ANSWERS,
    RECORDED,
)

ADDRESSES = [row for row in MATRIX if row.route.startswith("beheer/")]


def is_in_part_without_answers(route):
    return any(route.startswith(part) for part in PARTS_WITHOUT_ANSWERS)


def test_every_address_of_the_administration_says_whether_it_shows_answers():
    routes = {row.route for row in ADDRESSES}
    chosen = RECORDED.keys() | NOT_RECORDED.keys()
    assert {route for route in routes - chosen if not is_in_part_without_answers(route)} == set(), (
        "does it show answers? Say so in raw_answers.py"
    )
    assert chosen - routes == set(), "these addresses no longer exist"
    assert RECORDED.keys() & NOT_RECORDED.keys() == set()
    assert [route for route in chosen if is_in_part_without_answers(route)] == []
    assert [part for part in PARTS_WITHOUT_ANSWERS if not any(row.startswith(part) for row in routes)] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_database")
def test_reading_answers_leaves_a_line_and_reading_anything_else_does_not(client):
    values = make_examples()
    # A file with raw answers, and a text that nobody has settled or decided on.
    ExportJob.objects.filter(pk=values["job"]).update(content=ExportJob.Content.RESPONSES)
    researcher = Person.objects.get(email=PEOPLE["researcher"])
    client.force_login(researcher)
    found = {}
    for row in ADDRESSES:
        ModelLogEntry.objects.all().delete()
        path = OTHER_EXAMPLES.get(row.route, row.path).format(**values)
        response = client.get(path)
        if response.streaming:
            response.getvalue()  # reads the file to its end, which closes it
        if row.route in RECORDED:
            assert response.status_code == 200, path
        lines = ModelLogEntry.objects.filter(user=researcher)
        found[row.route] = set(lines.values_list("action", flat=True))
    assert found == {
        row.route: {RECORDED[row.route]} if row.route in RECORDED else set() for row in ADDRESSES
    }
