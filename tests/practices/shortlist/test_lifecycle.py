import pytest
from wagtail.models import ModelLogEntry

from practices.models import SavedCase
from practices.shortlist import lifecycle
from practices.shortlist.lifecycle import (
    ListRefused,
    move_case,
    put_back,
    remove_case,
    save_case,
    write_note,
)
from tests.practices.small_library import add_case, build_library
from tests.responses.factories import NOW, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person("Noor")


@pytest.fixture
def pages():
    index = build_library()
    return [add_case(index, title) for title in ("Een", "Twee", "Drie")]


def save_all(pages, person):
    return [save_case(page, by=person, at=NOW) for page in pages]


def list_titles(person):
    return [row.title for row in person.saved_cases.filter(removed_at=None)]


def test_a_case_comes_at_the_end_and_saving_twice_is_saving_once(person, pages):
    first, *_ = save_all(pages, person)

    again = save_case(pages[0], by=person)

    assert again == first
    assert list_titles(person) == ["Een", "Twee", "Drie"]
    assert first.saved_at == NOW


def test_everybody_has_a_list_of_their_own(person, pages):
    other = make_person("Bram")
    save_case(pages[0], by=person)
    save_case(pages[0], by=other)
    remove_case(other.saved_cases.get())

    assert list_titles(person) == ["Een"]
    assert list_titles(other) == []


def test_the_trail_says_nothing_of_what_somebody_saves(person, pages):
    lines = ModelLogEntry.objects.count()
    write_note(save_case(pages[0], by=person), "Voor mijzelf")
    remove_case(person.saved_cases.get())
    assert ModelLogEntry.objects.count() == lines


def test_what_was_removed_comes_back_with_its_note_and_in_its_place(person, pages):
    first, *_ = save_all(pages, person)
    write_note(first, "Bellen")

    remove_case(first)
    assert list_titles(person) == ["Twee", "Drie"]
    put_back(first)

    assert list_titles(person) == ["Een", "Twee", "Drie"]
    assert person.saved_cases.get(title="Een").note == "Bellen"


def test_saving_again_is_putting_back(person, pages):
    first, *_ = save_all(pages, person)
    write_note(first, "Bellen")
    remove_case(first)

    save_case(pages[0], by=person)

    assert person.saved_cases.get(title="Een", removed_at=None).note == "Bellen"
    assert list_titles(person) == ["Een", "Twee", "Drie"]


@pytest.mark.parametrize(
    "change",
    [
        lambda rows, pages, person: remove_case(rows[1]),
        lambda rows, pages, person: write_note(rows[1], "Nog iets"),
        lambda rows, pages, person: move_case(rows[1], up=False),
        lambda rows, pages, person: save_case(pages[2], by=person),
    ],
)
def test_the_next_change_takes_what_was_removed_away_for_good(person, pages, change):
    rows = save_all(pages, person)
    write_note(rows[0], "Geheim")
    remove_case(rows[0])

    change(rows, pages, person)

    assert not SavedCase.objects.filter(note="Geheim").exists()
    with pytest.raises(ListRefused, match="intussen"):
        put_back(rows[0])
    with pytest.raises(ListRefused, match="niet meer op uw lijst"):
        write_note(rows[0], "Te laat")
    move_case(rows[0], up=True)
    remove_case(rows[0])


def test_removing_and_putting_back_twice_is_doing_it_once(person, pages):
    first, *_ = save_all(pages, person)
    remove_case(first, at=NOW)
    remove_case(first)
    assert person.saved_cases.get(title="Een").removed_at == NOW
    put_back(first)
    put_back(first)
    assert list_titles(person) == ["Een", "Twee", "Drie"]


def test_a_case_changes_places_with_its_neighbour(person, pages):
    first, second, third = save_all(pages, person)

    move_case(third, up=True)
    assert list_titles(person) == ["Een", "Drie", "Twee"]
    move_case(first, up=False)
    assert list_titles(person) == ["Drie", "Een", "Twee"]
    move_case(third, up=True)
    move_case(second, up=False)
    assert list_titles(person) == ["Drie", "Een", "Twee"]


def test_a_full_list_says_so_and_takes_nothing_more(person, pages, monkeypatch):
    monkeypatch.setattr(lifecycle, "MOST_CASES", 2)
    first, _ = save_all(pages[:2], person)
    with pytest.raises(ListRefused, match="passen 2 voorbeelden"):
        save_case(pages[2], by=person)
    remove_case(first)
    save_case(pages[0], by=person)
    remove_case(first)
    # Another window fills the place; what was removed stays removed.
    SavedCase.objects.create(owner=person, title="Vol", position=9, saved_at=NOW)
    with pytest.raises(ListRefused, match="passen 2 voorbeelden"):
        put_back(first)
    assert list_titles(person) == ["Twee", "Vol"]


def test_a_list_goes_with_its_owner(person, pages):
    save_all(pages, person)
    person.delete()
    assert not SavedCase.objects.exists()


def test_a_case_that_is_deleted_leaves_its_title_and_the_note(person, pages):
    write_note(save_case(pages[0], by=person), "Bewaren")

    pages[0].delete()

    row = person.saved_cases.get()
    assert (row.page, row.shown_title, row.note) == (None, "Een", "Bewaren")


def test_a_case_that_left_the_site_is_called_what_it_was_when_it_was_saved(person, pages):
    page = pages[0]
    save_case(page, by=person)
    page.title = "Anders"
    page.save_revision().publish()
    assert person.saved_cases.get().shown_title == "Anders"

    page.unpublish()

    assert person.saved_cases.get().shown_title == "Een"
    assert person.saved_cases.get().public_page is None
