import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from surveys.results.comparison.lifecycle import (
    MOST_GROUPS,
    GroupRefused,
    change_group,
    delete_group,
    make_group,
)
from surveys.results.models import ComparisonGroup
from surveys.territory.models import Municipality
from tests.responses.factories import MEMBER, NOW, OTHER_MEMBER, STRANGER, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


@pytest.fixture
def person():
    return make_person("Noor")


def read_lines() -> list[tuple[str, str, object]]:
    lines = ModelLogEntry.objects.filter(action__startswith="comparison.").order_by("timestamp", "pk")
    return [(line.action, line.label, line.data) for line in lines]


def read_codes(group: ComparisonGroup) -> list[str]:
    return sorted(group.municipalities.values_list("pk", flat=True))


def test_a_group_is_made_and_the_trail_has_codes_only(person):
    group = make_group("Mijn buren", municipalities=[MEMBER, STRANGER], by=person, at=NOW)

    assert (group.owner, group.name, read_codes(group)) == (person, "Mijn buren", [STRANGER, MEMBER])
    assert read_lines() == [
        ("comparison.make_group", f"Vergelijkingsgroep {group.pk}", {"municipalities": [STRANGER, MEMBER]})
    ]


def test_a_change_leaves_a_line_of_what_changed_and_no_change_leaves_none(person):
    group = make_group("Buren", municipalities=[MEMBER, STRANGER], by=person, at=NOW)

    change_group(group, name="Buren", municipalities=[STRANGER, MEMBER], by=person)
    change_group(group, name="Vrienden", municipalities=[MEMBER, OTHER_MEMBER], by=person)

    group.refresh_from_db()
    assert (group.name, read_codes(group)) == ("Vrienden", [OTHER_MEMBER, MEMBER])
    assert [(action, data) for action, _, data in read_lines()[1:]] == [
        ("comparison.change_group", {"added": [OTHER_MEMBER], "removed": [STRANGER]})
    ]


def test_deleting_leaves_a_line_and_no_group(person):
    group = make_group("Buren", municipalities=[MEMBER, STRANGER], by=person, at=NOW)

    delete_group(group, by=person)

    assert not ComparisonGroup.objects.exists()
    assert [action for action, _, _ in read_lines()] == ["comparison.make_group", "comparison.delete_group"]


def test_a_group_goes_with_its_owner(person):
    make_group("Buren", municipalities=[MEMBER, STRANGER], by=person, at=NOW)

    person.delete()

    assert not ComparisonGroup.objects.exists()


@pytest.mark.parametrize("number", [0, 1, 41])
def test_too_few_and_too_many_municipalities_are_refused(person, number):
    codes = list(Municipality.objects.values_list("pk", flat=True)[:number])

    with pytest.raises(GroupRefused, match="hoogstens 40"):
        make_group("Buren", municipalities=codes, by=person)

    assert not ComparisonGroup.objects.exists()


def test_a_name_is_used_once_by_one_person(person):
    first = make_group("Buren", municipalities=[MEMBER, STRANGER], by=person)
    second = make_group("Vrienden", municipalities=[MEMBER, STRANGER], by=person)

    for refused in (
        lambda: make_group("Buren", municipalities=[MEMBER, STRANGER], by=person),
        lambda: change_group(second, name="Buren", municipalities=[MEMBER, STRANGER], by=person),
    ):
        with pytest.raises(GroupRefused, match="andere naam"):
            refused()
    make_group("Buren", municipalities=[MEMBER, STRANGER], by=make_person("Sam"))
    change_group(first, name="Buren", municipalities=[MEMBER, OTHER_MEMBER], by=person)


def test_somebody_keeps_so_many_groups_and_no_more(person):
    for number in range(MOST_GROUPS):
        make_group(f"Groep {number}", municipalities=[MEMBER, STRANGER], by=person)

    with pytest.raises(GroupRefused, match="Verwijder er eerst een"):
        make_group("Nog een", municipalities=[MEMBER, STRANGER], by=person)


def test_the_owner_is_locked_while_a_group_is_made(person):
    with CaptureQueriesContext(connection) as queries:
        make_group("Buren", municipalities=[MEMBER, STRANGER], by=person)

    first = next(query["sql"] for query in queries if query["sql"].startswith("SELECT"))
    assert "accounts_person" in first
    assert ("FOR UPDATE" in first) is connection.features.has_select_for_update
