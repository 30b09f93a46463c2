"""The promise of tests/harness/database.py: whatever a test commits, the next one starts from the same database."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from wagtail.models import Page, Site


@pytest.mark.parametrize("turn", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_a_committed_change_is_gone_in_the_next_test(turn):
    assert Page.objects.filter(title="Achtergebleven").count() == 0
    Page.objects.all().first().add_child(instance=Page(title="Achtergebleven", slug="achtergebleven"))
    assert Page.objects.filter(title="Achtergebleven").exists()


@pytest.mark.parametrize("turn", ["before", "after"])
@pytest.mark.django_db
def test_the_first_rows_of_every_installation_are_there(turn):
    assert Site.objects.get().root_page.specific_class is not None
    assert ContentType.objects.get_for_model(Page).pk == Page.objects.get(depth=1).content_type_id


@pytest.mark.django_db
def test_the_database_is_the_chosen_one(pytestconfig):
    assert connection.vendor == pytestconfig.getoption("--database")
    assert len(connections.all()) == 1
