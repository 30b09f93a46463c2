"""Asking the index itself: whole words, beginnings, several wishes at once, alike on SQLite and PostgreSQL."""

import pytest
from wagtail.models import Page

from practices.full_text import Wanted, find_keys
from practices.models import PracticePage
from tests.practices.small_library import add_case, build_library

pytestmark = pytest.mark.django_db

TEAM, HELP, BOTH = [("wijkteam",)], [("hulp",)], [("jeugd", "hulp")]


@pytest.fixture(autouse=True)
def library():
    index = build_library()
    for title in ("Het wijkteam", "De wijkteamleider geeft hulp", "Hulp aan de jeugd"):
        add_case(index, title)


def list_titles(keys):
    titles = dict(PracticePage.objects.values_list("pk", "title"))
    return [titles[key] for key in keys]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted([TEAM]), ["Het wijkteam"]),
        (Wanted([TEAM], [TEAM]), ["De wijkteamleider geeft hulp", "Het wijkteam"]),
        (Wanted([TEAM, HELP]), []),
        (Wanted([TEAM, HELP], [TEAM, HELP]), ["De wijkteamleider geeft hulp"]),
        (Wanted([[*TEAM, *HELP]]), ["Hulp aan de jeugd", "De wijkteamleider geeft hulp", "Het wijkteam"]),
        (Wanted([BOTH]), ["Hulp aan de jeugd"]),
        # Of a phrase only the last word goes on.
        (Wanted([[("jeugd", "hul")]], [[("jeugd", "hul")]]), ["Hulp aan de jeugd"]),
        (Wanted([[("jeug", "hulp")]], [[("jeug", "hulp")]]), []),
        (Wanted([[("niets",)]], [[("niets",)]]), []),
    ],
)
def test_a_phrase_of_every_part_is_held_the_newest_first(wanted, found):
    assert list_titles(*find_keys(wanted)) == found


def test_more_wishes_take_one_query(django_assert_num_queries):
    find_keys(Wanted([TEAM]))  # the kind of page is remembered
    with django_assert_num_queries(1):
        found = find_keys(Wanted([TEAM]), Wanted([HELP], [HELP]))
    assert [list_titles(keys) for keys in found] == [
        ["Het wijkteam"],
        ["Hulp aan de jeugd", "De wijkteamleider geeft hulp"],
    ]


def test_other_pages_are_no_cases():
    assert Page.objects.filter(title="POH-jeugd").exists()
    assert find_keys(Wanted([[("poh",)]], [[("poh",)]])) == [[]]


def test_what_is_searched_whole_is_searched_by_its_beginning_too():
    """Without stems a whole word is looked for as a beginning only."""
    whole = {field.field_name for field in PracticePage.get_searchable_search_fields()}
    begun = {field.field_name for field in PracticePage.get_autocomplete_search_fields()}
    assert whole == begun
