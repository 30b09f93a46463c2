"""Two windows of one person at the very same moment, each with a connection of their own."""

import pytest
from django.db import IntegrityError, transaction

from practices.models import PracticePage, SavedCase
from practices.shortlist import lifecycle
from practices.shortlist.lifecycle import ListRefused, save_case
from surveys.accounts.models import Person
from tests.harness.together import run_together
from tests.practices.small_library import add_case, build_library
from tests.responses.factories import NOW, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def save(title: str) -> SavedCase:
    return save_case(PracticePage.objects.get(title=title), by=Person.objects.get())


def test_a_case_that_is_saved_twice_at_once_is_on_the_list_once():
    add_case(build_library(), "Een")
    make_person("Noor")

    results = run_together(*[lambda: save("Een")] * 4, refusals=ListRefused)

    assert len(set(results)) == 1
    assert SavedCase.objects.get() in results


def test_two_that_come_for_the_last_place_do_not_both_get_it(monkeypatch):
    monkeypatch.setattr(lifecycle, "MOST_CASES", 1)
    index = build_library()
    for title in ("Een", "Twee"):
        add_case(index, title)
    make_person("Noor")

    results = run_together(lambda: save("Een"), lambda: save("Twee"), refusals=ListRefused)

    assert sum(isinstance(result, ListRefused) for result in results) == 1
    assert SavedCase.objects.count() == 1


def test_the_database_itself_refuses_a_case_twice():
    page = add_case(build_library(), "Een")
    person = make_person("Noor")
    save("Een")

    with pytest.raises(IntegrityError), transaction.atomic():
        SavedCase.objects.create(owner=person, page=page, title="Een", position=2, saved_at=NOW)
