from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from surveys.questionnaire.answer_values import BLANK
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.models import AnswerRevision
from surveys.responses.queries import list_open_conflicts, load_answers
from tests.responses.factories import (
    DONT_KNOW,
    MEMBER,
    NOW,
    answer,
    choose,
    count,
    make_person,
    make_response,
    make_wave,
    write,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def show_values(response):
    return {code: answer.value for code, answer in load_answers(response).items()}


def test_every_kind_of_value_comes_back_as_it_was_saved():
    values = {
        "beperkt": choose("ja"),
        "hoe": choose("school", "anders", anders="'s-Hertogenbosch & <b>"),
        "knelpunten": write("Regel een\nRegel twee 🙂"),
        "poh": choose("ja"),
        "sinds": DONT_KNOW,
        "fte": count("2.5"),
        "kosten": count("1234567.89"),
    }
    response = make_response(make_wave(), MEMBER, answers=values)
    assert show_values(response) == values


def test_each_save_is_a_new_revision_and_every_value_is_kept():
    person = make_person("Gerda")
    response = make_response(make_wave(), MEMBER)
    values = [write("eerst"), write("daarna"), BLANK]
    for value in values:
        answer(response, {"knelpunten": value}, by=person)
    stored = load_answers(response)["knelpunten"]
    assert (stored.value, stored.revision, stored.saved_by) == (BLANK, 3, "Gerda")
    history = AnswerRevision.objects.filter(answer=stored.id)
    assert [(row.number, row.value) for row in history] == [
        (number, value.as_dict()) for number, value in enumerate(values, start=1)
    ]


def test_a_replaced_choice_leaves_nothing_behind():
    response = make_response(make_wave(), MEMBER, answers={"beperkt": choose("ja")})
    answer(response, {"beperkt": choose("nee"), "hoe": choose("wijk", "school")})
    answer(response, {"hoe": choose("school")})
    assert show_values(response) == {"beperkt": choose("nee"), "hoe": choose("school")}


def test_the_same_value_again_writes_nothing():
    response = make_response(
        make_wave(), MEMBER, answers={"hoe": choose("school", "wijk"), "fte": count("2.5")}
    )
    before = list(AnswerRevision.objects.values_list("pk"))
    changes = [
        AnswerChange("hoe", choose("wijk", "school"), 1),
        AnswerChange("fte", count("2.500"), 0),
        AnswerChange("knelpunten", BLANK, 0),
    ]
    outcome = save_answers(response, changes=changes, by=None, at=LATER)
    assert (outcome.saved, outcome.conflicts) == ([], [])
    assert {code: each.revision for code, each in load_answers(response).items()} == {"hoe": 1, "fte": 1}
    assert list(AnswerRevision.objects.values_list("pk")) == before
    assert outcome.revisions == {("hoe", ""): 1, ("fte", ""): 1, ("knelpunten", ""): 0}


def test_a_change_made_on_an_older_answer_is_kept_beside_the_current_one():
    cor = make_person("Cor")
    response = make_response(make_wave(), MEMBER)
    answer(response, {"knelpunten": write("van Gerda")}, by=make_person("Gerda"))
    changes = [AnswerChange("knelpunten", write("van Cor"), 0), AnswerChange("kosten", count(10), 0)]
    outcome = save_answers(response, changes=changes, by=cor, at=LATER)
    assert outcome.saved == ["kosten"]
    assert outcome.revisions == {("knelpunten", ""): 0, ("kosten", ""): 1}
    (conflict,) = outcome.conflicts
    assert (conflict.question, conflict.value, conflict.saved_by) == ("knelpunten", write("van Cor"), "Cor")
    assert (conflict.current.value, conflict.current.saved_by) == (write("van Gerda"), "Gerda")
    assert (conflict.current.saved_at, conflict.current.revision) == (NOW, 1)
    assert show_values(response)["knelpunten"] == write("van Gerda")
    assert list_open_conflicts(response) == outcome.conflicts


def test_answering_again_after_a_conflict_ends_it_and_keeps_both_in_the_history():
    cor = make_person("Cor")
    response = make_response(make_wave(), MEMBER, answers={"knelpunten": write("van Gerda")})
    mine = write("van Cor")
    (conflict,) = save_answers(
        response, changes=[AnswerChange("knelpunten", mine, 0)], by=cor, at=NOW
    ).conflicts
    again = AnswerChange("knelpunten", mine, conflict.current.revision)
    assert save_answers(response, changes=[again], by=cor, at=NOW).saved == ["knelpunten"]
    assert show_values(response)["knelpunten"] == mine
    texts = AnswerRevision.objects.order_by("number").values_list("value__text", flat=True)
    assert list(texts) == ["van Gerda", "van Cor"]
    assert not list_open_conflicts(response)


@pytest.mark.parametrize(("seen", "base"), [(write("eerst"), 1), (BLANK, 0)])
def test_a_field_left_alone_while_a_colleague_changed_it_is_no_conflict(seen, base):
    response = make_response(make_wave(), MEMBER, answers={"knelpunten": write("eerst")})
    answer(response, {"knelpunten": write("van een collega")})
    change = AnswerChange("knelpunten", seen, base)
    outcome = save_answers(response, changes=[change], by=None, at=NOW)
    assert (outcome.saved, outcome.conflicts) == ([], [])
    assert show_values(response)["knelpunten"] == write("van een collega")


def test_emptying_what_a_colleague_changed_is_a_conflict():
    response = make_response(make_wave(), MEMBER, answers={"knelpunten": write("eerst")})
    answer(response, {"knelpunten": write("van een collega")})
    outcome = save_answers(response, changes=[AnswerChange("knelpunten", BLANK, 1)], by=None, at=NOW)
    assert [conflict.current.value for conflict in outcome.conflicts] == [write("van een collega")]


def test_a_revision_that_never_was_overwrites_nothing():
    response = make_response(make_wave(), MEMBER, answers={"knelpunten": write("eerst")})
    outcome = save_answers(response, changes=[AnswerChange("knelpunten", write("x"), 7)], by=None, at=NOW)
    assert len(outcome.conflicts) == 1


def test_which_questions_are_asked_follows_every_save_and_values_are_kept():
    response = make_response(
        make_wave(), MEMBER, answers={"beperkt": choose("ja"), "hoe": choose("wijk"), "uitleg": write("Zo.")}
    )

    def show_routed():
        return {code for code, each in load_answers(response).items() if each.is_routed}

    assert show_routed() == {"beperkt", "hoe", "uitleg"}
    answer(response, {"beperkt": choose("nee")})
    assert show_routed() == {"beperkt"}
    assert show_values(response)["uitleg"] == write("Zo.")
    answer(response, {"beperkt": choose("ja")})
    assert show_routed() == {"beperkt", "hoe", "uitleg"}


def test_the_history_says_who_saved_what_when_and_how():
    person = make_person("Gerda")
    response = make_response(make_wave(), MEMBER)
    change = AnswerChange("kosten", count(5), 0, key="sleutel", origin="upload")
    save_answers(response, changes=[change], by=person, at=LATER)
    (row,) = AnswerRevision.objects.all()
    assert (row.value, row.key, row.origin) == ({"state": "given", "number": "5"}, "sleutel", "upload")
    assert (row.number, row.saved_by, row.saved_at) == (1, person, LATER)
    actions = ModelLogEntry.objects.for_instance(response).values_list("action", flat=True)
    assert list(actions) == ["response.start"]
