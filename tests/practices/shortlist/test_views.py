"""Somebody's own list in the browser: only theirs, nothing typed is lost, and every way back stays on the site."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from practices.models import SavedCase
from practices.models.shortlists import NOTE_LENGTH
from practices.shortlist.lifecycle import remove_case, save_case, write_note
from tests.practices.content import normalise
from tests.practices.small_library import add_case, build_library
from tests.responses.factories import make_person

pytestmark = pytest.mark.django_db

LIST = "/praktijkvoorbeelden/mijn-lijst/"
CASE = "/praktijkvoorbeelden/een/"


@pytest.fixture
def library():
    return build_library()


@pytest.fixture
def case(library):
    return add_case(library, "Een")


@pytest.fixture
def person():
    return make_person("Noor")


@pytest.fixture
def mine(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def stranger():
    client = Client()
    client.force_login(make_person("Bram"))
    return client


def read(response, status=200) -> str:
    assert response.status_code == status
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL).group()
    return normalise(unescape(strip_tags(main.replace("<", " <"))))


def test_a_visitor_is_led_to_sign_in_and_back(client, case):
    response = client.get(CASE)
    assert f'href="/account/login/?next={"%2Fpraktijkvoorbeelden%2Feen%2F"}"' in response.content.decode()
    assert "Bewaar op mijn lijst" not in read(response)


def test_a_case_is_saved_from_its_page_and_taken_off_there(mine, person, case):
    text = mine.get(CASE).content.decode()
    assert "Bewaar op mijn lijst" in text

    answer = mine.post(f"{LIST}bewaren/", {"voorbeeld": case.pk, "terug": CASE}, follow=True)
    assert answer.redirect_chain == [(CASE, 302)]
    assert "‘Een’ staat op uw lijst." in read(answer)
    assert "Op uw lijst" in read(answer)

    row = person.saved_cases.get()
    answer = mine.post(f"{LIST}{row.pk}/weghalen/", {"terug": CASE}, follow=True)
    assert answer.redirect_chain == [(CASE, 302)]
    assert "‘Een’ staat niet meer op uw lijst." in read(answer)
    assert "Bewaar op mijn lijst" in read(answer)


def test_what_somebody_saved_is_on_no_page_that_a_cache_may_keep(mine, person, case):
    save_case(case, by=person)
    shown, own = mine.get(CASE), mine.get(LIST)
    assert "Cookie" in shown["Vary"]
    assert "public" not in shown.get("Cache-Control", "")
    assert "no-store" in own["Cache-Control"]
    assert "Op uw lijst" not in read(Client().get(CASE))


@pytest.mark.parametrize(
    "back",
    [
        "https://elders.example/",
        "//elders.example/",
        "/\\elders.example/",
        "\\\\elders.example",
        "javascript:alert(1)",
        "///elders.example",
        "http:///elders.example",
        "",
        "\0",
    ],
)
def test_the_way_back_never_leaves_the_site(back, mine, case):
    response = mine.post(f"{LIST}bewaren/", {"voorbeeld": case.pk, "terug": back})
    assert (response.status_code, response["Location"]) == (302, LIST)


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "²", "٣", "9" * 40, "\0"])
def test_what_is_no_public_case_cannot_be_saved(number, mine, case):
    assert mine.post(f"{LIST}bewaren/", {"voorbeeld": number}).status_code == 404
    case.unpublish()
    assert mine.post(f"{LIST}bewaren/", {"voorbeeld": case.pk}).status_code == 404
    assert not SavedCase.objects.exists()


@pytest.mark.parametrize("verb", ["weghalen", "terugzetten", "verplaatsen"])
def test_a_row_of_somebody_else_does_not_exist(verb, person, stranger, case):
    row = save_case(case, by=person)
    for number in (row.pk, 10**30):
        assert stranger.post(f"{LIST}{number}/{verb}/", {"richting": "omhoog"}).status_code == 404
    assert person.saved_cases.get().removed_at is None
    assert "Een" not in read(stranger.get(LIST))


def test_a_note_for_a_row_of_somebody_else_is_not_saved_and_comes_back(person, stranger, case):
    row = save_case(case, by=person)
    write_note(row, "Van Noor")
    for number in (row.pk, 10**30):
        text = read(stranger.post(f"{LIST}{number}/notitie/", {"note": "Van Bram"}), status=404)
        assert "Van Bram" in text
        assert "Van Noor" not in text
    assert person.saved_cases.get().note == "Van Noor"


@pytest.mark.parametrize("path", ["bewaren/", "1/weghalen/", "1/terugzetten/", "1/verplaatsen/"])
def test_who_is_signed_out_comes_back_to_where_the_button_was(path, client, case):
    response = client.post(f"{LIST}{path}", {"voorbeeld": case.pk, "terug": CASE})
    assert response["Location"] == f"/account/login/?next={CASE}"
    assert client.get(LIST)["Location"] == f"/account/login/?next={LIST}"


@pytest.mark.parametrize(
    "path", ["bewaren/", "1/weghalen/", "1/terugzetten/", "1/verplaatsen/", "1/notitie/"]
)
def test_a_link_changes_nothing_and_neither_does_a_form_from_elsewhere(path, mine, person, case):
    assert mine.get(f"{LIST}{path}").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    assert strict.post(f"{LIST}{path}", {"voorbeeld": case.pk, "note": "x"}).status_code in {403, 404}
    assert not SavedCase.objects.exists()


def test_a_note_is_saved_as_typed_without_what_no_database_keeps(mine, person, case):
    row = save_case(case, by=person)
    typed = "Eerste\r\nregel\x00\x07 met <b>tekens</b>  \ud800"
    mine.post(f"{LIST}{row.pk}/notitie/", {"note": typed.encode("utf-8", "surrogatepass")})
    mine.post(f"{LIST}{row.pk}/notitie/", {"note": "Eerste\r\nregel\x00\x07 met <b>tekens</b>  "})

    row.refresh_from_db()
    assert row.note == "Eerste\nregel met <b>tekens</b>"
    assert "<b>tekens" not in mine.get(LIST).content.decode()


def test_a_note_as_long_as_it_may_be_is_kept_and_a_longer_one_comes_back(mine, person, case):
    row = save_case(case, by=person)
    longest = "regel\r\n" * (NOTE_LENGTH // 6)
    mine.post(f"{LIST}{row.pk}/notitie/", {"note": longest})
    row.refresh_from_db()
    assert row.note == longest.replace("\r\n", "\n").strip()

    too_long = "y" * (NOTE_LENGTH + 1)
    response = mine.post(f"{LIST}{row.pk}/notitie/", {"note": too_long})
    assert f"Uw notitie heeft {NOTE_LENGTH + 1} tekens." in read(response, status=422)
    assert too_long in response.content.decode()
    assert f'href="#id_note_{row.pk}"' in response.content.decode()
    row.refresh_from_db()
    assert row.note.startswith("regel")


def test_a_note_comes_back_when_the_case_left_the_list_meanwhile(mine, person, library, case):
    first, second = save_case(case, by=person), save_case(add_case(library, "Twee"), by=person)
    remove_case(first)
    remove_case(second)
    text = read(mine.post(f"{LIST}{first.pk}/notitie/", {"note": "Mijn woorden"}), status=404)
    assert "Mijn woorden" in text
    assert "Kopieer wat u wilt bewaren." in text


def test_a_note_of_who_is_signed_out_or_signed_in_again_is_held(client, person, case):
    row = save_case(case, by=person)
    address = f"{LIST}{row.pk}/notitie/"
    held = client.post(address, {"note": "Mijn woorden"})
    assert held.status_code == 403
    assert 'name="note" value="Mijn woorden"' in held.content.decode()

    old_form = Client(enforce_csrf_checks=True)
    old_form.force_login(person)
    again = old_form.post(address, {"note": "Mijn woorden", "csrfmiddlewaretoken": "x" * 64})
    assert "Kies nog een keer ‘Notitie opslaan’" in read(again, status=403)
    assert "Mijn woorden" in read(again, status=403)
    row.refresh_from_db()
    assert row.note == ""


def test_the_order_is_changed_with_buttons_that_the_first_and_the_last_miss(mine, person, library, case):
    first = save_case(case, by=person)
    second = save_case(add_case(library, "Twee"), by=person)
    text = mine.get(LIST).content.decode()
    assert (text.count('value="omhoog"'), text.count('value="omlaag"')) == (1, 1)

    response = mine.post(f"{LIST}{second.pk}/verplaatsen/", {"richting": "omhoog"})

    assert response["Location"] == f"{LIST}#voorbeeld-{second.pk}"
    assert [row.pk for row in person.saved_cases.all()] == [second.pk, first.pk]
    mine.post(f"{LIST}{second.pk}/verplaatsen/", {"richting": "omlaag"})
    assert [row.pk for row in person.saved_cases.all()] == [first.pk, second.pk]


def test_the_list_offers_to_put_back_what_was_just_removed(mine, person, case):
    row = save_case(case, by=person)
    write_note(row, "Bellen")
    text = read(mine.post(f"{LIST}{row.pk}/weghalen/", follow=True))
    assert "Van uw lijst gehaald Een Zet terug" in text
    assert "Er staat nog niets op uw lijst." in text

    text = read(mine.post(f"{LIST}{row.pk}/terugzetten/", follow=True))
    assert "‘Een’ staat weer op uw lijst." in text
    assert "Bellen" in text


def test_a_case_that_left_the_site_stays_with_its_note_and_without_a_link(mine, person, case):
    write_note(save_case(case, by=person), "Bewaren")
    case.unpublish()

    response = mine.get(LIST)

    assert "Een Dit voorbeeld staat niet meer op de site." in read(response)
    assert "Bewaren" in read(response)
    assert CASE not in response.content.decode()
    assert "Een in één zin." not in read(response)


def test_cases_on_the_list_can_be_compared(mine, person, library, case):
    save_case(case, by=person)
    assert "Vergelijk wat u aanvinkte" not in read(mine.get(LIST))
    save_case(add_case(library, "Twee"), by=person)
    text = mine.get(LIST).content.decode()
    assert re.findall(r'name="voorbeeld" value="([\w-]+)"', text) == ["een", "twee"]
    assert text.count('form="vergelijken"') == 2


@pytest.mark.parametrize("number", [1, 8])
def test_a_longer_list_takes_no_more_queries(number, mine, person, library, django_assert_num_queries):
    for each in range(number):
        save_case(add_case(library, f"Geval {each}"), by=person)
    mine.get(LIST)
    with django_assert_num_queries(6):
        mine.get(LIST)
