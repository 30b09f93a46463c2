"""A response in a wave that asks a newer version: it stays on its own until somebody moves it, and loses nothing."""

from dataclasses import replace

import pytest
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Membership
from surveys.questionnaire.answer_values import AnswerValue
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.lifecycle import close_wave, publish_definition
from surveys.responses.lifecycle.refusals import ActionRefused, ResponseLocked, VersionChanged, WaveClosed
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.lifecycle.versions import ask_newer_version, move_response
from surveys.responses.models import Answer, AnswerRevision
from surveys.responses.queries import list_open_conflicts, load_answers, load_deviations
from tests.responses.factories import (
    DEFINITION,
    DONT_KNOW,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    answer,
    choose,
    count,
    make_question,
    make_response,
    make_wave,
    read,
    sign_in,
    write,
)

pytestmark = pytest.mark.django_db

START = f"/invullen/proef/{STRANGER}/"
PAGE = f"{START}nieuwe-versie/"
ANSWERS = {
    "beperkt": choose("ja"),
    "hoe": choose("wijk", "anders", anders="zelf"),
    "uitleg": write("Zo doen wij dat."),
    "poh": choose("ja"),
    "verzekeraar": choose("nee"),
    "fte": count(12),
    "kosten": count(1000),
}
CHANGES = {
    # A changed meaning: "verzekeraar" follows it, so that one changes too.
    "poh": {"text": "Betaalt u zelf een ondersteuner?", "change": "meaning"},
    # Clarified: the answer goes along without the words behind "anders".
    "hoe": {
        "options": tuple(replace(option, asks_text=False) for option in DEFINITION.questions["hoe"].options)
    },
    # Clarified, but 12 is too much now.
    "fte": {"maximum": count(10).number},
    "knelpunten": {"help": "Schrijf kort."},
}


def make_next(number: int = 2, changes: dict[str, dict[str, object]] | None = None) -> Definition:
    """The version after DEFINITION: without "kosten", with "erbij", and `changes` per question code."""
    changes = CHANGES if changes is None else changes
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(question, **changes.get(question.code, {}))
                for question in section.questions
                if question.code != "kosten"
            ),
        )
        for section in DEFINITION.sections
    )
    first = replace(sections[0], questions=(*sections[0].questions, make_question("erbij")))
    return replace(DEFINITION, number=number, sections=(first, *sections[1:]))


SAME_AGAIN = make_next(3, changes={**CHANGES, "poh": {"text": CHANGES["poh"]["text"]}})


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def response(wave):
    return make_response(wave, STRANGER, answers=ANSWERS)


def ask_next(wave, definition: Definition | None = None):
    version = publish_definition(definition or make_next())
    ask_newer_version(wave, version=version)
    return version


def list_values(response) -> dict[str, AnswerValue]:
    return {code: stored.value for code, stored in load_answers(response).items()}


def test_who_has_begun_stays_on_the_old_version_and_can_submit_it(wave, response):
    ask_next(wave)
    newcomer = make_response(wave, MEMBER)
    response.refresh_from_db()
    assert (response.version.number, newcomer.version.number) == (1, 2)
    answer(response, {"fte": count(40), "kosten": count(5)})
    assert submit_response(response, by=None, at=NOW).version.number == 1
    assert list_values(response)["fte"] == count(40)


def test_what_means_the_same_and_still_fits_goes_along_with_its_history(wave, response):
    history = list(AnswerRevision.objects.values_list("pk", flat=True))
    before = load_answers(response)
    moved = move_response(response, to=ask_next(wave), by=None, at=NOW)

    after = load_answers(moved)
    assert {code: stored.value for code, stored in after.items()} == {
        "beperkt": choose("ja"),
        "hoe": choose("wijk", "anders"),
        "uitleg": write("Zo doen wij dat."),
    }
    assert {code: stored.id for code, stored in after.items()} == {code: before[code].id for code in after}
    assert set(
        Answer.objects.filter(pk__in=[each.id for each in after.values()]).values_list(
            "question__version__number", flat=True
        )
    ) == {2}
    chosen = Answer.objects.get(pk=after["hoe"].id).chosen
    assert set(chosen.values_list("option__question__version__number", "text")) == {(2, "")}
    assert set(history) <= set(AnswerRevision.objects.values_list("pk", flat=True))


def test_a_value_that_changes_shape_is_a_revision_of_its_own(wave, response):
    move_response(response, to=ask_next(wave), by=None, at=NOW)
    (revision,) = AnswerRevision.objects.filter(origin="move")
    assert (revision.answer.question.code, revision.number) == ("hoe", 2)
    assert AnswerValue.from_dict(revision.value) == choose("wijk", "anders")


def test_what_does_not_go_along_stays_with_the_old_version_and_does_not_count(wave, response):
    move_response(response, to=ask_next(wave), by=None, at=NOW)
    left = Answer.objects.filter(response=response, question__version__number=1)
    assert {(each.question.code, each.is_routed) for each in left} == {
        ("poh", False), ("verzekeraar", False), ("fte", False), ("kosten", False)
    }  # fmt: skip
    values = dict(left.values_list("question__code", "revisions__value"))
    assert AnswerValue.from_dict(values["fte"]) == count(12)


def test_the_moved_response_is_asked_the_new_questions_and_can_be_submitted(wave, response):
    moved = move_response(response, to=ask_next(wave), by=None, at=NOW)
    answer(moved, {"poh": choose("nee"), "erbij": write("Nieuw."), "fte": count(9)})
    submitted = submit_response(moved, by=None, at=NOW)
    assert submitted.version.number == 2
    assert list_values(submitted)["fte"] == count(9)


def test_routes_are_judged_anew(wave):
    response = make_response(wave, STRANGER, answers={"beperkt": choose("ja"), "hoe": choose("school")})
    answer(response, {"beperkt": choose("nee")})
    assert not load_answers(response)["hoe"].is_routed
    # In the next version "beperkt" means something else, so "hoe" does too; "knelpunten" is asked as before.
    answer(response, {"beperkt": choose("ja"), "knelpunten": write("Geld.")})
    changes = {"beperkt": {"text": "Was de toegang beperkt?", "change": "meaning"}}
    moved = move_response(response, to=ask_next(wave, make_next(changes=changes)), by=None, at=NOW)
    assert set(load_answers(moved)) == {"knelpunten"}
    answer(moved, {"hoe": choose("school")})
    assert not load_answers(moved)["hoe"].is_routed
    answer(moved, {"beperkt": choose("ja")})
    assert load_answers(moved)["hoe"].is_routed


def test_deviations_go_along_one_by_one(wave):
    response = make_response(wave, REGION, answers=ANSWERS, covers=[MEMBER, OTHER_MEMBER])
    deviations = {
        ("beperkt", MEMBER): choose("nee"),
        ("fte", MEMBER): count(2),
        ("fte", OTHER_MEMBER): count(11),
    }
    changes = [
        AnswerChange(code, value, 0, municipality=municipality)
        for (code, municipality), value in deviations.items()
    ]
    save_answers(response, changes=changes, by=None, at=NOW)
    moved = move_response(response, to=ask_next(wave), by=None, at=NOW)
    assert {key: stored.value for key, stored in load_deviations(moved).items()} == {
        ("beperkt", MEMBER): choose("nee"),
        ("fte", MEMBER): count(2),
    }
    assert "fte" not in load_answers(moved)


def test_open_conflicts_go_along_and_those_left_behind_stop_nobody(wave, response):
    for code, value in (("uitleg", write("Anders.")), ("fte", count(3))):
        save_answers(response, changes=[AnswerChange(code, value, 1)], by=None, at=NOW)
        save_answers(response, changes=[AnswerChange(code, DONT_KNOW, 1)], by=None, at=NOW)
    answer(response, {"fte": count(50)})
    assert {each.question for each in list_open_conflicts(response)} == {"uitleg", "fte"}
    moved = move_response(response, to=ask_next(wave), by=None, at=NOW)
    assert {each.question for each in list_open_conflicts(moved)} == {"uitleg"}


def test_moving_twice_is_moving_once(wave, response):
    version = ask_next(wave)
    move_response(response, to=version, by=None, at=NOW)
    stored = load_answers(response)
    again = move_response(response, to=version, by=None, at=NOW)
    assert (again.version, load_answers(again)) == (version, stored)
    assert ModelLogEntry.objects.filter(action="response.move").count() == 1


def test_several_versions_at_once_count_every_step(wave, response):
    publish_definition(make_next(changes={"beperkt": {"kind": "multiple"}}))
    moved = move_response(response, to=ask_next(wave, make_next(number=3, changes={})), by=None, at=NOW)
    # "beperkt" is what it was, but its answers were not; the rest of its route neither.
    assert set(load_answers(moved)) == {"poh", "verzekeraar"}


def test_only_a_draft_moves_in_an_open_wave_and_only_to_what_is_asked(wave, response):
    version = ask_next(wave)
    with pytest.raises(ActionRefused, match="intussen weer veranderd"):
        move_response(response, to=publish_definition(SAME_AGAIN), by=None, at=NOW)
    submit_response(response, by=None, at=NOW)
    with pytest.raises(ResponseLocked):
        move_response(response, to=version, by=None, at=NOW)
    draft = make_response(wave, MEMBER)
    close_wave(wave)
    with pytest.raises(WaveClosed):
        move_response(draft, to=version, by=None, at=NOW)


# --- The page ------------------------------------------------------------------------------------


def test_the_start_page_tells_that_there_is_a_newer_version(wave, response):
    client = sign_in("Gerda", STRANGER)
    assert "nieuwe versie" not in read(client, START)
    ask_next(wave)
    assert "Er is een nieuwe versie van de vragenlijst" in read(client, START)


def test_the_preview_tells_what_changes_and_what_becomes_of_every_answer(wave, response):
    ask_next(wave)
    page = read(sign_in("Gerda", STRANGER), PAGE)
    for text in (
        "U vult versie 1 in. De onderzoekers stellen nu versie 2.",
        "3 antwoorden gaan mee. 4 antwoorden gaan niet mee. Wij bewaren ze wel.",
        "Betaalt u zelf een ondersteuner? (andere betekenis) De vraag is anders gesteld. Eerst stond er: “Vraag poh?”",
        "Uw antwoord gaat niet mee, maar u ziet het nog bij de vraag.",
        "Vraag erbij? (nieuw)",
        "Vraag hoe? (verduidelijkt) Bij het antwoord “Anders” is de toelichting veranderd. Uw antwoord gaat mee.",
        "Vraag kosten? (vervallen) Uw antwoord telt niet meer mee. Wij bewaren het wel.",
    ):
        assert text in page


def test_the_coordinator_moves_the_response(wave, response):
    client = sign_in("Gerda", STRANGER)
    ask_next(wave)
    answered = client.post(PAGE, {"version": "2"}, follow=True)
    assert answered.redirect_chain == [(START, 302)]
    assert "U vult nu de nieuwe versie in." in answered.content.decode()
    response.refresh_from_db()
    assert response.version.number == 2
    assert "Er is geen nieuwere versie" in read(client, PAGE)


def test_who_looked_at_another_version_looks_again_first(wave, response):
    client = sign_in("Gerda", STRANGER)
    ask_next(wave)
    for sent in ("1", "3", "", "twee"):
        answered = client.post(PAGE, {"version": sent})
        assert answered.status_code == 409
        assert "De vragenlijst is intussen weer veranderd." in answered.content.decode()
    response.refresh_from_db()
    assert response.version.number == 1


@pytest.mark.parametrize("role", ["contributor", "reader"])
def test_others_read_the_preview_but_do_not_move(wave, response, role):
    client = sign_in("Cor", STRANGER, role=role)
    ask_next(wave)
    assert "De coördinator van uw organisatie kan overstappen." in read(client, PAGE)
    assert client.post(PAGE, {"version": "2"}).status_code == 403
    response.refresh_from_db()
    assert response.version.number == 1


def test_a_limited_member_does_not_move_everything(wave, response):
    client = sign_in("Lies", STRANGER, role=Membership.Role.CONTRIBUTOR)
    ask_next(wave)
    Membership.objects.update(is_limited=True)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"version": "2"}).status_code == 404


# --- A page that was open while the response moved ----------------------------------------------


def test_words_for_the_old_version_are_not_saved_as_an_answer_to_the_new_one(wave, response):
    client = sign_in("Gerda", STRANGER)
    url = f"{START}huisarts/"
    assert (
        '<input type="hidden" name="version" value="1" data-sent-along>' in client.get(url).content.decode()
    )
    move_response(response, to=ask_next(wave), by=None, at=NOW)
    sent = {"version": "1", "r-poh": "1", "q-poh": "nee", "r-sinds": "0", "q-sinds": "2019"}
    for path in (url, f"{url}bewaren/"):
        answered = client.post(path, {**sent, "key": "een-sleutel"})
        assert answered.status_code == 409
        assert "nieuwere versie van de vragenlijst" in answered.content.decode()
    assert "2019" in client.post(url, sent).content.decode()
    response.refresh_from_db()
    assert set(load_answers(response)) == {"beperkt", "hoe", "uitleg"}


def test_a_move_between_opening_and_saving_is_noticed(wave, response):
    stale = type(response).objects.get(pk=response.pk)
    move_response(response, to=ask_next(wave), by=None, at=NOW)
    with pytest.raises(VersionChanged):
        save_answers(stale, changes=[AnswerChange("poh", choose("nee"), 1)], by=None, at=NOW)
