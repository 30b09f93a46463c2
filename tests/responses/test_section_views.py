"""Filling in a section: whatever happens, nothing typed is lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from surveys.accounts.models import Membership, Person
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Answer, AnswerRevision, Response
from surveys.responses.queries import load_answers
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
from tests.responses.sections import HUISARTS_SEEN, HUISARTS_URL, SEEN, URL, WORDS, read_form, show_values


@pytest.fixture
def wave(db):
    return make_wave()


@pytest.fixture
def gerda(wave):
    return sign_in("Gerda", MEMBER)


# --- Looking ---


def test_looking_creates_nothing(gerda):
    response = gerda.get(URL)
    assert response.status_code == 200
    assert not Response.objects.exists()
    assert read_form(response)["r-beperkt"] == ["0"]


def test_the_page_explains_the_section_and_shows_all_its_questions(gerda):
    page = gerda.get(URL).content.decode()
    for text in ("Onderdeel toegang", "Waar het over gaat.", "En meer.", "Onderdeel 1 van 2"):
        assert text in page
    assert re.search(r'id="q-hoe"[^>]*data-ask-if="[^"]*beperkt[^"]*"[^>]*hidden', page)
    assert not re.search(r'id="q-knelpunten"[^>]*hidden', page)


def test_the_thousandth_person_is_known_to_the_page_by_number(wave):
    person = make_person("Gerda", organisation=MEMBER)
    Membership.objects.filter(person=person).update(
        person=Person.objects.create(id=12345, email="g@voorbeeld.example")
    )
    client = Client()
    client.force_login(Person.objects.get(id=12345))

    assert 'data-person="12345"' in client.get(URL).text


def test_the_thousandth_save_of_an_answer_goes_on_from_the_former(gerda, wave):
    make_response(wave, MEMBER, answers={"beperkt": choose("ja")})
    Answer.objects.update(revision=12345)
    AnswerRevision.objects.update(number=12345)
    assert re.search(r'name="[^"]*beperkt[^"]*" value="12345" data-revision', gerda.get(URL).text)


def test_an_unknown_section_does_not_exist(gerda):
    assert gerda.get(f"/invullen/proef/{MEMBER}/verzonnen/").status_code == 404
    assert gerda.post(f"/invullen/proef/{MEMBER}/verzonnen/").status_code == 404


# --- Saving ---


def test_the_first_save_starts_the_response_and_goes_to_the_next_section(gerda):
    response = gerda.post(URL, {**SEEN, "q-beperkt": "nee", "q-knelpunten": WORDS, "action": "next"})
    assert (response.status_code, response.url) == (302, HUISARTS_URL)
    assert show_values() == {"beperkt": choose("nee"), "knelpunten": write(WORDS.strip())}
    assert Response.objects.get().started_by.first_name == "Gerda"


def test_the_last_section_leads_to_the_check(gerda):
    response = gerda.post(HUISARTS_URL, {**HUISARTS_SEEN, "q-poh": "nee", "action": "next"})
    assert response.url == f"/invullen/proef/{MEMBER}/controleren/"


def test_saving_without_going_on_says_when_it_was_saved(gerda):
    response = gerda.post(URL, {**SEEN, "q-knelpunten": "iets", "action": "stay"}, follow=True)
    assert response.redirect_chain == [(URL, 302)]
    page = response.content.decode()
    assert "Uw antwoorden zijn opgeslagen." in page
    assert re.search(r"Opgeslagen om \d\d:\d\d door Gerda", page)
    assert read_form(response)["r-knelpunten"] == ["1"]


def test_paging_through_an_empty_survey_does_not_begin_it(gerda):
    assert gerda.post(URL, {**SEEN, "action": "next"}).url == HUISARTS_URL
    assert not Response.objects.exists()


def test_sending_the_same_form_twice_is_harmless(gerda):
    body = {**SEEN, "q-beperkt": "nee", "q-knelpunten": "iets", "action": "next"}
    for _ in range(2):
        assert gerda.post(URL, body).status_code == 302
    assert {each.revision for each in load_answers(Response.objects.get()).values()} == {1}


def test_a_contributor_saves_as_well(wave):
    contributor = sign_in("Cor", MEMBER, role=Membership.Role.CONTRIBUTOR)
    assert contributor.post(URL, {**SEEN, "q-beperkt": "nee"}).status_code == 302
    assert show_values() == {"beperkt": choose("nee")}


# --- Mistakes ---


def test_valid_answers_are_saved_next_to_a_mistake_that_stays_as_typed(gerda):
    body = {**HUISARTS_SEEN, "q-poh": "ja", "q-sinds": "lang geleden", "q-kosten": "1.234,50"}
    response = gerda.post(HUISARTS_URL, body)
    assert response.status_code == 422
    assert show_values() == {"poh": choose("ja"), "kosten": count("1234.50")}
    form = read_form(response)
    assert form["q-sinds"] == ["lang geleden"]
    assert form["q-poh"] == ["ja"]
    page = response.content.decode()
    assert page.count("“lang geleden” is geen jaar.") == 2  # in the summary and at the field
    assert 'href="#id_q-sinds"' in page
    assert "<title>Fout: Onderdeel huisarts" in page
    form["q-sinds"] = ["2019"]
    assert gerda.post(HUISARTS_URL, form).status_code == 302
    assert show_values()["sinds"] == count(2019)


def test_a_text_that_is_too_long_stays_on_the_page_whole(gerda):
    words = "woord " * 2000
    response = gerda.post(URL, {**SEEN, "q-knelpunten": words})
    assert response.status_code == 422
    assert read_form(response)["q-knelpunten"] == [words]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"r-beperkt": "x", "q-beperkt": "verzonnen"},
        {"r-beperkt": "0", "q-beperkt": ["ja", "nee"]},
        {"r-knelpunten": "99999999999999999999", "q-knelpunten": "\x00\ud800 tekst"},
        {"r-verzonnen": "0", "q-verzonnen": "x"},
    ],
)
def test_whatever_is_sent_is_never_a_server_error(gerda, body):
    encoded = {
        name: value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        for name, value in body.items()
    }
    assert gerda.post(URL, encoded).status_code in (302, 422)


# --- Routing without JavaScript ---


def test_an_answer_that_opens_a_question_brings_the_page_back(gerda):
    response = gerda.post(URL, {**SEEN, "q-beperkt": "ja", "action": "next"}, follow=True)
    assert response.redirect_chain == [(f"{URL}#id_q-hoe", 302)]
    page = response.content.decode()
    assert "Door uw antwoord is er een vraag bijgekomen." in page
    assert not re.search(r'id="q-hoe"[^>]*hidden', page)
    # Leaving it empty is a choice too: the second time the form goes on.
    assert gerda.post(URL, {**read_form(response), "action": "next"}).url == HUISARTS_URL


@pytest.mark.parametrize("seen_at_once", [{"routing": "live"}, {"q-hoe": "school"}])
def test_a_question_that_was_seen_at_once_does_not_bring_the_page_back(gerda, seen_at_once):
    response = gerda.post(URL, {**SEEN, "q-beperkt": "ja", "action": "next", **seen_at_once})
    assert response.url == HUISARTS_URL


def test_a_question_opened_in_another_section_does_not_bring_the_page_back(gerda):
    body = {**SEEN, "q-beperkt": "ja", "q-hoe": "school", "action": "next"}
    assert gerda.post(URL, body).url == HUISARTS_URL
    assert not re.search(r'id="q-fte"[^>]*hidden', gerda.get(HUISARTS_URL).content.decode())


# --- Colleagues ---


def test_two_colleagues_on_one_page_who_answer_different_questions_do_not_notice_each_other(wave, gerda):
    make_response(wave, MEMBER, answers={"knelpunten": write("eerst"), "beperkt": choose("ja")})
    cor = sign_in("Cor", MEMBER, role=Membership.Role.CONTRIBUTOR)
    of_gerda, of_cor = read_form(gerda.get(URL)), read_form(cor.get(URL))
    assert gerda.post(URL, of_gerda | {"q-knelpunten": ["van Gerda"], "routing": ["live"]}).status_code == 302
    assert cor.post(URL, of_cor | {"q-hoe": ["wijk"], "routing": ["live"]}).status_code == 302
    values = show_values()
    assert (values["knelpunten"], values["hoe"]) == (write("van Gerda"), choose("wijk"))


def test_an_answer_saved_by_a_colleague_meanwhile_shows_next_to_a_mistake(wave, gerda):
    make_response(wave, MEMBER)
    form = read_form(gerda.get(HUISARTS_URL))
    answer(Response.objects.get(), {"kosten": count(5)})
    response = gerda.post(HUISARTS_URL, form | {"q-sinds": ["ooit"]})
    assert response.status_code == 422
    assert read_form(response)["q-kosten"] == ["5"]
    assert read_form(response)["r-kosten"] == ["1"]


# --- Too late ---


def test_words_typed_while_a_colleague_submitted_stay_on_the_page(wave, gerda):
    started = make_response(wave, MEMBER, answers=COMPLETE)
    form = read_form(gerda.get(URL))
    submit_response(started, by=None)
    response = gerda.post(URL, form | {"q-knelpunten": [WORDS]})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Deze vragenlijst is al ingediend." in page
    assert "Opslaan en verder" not in page
    assert read_form(response)["q-knelpunten"] == [WORDS]
    assert show_values() == COMPLETE


@pytest.mark.parametrize("has_begun", [True, False])
def test_words_typed_while_the_wave_closed_stay_on_the_page(wave, gerda, has_begun):
    if has_begun:
        make_response(wave, MEMBER)
    form = read_form(gerda.get(URL))
    close_wave(wave)
    response = gerda.post(URL, form | {"q-knelpunten": [WORDS]})
    assert response.status_code == 409
    assert "is gesloten" in response.content.decode()
    assert read_form(response)["q-knelpunten"] == [WORDS]


# --- Signed out ---


def test_words_typed_while_signed_out_survive_signing_in_again(wave):
    """As a browser does it: with form tokens, which signing in renews."""
    person = make_person("Gerda", organisation=MEMBER)
    person.set_password("een-lang-wachtwoord")
    person.save()
    browser = Client(enforce_csrf_checks=True)

    def log_in():
        url = reverse("account_login")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', browser.get(url).content.decode())[1]
        body = {"login": person.email, "password": "een-lang-wachtwoord", "csrfmiddlewaretoken": token}
        assert browser.post(url, body).status_code == 302

    log_in()
    form = read_form(browser.get(URL)) | {
        "q-knelpunten": [WORDS],
        "q-beperkt": ["ja"],
        "q-hoe": ["school", "wijk"],
    }
    browser.logout()
    signed_out = browser.post(URL, form)
    assert signed_out.status_code == 403
    assert "U bent uitgelogd" in signed_out.content.decode()
    assert not Response.objects.exists()
    log_in()
    back = browser.post(URL, read_form(signed_out))
    assert back.status_code == 403
    assert not Response.objects.exists()
    again = read_form(back)
    assert (again["q-knelpunten"], again["q-hoe"]) == ([WORDS], ["school", "wijk"])
    assert browser.post(URL, again).status_code == 302
    assert show_values() == {
        "knelpunten": write(WORDS.strip()),
        "beperkt": choose("ja"),
        "hoe": choose("school", "wijk"),
    }


def test_a_form_from_elsewhere_saves_nothing(wave):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_person("Gerda", organisation=MEMBER))
    response = browser.post(URL, {**SEEN, "q-beperkt": "ja"})
    assert response.status_code == 403
    assert not Response.objects.exists()


def test_the_page_of_somebody_signed_out_says_nothing_about_the_survey(wave):
    make_response(wave, MEMBER, answers={"knelpunten": write("Geheim")})
    page = Client().post(URL, {"q-knelpunten": "<script>alert(1)</script>"}).content.decode()
    assert "Geheim" not in page
    assert "Proefmeting" not in page
    assert "<script>alert" not in page


def test_looking_while_signed_out_leads_to_signing_in(wave):
    assert Client().get(URL).url == f"{reverse('account_login')}?next={URL}"


# --- Others ---


def test_another_organisations_section_does_not_exist(wave):
    make_response(wave, MEMBER, answers={"knelpunten": write("Geheim")})
    stranger = sign_in("Vera", STRANGER)
    assert stranger.get(URL).status_code == 404
    assert stranger.post(URL, {**SEEN, "q-knelpunten": "x"}).status_code == 404
    assert show_values() == {"knelpunten": write("Geheim")}


def test_a_reader_reads_and_cannot_save(wave):
    make_response(wave, MEMBER, answers={"knelpunten": write("Te lezen")})
    reader = sign_in("Lea", MEMBER, role=Membership.Role.READER)
    page = reader.get(URL).content.decode()
    assert "Te lezen" in page
    assert "Opslaan" not in page
    assert "<textarea" not in page
    assert reader.post(URL, {**SEEN, "q-knelpunten": "x"}).status_code == 403
    assert show_values() == {"knelpunten": write("Te lezen")}


def test_a_submitted_section_is_read_only(wave, gerda):
    submit_response(make_response(wave, MEMBER, answers=COMPLETE), by=None)
    page = gerda.get(URL).content.decode()
    assert "De antwoorden liggen vast." in page
    assert "<textarea" not in page


# --- Queries ---


@pytest.mark.parametrize("number", [1, 12])
def test_the_number_of_queries_does_not_depend_on_the_number_of_questions(
    db, number, django_assert_num_queries
):
    codes = [f"vraag{position}" for position in range(number)]
    questions = tuple(make_question(code, "multiple", options=("een", "twee")) for code in codes)
    wave = make_wave(make_definition(("toegang", questions), ("slot", (make_question("slot"),))))
    gerda = sign_in("Gerda", MEMBER)
    make_response(wave, MEMBER, answers={code: choose("een") for code in codes})
    gerda.get(URL)
    with django_assert_num_queries(12):
        gerda.get(URL)
    body = {f"r-{code}": "1" for code in codes} | {f"q-{code}": ["een", "twee"] for code in codes}
    with django_assert_num_queries(12):
        assert gerda.post(URL, body).status_code == 302
