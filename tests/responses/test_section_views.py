"""Filling in a section: whatever happens, nothing typed is lost."""

import html
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from surveys.accounts.models import Membership, Organisation
from surveys.questionnaire.lifecycle import close_wave
from surveys.questionnaire.models import Wave
from surveys.responses.lifecycle.clarifications import ask_clarification
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import AnswerRevision, ConflictingAnswer, Response
from surveys.responses.queries import load_answers
from surveys.teamwork.lifecycle.notes import write_note
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    answer,
    choose,
    count,
    make_definition,
    make_person,
    make_question,
    make_response,
    make_wave,
    read,
    sign_in,
    write,
)

URL = f"/invullen/proef/{MEMBER}/toegang/"
HUISARTS_URL = f"/invullen/proef/{MEMBER}/huisarts/"
SEEN = {f"r-{code}": "0" for code in ("beperkt", "hoe", "uitleg", "knelpunten")}
HUISARTS_SEEN = {f"r-{code}": "0" for code in ("poh", "verzekeraar", "sinds", "fte", "kosten")}
WORDS = "Eerste regel\n  <b>tweede</b> & 'derde' €\n"


@pytest.fixture
def wave(db):
    return make_wave()


@pytest.fixture
def gerda(wave):
    return sign_in("Gerda", MEMBER)


def show_values():
    return {code: each.value for code, each in load_answers(Response.objects.get()).items()}


def read_form(response):
    """What the browser would send when the person presses a button: every field of the form as it stands."""
    page = response.content.decode()
    form = re.search(r"<form class=\"(?:section|stack)[^>]*>(.*?)</form>", page, re.DOTALL)[1]
    data = {}
    for tag in re.findall(r"<input[^>]*>", form, re.DOTALL):
        attributes = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        if attributes["type"] in ("radio", "checkbox") and not re.search(r"\schecked\b", tag):
            continue
        data.setdefault(attributes["name"], []).append(html.unescape(attributes.get("value", "")))
    for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        data.setdefault(name, []).append(html.unescape(text))
    return data


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


@pytest.fixture
def conflict(wave, gerda):
    """Gerda sent an answer of her own to what Cor had answered meanwhile; the page that came back."""
    form = read_form(gerda.get(URL))
    make_response(wave, MEMBER, answers={"knelpunten": write("van Cor")}, by=make_person("Cor"))
    return gerda.post(URL, form | {"q-knelpunten": ["van Gerda"], "q-beperkt": ["nee"]})


def list_buttons(response):
    """The values of the buttons at questions: first to keep, then to take."""
    return re.findall(
        r'name="action" value="((?:keep|take|confirm|previous) [^"]*)"', response.content.decode()
    )


def test_a_conflict_shows_both_answers_names_and_moments_to_everybody(wave, gerda, conflict):
    assert conflict.status_code == 409
    assert show_values() == {"knelpunten": write("van Cor"), "beperkt": choose("nee")}
    colleague = sign_in("Dirk", MEMBER)
    for page in (
        conflict.content.decode(),
        gerda.get(URL).content.decode(),
        colleague.get(URL).content.decode(),
    ):
        panel = " ".join(re.sub(r"<[^>]+>", " ", page[page.index("answer-conflict") :]).split())
        assert "Cor, op 2 maart 2026 om 10:42 (geldt nu) van Cor" in panel
        assert re.search(r"Gerda, om \d\d:\d\d van Gerda", panel)


def test_after_a_conflict_the_summary_leads_to_the_choice(conflict):
    page = conflict.content.decode()
    link = re.search(r'href="#(conflict-\d+)">Vraag 2: er zijn nu twee antwoorden', page)
    assert f'id="{link[1]}"' in page


@pytest.mark.parametrize(("number", "chosen"), [(0, "van Cor"), (1, "van Gerda")])
def test_a_person_chooses_and_other_words_are_saved_along(gerda, conflict, number, chosen):
    button = list_buttons(conflict)[number]
    body = read_form(conflict) | {"q-uitleg": ["ook dit"], "action": [button]}
    response = gerda.post(URL, body, follow=True)
    assert response.redirect_chain == [(f"{URL}#q-knelpunten", 302)]
    assert "Uw keuze is opgeslagen." in response.content.decode()
    assert list_buttons(response) == []
    assert (show_values()["knelpunten"], show_values()["uitleg"]) == (write(chosen), write("ook dit"))


def test_the_page_after_a_conflict_starts_from_what_it_shows(gerda, conflict):
    """Sending it on changes nothing: neither answer is written over and both are still there to choose from."""
    assert gerda.post(URL, read_form(conflict)).status_code == 302
    assert show_values()["knelpunten"] == write("van Cor")
    assert len(list_buttons(gerda.get(URL))) == 2


def test_who_chooses_after_the_answer_changed_is_told_and_nothing_is_written_over(gerda, conflict):
    answer(Response.objects.get(), {"knelpunten": write("van Dirk")})
    body = {"action": list_buttons(conflict)[1]}
    page = gerda.post(URL, body, follow=True).content.decode()
    assert "Het antwoord is intussen veranderd." in page
    assert show_values()["knelpunten"] == write("van Dirk")


def test_the_list_of_sections_and_the_check_name_what_is_still_to_be_chosen(gerda, conflict):
    assert "Kies uit twee antwoorden" in read(gerda, f"/invullen/proef/{MEMBER}/")
    assert "Kies uit twee antwoorden: Vraag knelpunten?" in read(
        gerda, f"/invullen/proef/{MEMBER}/controleren/"
    )
    gerda.post(URL, {"action": list_buttons(conflict)[0]})
    assert "Kies uit twee antwoorden" not in read(gerda, f"/invullen/proef/{MEMBER}/")


def test_a_conflict_can_be_settled_once(gerda, conflict):
    for message in ("Uw keuze is opgeslagen.", "Een collega koos intussen al."):
        page = gerda.post(URL, {"action": list_buttons(conflict)[0]}, follow=True).content.decode()
        assert message in page
    assert show_values()["knelpunten"] == write("van Cor")


@pytest.mark.parametrize(
    "button",
    ["take knelpunten 999999 1", "take knelpunten x y", "take beperkt {id} 1", "take knelpunten", "keep"],
)
def test_a_button_that_is_not_there_does_nothing(gerda, conflict, button):
    conflict_id = list_buttons(conflict)[1].split()[2]
    assert gerda.post(URL, {"action": button.format(id=conflict_id)}).status_code == 302
    assert show_values()["knelpunten"] == write("van Cor")
    assert len(list_buttons(gerda.get(URL))) == 2


def test_a_conflict_of_another_organisation_cannot_be_settled(wave, conflict):
    make_response(wave, STRANGER, answers={"knelpunten": write("van Zaanstad")})
    stranger = sign_in("Vera", STRANGER)
    stranger.post(f"/invullen/proef/{STRANGER}/toegang/", {"action": list_buttons(conflict)[1]})
    assert load_answers(Response.objects.get(organisation=MEMBER))["knelpunten"].value == write("van Cor")


def test_sending_a_form_with_a_conflict_twice_keeps_one_answer_beside_the_other(wave, gerda):
    form = read_form(gerda.get(URL)) | {"q-knelpunten": ["van Gerda"]}
    make_response(wave, MEMBER, answers={"knelpunten": write("van Cor")}, by=make_person("Cor"))
    responses = [gerda.post(URL, form) for _ in range(2)]
    assert [each.status_code for each in responses] == [409, 409]
    assert ConflictingAnswer.objects.count() == 1


def test_the_same_form_with_other_words_means_the_other_words(wave, gerda):
    """As after going back in the browser: the key is that of the form before, the words are new."""
    form = read_form(gerda.get(URL))
    gerda.post(URL, form | {"q-knelpunten": ["eerst"]})
    assert gerda.post(URL, form | {"q-knelpunten": ["daarna"]}).status_code == 409
    assert show_values()["knelpunten"] == write("eerst")
    assert "daarna" in gerda.get(URL).content.decode()


def test_a_form_that_is_sent_again_after_a_colleague_went_on_does_not_bring_old_words_back(wave, gerda):
    form = read_form(gerda.get(URL)) | {"q-knelpunten": ["van Gerda"]}
    gerda.post(URL, form)
    answer(Response.objects.get(), {"knelpunten": write("van Cor")}, by=make_person("Cor"))
    assert gerda.post(URL, form).status_code == 302
    assert show_values()["knelpunten"] == write("van Cor")
    assert not ConflictingAnswer.objects.exists()


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


# --- Last time's answers ---


@pytest.fixture
def offered(db):
    """Gerda in front of a wave whose previous one her municipality answered."""
    before = make_wave(code="eerder", reference_date=date(2025, 1, 1))
    answers = {
        "beperkt": choose("ja"),
        "hoe": choose("school"),
        "uitleg": write("Zoals toen"),
        "poh": choose("nee"),
    }
    submit_response(make_response(before, MEMBER, answers=answers), by=None)
    make_wave(previous=before)
    return sign_in("Gerda", MEMBER)


def test_last_times_answer_is_offered_and_does_not_count_until_somebody_confirms_it(offered):
    page = offered.get(URL)
    assert "Vorige keer (Proefmeting): Ja Dit klopt nog" in read(offered, URL)
    assert "q-beperkt" not in read_form(page)
    assert not Response.objects.filter(wave__code="proef").exists()
    body = read_form(page) | {"action": [list_buttons(page)[0]], "q-knelpunten": ["ook dit"]}
    assert offered.post(URL, body).url == f"{URL}#q-beperkt"
    stored = load_answers(Response.objects.get(wave__code="proef"))
    assert {code: each.value for code, each in stored.items()} == {
        "beperkt": choose("ja"),
        "knelpunten": write("ook dit"),
    }
    assert AnswerRevision.objects.get(answer=stored["beperkt"].id).origin == "previous"
    assert "Vorige keer (Proefmeting): Ja" not in read(offered, URL)


def test_an_offer_does_not_go_over_an_answer_that_a_colleague_gave_meanwhile(offered):
    button = list_buttons(offered.get(URL))[0]
    response = make_response(Wave.objects.get(code="proef"), MEMBER, answers={"beperkt": choose("nee")})
    assert offered.post(URL, {"action": button}).status_code == 409
    assert load_answers(response)["beperkt"].value == choose("nee")


def test_what_was_not_answered_before_cannot_be_taken_over(offered):
    assert offered.post(URL, {"action": "previous knelpunten 0"}).status_code == 302
    assert not Response.objects.filter(wave__code="proef").exists()


# --- Beside the field ---


def test_a_caveat_is_saved_with_the_answer_and_stands_open_when_there_is_one(gerda):
    body = {**SEEN, "q-beperkt": "ja", "q-beperkt-caveat": "Alleen in de wijk West.", "action": "stay"}
    page = gerda.post(URL, body, follow=True)
    assert show_values()["beperkt"].caveat == "Alleen in de wijk West."
    assert read_form(page)["q-beperkt-caveat"] == ["Alleen in de wijk West."]
    assert page.content.decode().count('question-caveat" open') == 1


def test_a_question_back_stands_at_its_question_with_a_way_to_reply(wave, gerda):
    response = make_response(wave, MEMBER, answers={"knelpunten": write("iets")})
    ask_clarification(response, question="knelpunten", text="Bedoelt u dit jaar?", by=None)
    page = gerda.get(URL).content.decode()
    assert "Bedoelt u dit jaar?" in page
    assert f'href="/invullen/proef/{MEMBER}/vragen-terug/"' in page


def test_notes_of_colleagues_are_counted_at_the_question(wave, gerda):
    organisation = Organisation.objects.get(pk=MEMBER)
    write_note(
        wave, organisation=organisation, question="knelpunten", text="Vraag Cor", by=make_person("Cor")
    )
    page = BeautifulSoup(gerda.get(URL).content, "html.parser")
    links = {each["href"].split("/")[-2]: each.text for each in page.select(".question-links a")}
    assert links["knelpunten"] == "Notities van collega’s (1)"
    assert links["beperkt"] == "Notitie voor collega’s"


def test_a_region_sees_where_it_said_otherwise(wave):
    response = make_response(wave, REGION, covers=[MEMBER, OTHER_MEMBER], answers={"beperkt": choose("ja")})
    change = AnswerChange("beperkt", choose("nee"), 0, municipality=MEMBER)
    save_answers(response, changes=[change], by=None)
    text = read(sign_in("Rik", REGION), f"/invullen/proef/{REGION}/toegang/")
    assert "Anders in: Leiden: Nee" in text
    assert "Is dit in een gemeente anders?" in text


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
    with django_assert_num_queries(13):
        gerda.get(URL)
    body = {f"r-{code}": "1" for code in codes} | {f"q-{code}": ["een", "twee"] for code in codes}
    with django_assert_num_queries(14):
        assert gerda.post(URL, body).status_code == 302
