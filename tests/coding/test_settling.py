"""From blind coding to what holds: who agreed, who differed, and what a person chose."""

import pytest

from surveys.coding.lifecycle.coding import skip_text
from surveys.coding.lifecycle.refusals import CodingRefused, SavedElsewhere, TextChanged
from surveys.coding.lifecycle.rounds import begin_settling, end_assignment
from surveys.coding.lifecycle.settling import settle_text
from surveys.coding.models import Coding, Settlement
from surveys.coding.queries import list_active_assignments
from surveys.coding.texts import LOTS, select_compared_texts
from surveys.responses.lifecycle.submission import reopen_response, submit_response
from tests.coding.factories import assign, code, make_round, write_texts
from tests.responses.factories import answer as save_answer
from tests.responses.factories import make_wave, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def texts(wave):
    return write_texts(wave, "Te weinig geld", "Lang wachten", "Geen mensen")


@pytest.fixture
def coding_round(wave, texts):
    return make_round(wave)


def read_settlements(coding_round):
    return {
        settlement.answer_id: (settlement.kind, {theme.code for theme in settlement.themes.all()})
        for settlement in coding_round.settlements.all()
    }


def list_compared(coding_round):
    coding_round.refresh_from_db()
    assignments = list_active_assignments(coding_round)
    return [text.pk for text in select_compared_texts(coding_round, assignments=assignments)]


def settle(coding_round, answer, *themes, seen=None, note=""):
    return settle_text(
        coding_round,
        answer_id=answer.pk,
        revision=answer.revision,
        seen=seen,
        themes=themes,
        note=note,
        by=None,
    )


def test_nothing_holds_while_coders_work_blind(coding_round, texts):
    anna, bert = assign(coding_round, "Anna"), assign(coding_round, "Bert")
    code(anna, texts[0], "geld")
    code(bert, texts[0], "geld")

    assert read_settlements(coding_round) == {}
    assert list_compared(coding_round) == []
    with pytest.raises(CodingRefused):
        settle(coding_round, texts[0], "geld")


def test_what_coders_agree_on_holds_and_what_they_differ_on_waits(coding_round, texts):
    anna, bert = assign(coding_round, "Anna"), assign(coding_round, "Bert")
    code(anna, texts[0], "geld", "wachten")
    code(bert, texts[0], "wachten", "geld")
    code(anna, texts[1], "wachten")
    code(bert, texts[1], "geld")
    code(anna, texts[2], "personeel")

    begin_settling(coding_round, by=None)

    assert read_settlements(coding_round) == {texts[0].pk: ("agreed", {"geld", "wachten"})}
    assert list_compared(coding_round) == [texts[0].pk, texts[1].pk]


def test_the_themes_of_a_single_coder_hold(coding_round, texts):
    anna = assign(coding_round, "Anna")
    code(anna, texts[0], "geld")

    begin_settling(coding_round, by=None)

    assert read_settlements(coding_round) == {texts[0].pk: ("single", {"geld"})}


def test_a_skipped_text_waits_for_a_person(coding_round, texts):
    anna, bert = assign(coding_round, "Anna"), assign(coding_round, "Bert")
    for assignment in (anna, bert):
        skip_text(assignment, answer_id=texts[0].pk, revision=1, seen=0, by=assignment.coder)
    begin_settling(coding_round, by=None)

    assert read_settlements(coding_round) == {}
    assert list_compared(coding_round) == [texts[0].pk]
    settle(coding_round, texts[0], "geld", note="Samen besproken")
    assert read_settlements(coding_round) == {texts[0].pk: ("chosen", {"geld"})}
    assert Settlement.objects.get().note == "Samen besproken"


def test_a_text_coded_after_settling_began_holds_at_once_when_all_agree(coding_round, texts):
    anna, bert = assign(coding_round, "Anna"), assign(coding_round, "Bert")
    code(anna, texts[0], "geld")
    begin_settling(coding_round, by=None)

    assert read_settlements(coding_round) == {}
    code(bert, texts[0], "geld")

    assert read_settlements(coding_round) == {texts[0].pk: ("agreed", {"geld"})}


def test_once_settling_began_nobody_changes_what_they_chose(coding_round, texts):
    anna = assign(coding_round, "Anna")
    code(anna, texts[0], "geld")
    begin_settling(coding_round, by=None)

    with pytest.raises(CodingRefused):
        code(anna, texts[0], "wachten", seen=1)

    assert read_settlements(coding_round)[texts[0].pk] == ("single", {"geld"})
    assert code(anna, texts[0], "geld", seen=1).saves == 1


def test_a_coder_who_stops_no_longer_counts(coding_round, texts):
    anna, bert = assign(coding_round, "Anna"), assign(coding_round, "Bert")
    code(anna, texts[0], "geld")
    code(bert, texts[0], "wachten")
    code(anna, texts[1], "wachten")
    begin_settling(coding_round, by=None)
    assert read_settlements(coding_round) == {}

    end_assignment(bert, by=None)

    assert read_settlements(coding_round) == {
        texts[0].pk: ("single", {"geld"}),
        texts[1].pk: ("single", {"wachten"}),
    }
    assert Coding.objects.filter(assignment=bert).count() == 1
    with pytest.raises(CodingRefused):
        end_assignment(bert, by=None)


def test_what_a_person_chose_stays_when_a_coder_stops(coding_round, texts):
    anna, bert = assign(coding_round, "Anna"), assign(coding_round, "Bert")
    code(anna, texts[0], "geld")
    code(bert, texts[0], "wachten")
    begin_settling(coding_round, by=None)
    settle(coding_round, texts[0], "geld", "wachten")

    end_assignment(bert, by=None)

    assert read_settlements(coding_round) == {texts[0].pk: ("chosen", {"geld", "wachten"})}


def test_two_settlers_do_not_write_over_each_other(coding_round, texts):
    anna = assign(coding_round, "Anna")
    skip_text(anna, answer_id=texts[0].pk, revision=1, seen=0, by=anna.coder)
    begin_settling(coding_round, by=None)
    first = settle(coding_round, texts[0], "geld")

    with pytest.raises(SavedElsewhere):
        settle(coding_round, texts[0], "wachten")

    settle(coding_round, texts[0], "wachten", seen=first.pk)
    assert read_settlements(coding_round) == {texts[0].pk: ("chosen", {"wachten"})}


def test_settling_needs_a_theme_of_the_codebook(coding_round, texts):
    anna = assign(coding_round, "Anna")
    code(anna, texts[0], "geld")
    begin_settling(coding_round, by=None)

    with pytest.raises(CodingRefused):
        settle(coding_round, texts[0], "onbekend", seen=Settlement.objects.get().pk)


def test_settling_begins_once_and_only_when_something_was_coded(coding_round, texts):
    anna = assign(coding_round, "Anna")
    with pytest.raises(CodingRefused):
        begin_settling(coding_round, by=None)
    code(anna, texts[0], "geld")
    begin_settling(coding_round, by=None)

    with pytest.raises(CodingRefused):
        begin_settling(coding_round, by=None)
    with pytest.raises(CodingRefused):
        assign(coding_round, "Bert")


def test_a_changed_text_has_to_be_coded_and_settled_again(wave, coding_round, texts):
    anna = assign(coding_round, "Anna")
    code(anna, texts[0], "geld")
    begin_settling(coding_round, by=None)
    response = reopen_response(texts[0].response, by=None, reason="Wijziging")
    with pytest.raises(TextChanged):
        settle(coding_round, texts[0], "geld")
    save_answer(response, {"knelpunten": write("Nu gaat het over wachten")})
    submit_response(response, by=None)
    assert list_compared(coding_round) == []

    texts[0].refresh_from_db()
    code(anna, texts[0], "wachten")

    settlement = Settlement.objects.get(answer=texts[0], revision=texts[0].revision)
    assert [theme.code for theme in settlement.themes.all()] == ["wachten"]


def test_a_text_outside_the_part_of_a_coder_does_not_wait_for_them(coding_round, texts):
    halves = [{"first": 0, "last": 50}, {"first": 50, "last": 100}]
    is_in_first_half = texts[0].pk % LOTS < LOTS * 50 // 100
    inside, outside = halves if is_in_first_half else reversed(halves)
    anna, bert = assign(coding_round, "Anna", **inside), assign(coding_round, "Bert", **outside)

    code(anna, texts[0], "geld")
    with pytest.raises(TextChanged):
        code(bert, texts[0], "geld")
    begin_settling(coding_round, by=None)

    assert read_settlements(coding_round) == {texts[0].pk: ("single", {"geld"})}
