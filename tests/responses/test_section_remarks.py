"""What stands at a question besides its field: answers to choose from, last time's answer, a caveat, notes."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup

from surveys.accounts.models import Organisation
from surveys.questionnaire.models import Wave
from surveys.responses.lifecycle.clarifications import ask_clarification
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import AnswerRevision, ConflictingAnswer, Response
from surveys.responses.queries import load_answers
from surveys.teamwork.lifecycle.notes import write_note
from tests.responses.factories import (
    MEMBER,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    answer,
    choose,
    make_person,
    make_response,
    make_wave,
    read,
    sign_in,
    write,
)
from tests.responses.sections import SEEN, URL, read_form, show_values


@pytest.fixture
def wave(db):
    return make_wave()


@pytest.fixture
def gerda(wave):
    return sign_in("Gerda", MEMBER)


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
