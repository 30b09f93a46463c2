"""Saving while somebody types: whatever happens, the page learns how it ended and what to tell."""

from datetime import date
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from surveys.accounts.models import Membership
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import AnswerRevision, Response
from surveys.responses.queries import list_open_conflicts, load_answers
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    STRANGER,
    answer,
    choose,
    count,
    make_definition,
    make_person,
    make_question,
    make_response,
    make_wave,
    sign_in,
    write,
)

SECTION_URL = f"/invullen/proef/{MEMBER}/toegang/"
URL = f"{SECTION_URL}bewaren/"
SAVE_QUERIES = 10
LOOK_QUERIES = 5
KEY = "0c6c3f0e-3b0c-4f67-9f0a-0a4f2a6c9b11"


@pytest.fixture
def wave(db):
    cache.clear()
    return make_wave()


@pytest.fixture
def gerda(wave):
    return sign_in("Gerda", MEMBER)


def save(client, code, words, *, revision=0, key=KEY, url=URL):
    """One question as the script sends it; the answer to the page."""
    return client.post(url, {f"r-{code}": revision, f"q-{code}": words, "key": key})


def read_result(response, code):
    """Status, revision and what there is to read at the question."""
    assert response.status_code == 200
    result = response.json()["questions"][code]
    text = BeautifulSoup(result["html"], "html.parser").get_text(" ", strip=True)
    return result["status"], result["revision"], " ".join(text.split())


def read_refusal(response):
    """Status, and title and text of what the page shows."""
    notice = BeautifulSoup(response.json()["refusal"], "html.parser")
    return response.status_code, notice.find(class_="notice__title").text, notice.get_text(" ", strip=True)


def show_values():
    return {code: each.value for code, each in load_answers(Response.objects.get()).items()}


# --- Saving ---


def test_the_first_answer_begins_the_response(gerda):
    response = save(gerda, "knelpunten", "Te weinig tijd")
    assert read_result(response, "knelpunten") == ("saved", 1, "")
    assert list(response.json()["questions"]) == ["knelpunten"]
    assert show_values() == {"knelpunten": write("Te weinig tijd")}
    assert Response.objects.get().started_by.first_name == "Gerda"


def test_nothing_filled_in_does_not_begin_it(gerda):
    assert read_result(save(gerda, "knelpunten", "  "), "knelpunten") == ("unchanged", 0, "")
    assert not Response.objects.exists()


def test_more_questions_in_one_save(gerda):
    body = {"r-beperkt": 0, "q-beperkt": "ja", "r-hoe": 0, "q-hoe": ["school", "wijk"], "key": KEY}
    assert [each["status"] for each in gerda.post(URL, body).json()["questions"].values()] == [
        "saved",
        "saved",
    ]
    assert show_values() == {"beperkt": choose("ja"), "hoe": choose("school", "wijk")}


def test_the_same_save_sent_again_has_the_same_outcome_and_writes_nothing(gerda):
    first, second = (save(gerda, "knelpunten", "eerst") for _ in range(2))
    assert first.json()["questions"] == second.json()["questions"]
    assert AnswerRevision.objects.count() == 1


def test_a_save_that_is_sent_again_late_does_not_bring_old_words_back(wave, gerda):
    save(gerda, "knelpunten", "van Gerda")
    answer(Response.objects.get(), {"knelpunten": write("van Cor")}, by=make_person("Cor"))
    assert read_result(save(gerda, "knelpunten", "van Gerda"), "knelpunten") == ("saved", 1, "")
    assert show_values() == {"knelpunten": write("van Cor")}


# --- What cannot be saved ---


@pytest.mark.parametrize(
    ("code", "words", "message"),
    [
        ("knelpunten", "woord " * 2000, "tekens"),
        ("beperkt", "verzonnen", "staat niet in de lijst"),
        ("beperkt", ["ja", "nee"], "één antwoord"),
        ("hoe", ["school", "x" * 5000], "staat niet in de lijst"),
    ],
)
def test_a_mistake_comes_back_with_what_to_do_and_saves_nothing(gerda, code, words, message):
    status, revision, text = read_result(save(gerda, code, words), code)
    assert (status, revision) == ("invalid", 0)
    assert text.startswith("Fout: ")
    assert message in text
    assert not Response.objects.exists()


def test_control_characters_are_left_out_and_the_words_are_saved(gerda):
    body = urlencode({"r-knelpunten": 0, "q-knelpunten": "\x00voor\x07 en\x1b na", "key": KEY})
    response = gerda.post(URL, body, content_type="application/x-www-form-urlencoded")
    assert read_result(response, "knelpunten")[0] == "saved"
    assert show_values() == {"knelpunten": write("voor en na")}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"key": KEY},
        {"r-verzonnen": "0", "q-verzonnen": "x"},
        {"r-knelpunten": "-1", "q-knelpunten": "x"},
        {"r-knelpunten": ["0", "9" * 30], "q-knelpunten": ["x", "y"]},
        {"r-beperkt": "0", "q-beperkt": "ja", "key": "x" * 100_000},
        {"r-beperkt": "0", "q-beperkt": "ja", "key": "\x00"},
        {"r-beperkt": b"\xff\xfe", "q-beperkt": b"\xed\xa0\x80"},
    ],
)
def test_whatever_is_sent_gets_an_answer_that_the_page_can_read(gerda, body):
    assert "questions" in gerda.post(URL, body).json()


def test_a_body_that_is_no_form_saves_nothing(gerda):
    response = gerda.post(URL, b"\x00{not json", content_type="application/json")
    assert response.json()["questions"] == {}


# --- Colleagues ---


def test_an_answer_that_a_colleague_changed_meanwhile_stays_and_both_are_shown(wave, gerda):
    make_response(wave, MEMBER, answers={"knelpunten": write("van Cor")}, by=make_person("Cor"))
    status, revision, text = read_result(save(gerda, "knelpunten", "van Gerda"), "knelpunten")
    # The page goes on from what its author saw: its next words may not take Cor's place either.
    assert (status, revision) == ("conflict", 0)
    for words in (
        "Er zijn twee antwoorden",
        "Cor, op 2 maart 2026 om 10:42",
        "van Cor",
        "Gerda, om",
        "van Gerda",
    ):
        assert words in text
    assert show_values() == {"knelpunten": write("van Cor")}
    status, revision, text = read_result(save(gerda, "knelpunten", "anders", key="b" * 32), "knelpunten")
    assert (status, revision) == ("conflict", 0)
    assert [each.value for each in list_open_conflicts(Response.objects.get())] == [write("anders")]


def test_a_colleague_who_types_on_keeps_seeing_that_there_is_something_to_choose(wave, gerda):
    cor = sign_in("Cor", MEMBER)
    save(cor, "knelpunten", "van Cor")
    save(gerda, "knelpunten", "van Gerda")
    status, revision, text = read_result(
        save(cor, "knelpunten", "van Cor, beter", revision=1, key="c" * 32), "knelpunten"
    )
    assert (status, revision) == ("saved", 2)
    assert "van Cor, beter" in text
    assert "van Gerda" in text


def test_another_question_is_no_conflict(wave, gerda):
    make_response(wave, MEMBER, answers={"knelpunten": write("van Cor")}, by=make_person("Cor"))
    assert read_result(save(gerda, "uitleg", "van Gerda"), "uitleg") == ("saved", 1, "")
    assert show_values() == {"knelpunten": write("van Cor"), "uitleg": write("van Gerda")}


# --- What rules say ---


def test_a_number_that_differs_much_from_last_time_is_asked_about_at_once_and_confirmed(db):
    cache.clear()
    definition = make_definition(("toegang", (make_question("aantal", "number"), make_question("slot"))))
    before = make_wave(definition, code="eerder", reference_date=date(2025, 1, 1))
    submit_response(make_response(before, MEMBER, answers={"aantal": count(10)}), by=None)
    make_wave(definition, previous=before)
    gerda = sign_in("Gerda", MEMBER)
    page = gerda.get(SECTION_URL)
    assert "Vorige keer (Proefmeting)" in page.content.decode()
    status, revision, text = read_result(save(gerda, "aantal", "100"), "aantal")
    assert (status, revision) == ("saved", 1)
    assert text.startswith("Let op:")
    assert text.endswith("Klopt dit? Ja, dit klopt")
    gerda.post(SECTION_URL, {"action": "confirm aantal 1"})
    assert "Klopt dit?" not in gerda.get(SECTION_URL).content.decode()
    assert read_result(save(gerda, "aantal", "11", revision=1, key="b" * 32), "aantal") == ("saved", 2, "")


# --- When it is over ---


def test_who_is_signed_out_is_told_where_to_sign_in(wave):
    status, title, text = read_refusal(save(Client(), "knelpunten", "x"))
    assert (status, title) == (401, "U bent uitgelogd.")
    assert "Log in op een nieuw tabblad" in text
    assert 'href="/account/login/" target="_blank"' in save(Client(), "knelpunten", "x").json()["refusal"]
    assert Client().get(URL).status_code == 401
    assert not Response.objects.exists()


def test_the_page_goes_on_with_a_new_form_token_after_signing_in_again(wave):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_person("Gerda", organisation=MEMBER))
    body = {"r-knelpunten": 0, "q-knelpunten": "x", "key": KEY}
    refused = browser.post(URL, body, headers={"X-CSRFToken": "a" * 64})
    assert read_refusal(refused)[:2] == (403, "U bent opnieuw ingelogd.")
    assert refused.json()["may_resume"]
    assert not Response.objects.exists()
    around = browser.get(URL).json()
    assert around["person"] == int(browser.session["_auth_user_id"])
    again = browser.post(URL, body, headers={"X-CSRFToken": around["token"]})
    assert read_result(again, "knelpunten")[0] == "saved"


def test_a_colleague_whose_access_was_revoked_while_typing_is_told_and_saves_nothing(wave, gerda):
    save(gerda, "knelpunten", "eerst")
    Membership.objects.filter(person__first_name="Gerda").delete()
    status, title, text = read_refusal(save(gerda, "knelpunten", "daarna", revision=1, key="b" * 32))
    assert (status, title) == (404, "U heeft geen toegang (meer) tot dit onderdeel.")
    assert "kopieer wat u wilt bewaren" in text
    assert "Vraag de coördinator" in text
    assert show_values() == {"knelpunten": write("eerst")}


def test_a_section_that_is_no_longer_somebodys_is_closed_to_them(wave, gerda):
    Membership.objects.filter(person__first_name="Gerda").update(role="contributor", is_limited=True)
    assert read_refusal(save(gerda, "knelpunten", "x"))[0] == 404
    assert not Response.objects.exists()


def test_a_colleague_who_became_a_reader_is_told_and_saves_nothing(wave, gerda):
    Membership.objects.filter(person__first_name="Gerda").update(role="reader")
    status, title, text = read_refusal(save(gerda, "knelpunten", "x"))
    assert (status, title) == (403, "U kunt deze vragenlijst lezen, maar niet invullen.")
    assert "kopieer wat u wilt bewaren" in text
    assert not Response.objects.exists()


@pytest.mark.parametrize("has_begun", [True, False])
def test_a_wave_that_closes_while_typing(wave, gerda, has_begun):
    if has_begun:
        make_response(wave, MEMBER)
    close_wave(wave)
    status, title, text = read_refusal(save(gerda, "knelpunten", "x"))
    assert status == 409
    assert "is gesloten" in title
    assert "kopieer wat u wilt bewaren" in text
    assert read_refusal(gerda.get(URL))[0] == 409


def test_a_response_that_is_submitted_while_typing(wave, gerda):
    submit_response(make_response(wave, MEMBER, answers=COMPLETE), by=None)
    status, title, _ = read_refusal(save(gerda, "knelpunten", "x"))
    assert (status, title) == (409, "Deze vragenlijst is al ingediend. De antwoorden liggen vast.")
    assert read_refusal(gerda.get(URL))[:2] == (409, "U kunt deze vragenlijst niet meer wijzigen.")
    assert show_values() == COMPLETE


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_organisations_section_does_not_exist(wave, method):
    make_response(wave, MEMBER, answers={"knelpunten": write("Geheim")})
    response = getattr(sign_in("Vera", STRANGER), method)(URL)
    assert response.status_code == 404
    assert "Geheim" not in response.content.decode()


# --- Looking around ---


def test_colleagues_in_the_same_section_see_each_other(wave, gerda):
    cor = sign_in("Cor", MEMBER)
    assert gerda.get(URL).json()["colleagues"] == ""
    assert cor.get(URL).json()["colleagues"] == "Nu ook in dit onderdeel: Gerda."
    assert "Nu ook in dit onderdeel: Cor." in gerda.get(SECTION_URL).content.decode()
    cor.get(f"/invullen/proef/{MEMBER}/huisarts/")
    assert gerda.get(URL).json()["colleagues"] == ""


def test_what_a_colleague_changed_is_told_without_the_answer_itself(wave, gerda):
    assert gerda.get(URL).json()["changes"] == {}
    answers = {"knelpunten": write("van Cor"), "poh": choose("ja")}
    make_response(wave, MEMBER, answers=answers, by=make_person("Cor"))
    changes = gerda.get(URL).json()["changes"]
    assert changes == {
        "knelpunten": {
            "revision": 1,
            "line": "Cor wijzigde dit antwoord op 2 maart 2026 om 10:42. Laad de pagina opnieuw om het te zien.",
        }
    }


def test_nothing_of_this_stays_in_a_shared_computers_cache(gerda):
    for response in (gerda.get(URL), save(gerda, "knelpunten", "x"), gerda.get(SECTION_URL)):
        assert "no-store" in response.headers["Cache-Control"]


# --- Queries ---


@pytest.mark.parametrize("number", [1, 60])
def test_the_cost_of_a_save_does_not_depend_on_the_size_of_the_questionnaire(
    db, number, django_assert_num_queries
):
    codes = [f"vraag{position}" for position in range(number)]
    make_wave(make_definition(("toegang", tuple(make_question(code) for code in codes))))
    gerda = sign_in("Gerda", MEMBER)
    gerda.post(SECTION_URL, {f"r-{code}": "0" for code in codes} | {f"q-{code}": "eerst" for code in codes})
    save(gerda, "vraag0", "warm", revision=1)
    with django_assert_num_queries(SAVE_QUERIES):
        assert read_result(save(gerda, "vraag0", "nu", revision=2, key="b" * 32), "vraag0")[0] == "saved"
    with django_assert_num_queries(LOOK_QUERIES):
        gerda.get(URL)
